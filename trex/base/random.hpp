// Pseudo-random numbers that are the same on every machine: SplitMix64 (Steele, Lea, Flood 2014).
//
// The standard library's distributions differ from one library to the next, so ours are written
// out, and use only operations whose result IEEE 754 fixes.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace trex {

class Random {
 public:
  // The stream is named, so that one more sample in the list does not change the others.
  Random(std::uint64_t seed, std::string_view stream) : state_(seed ^ hash(stream)) {}

  std::uint64_t next() {
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }
  // In [0, 1).
  double uniform() { return static_cast<double>(next() >> 11) * 0x1p-53; }
  // Bell-shaped, mean 0, standard deviation 1, never past 3.5: the sum of four uniforms
  // (Irwin-Hall), whose variance is 4/12.
  double bell() {
    const double sum = uniform() + uniform() + uniform() + uniform() - 2.0;
    return sum * 1.7320508075688772;
  }

  // FNV-1a.
  static std::uint64_t hash(std::string_view text) {
    std::uint64_t value = 0xcbf29ce484222325u;
    for (const char c : text) {
      value ^= static_cast<unsigned char>(c);
      value *= 0x100000001b3u;
    }
    return value;
  }

 private:
  std::uint64_t state_;
};

}  // namespace trex
