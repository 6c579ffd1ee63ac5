// Counts what is odd while a file is read: one note a kind, with the first place.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "trex/model/engine.hpp"

namespace trex {

class Oddities {
 public:
  explicit Oddities(std::string file) : file_(std::move(file)) {}

  // `what` is a literal, said once; `path()` makes the place, for the first only.
  template <class Path>
  void add(std::string_view what, Path path) {
    for (Kind& kind : kinds_) {
      if (kind.what != what) continue;
      ++kind.count;
      return;
    }
    kinds_.push_back({what, path(), 1});
  }

  std::vector<Note> notes() const {
    std::vector<Note> result;
    for (const Kind& kind : kinds_) {
      std::string message(kind.what);
      if (kind.count > 1) message += fmt::format(" ({} times, here first)", kind.count);
      result.push_back({file_, kind.path, std::move(message)});
    }
    return result;
  }

 private:
  struct Kind {
    std::string_view what;
    std::string path;
    std::int64_t count;
  };
  std::string file_;
  std::vector<Kind> kinds_;  // a handful
};

}  // namespace trex
