// A TensorRT version as far as trtexec's options depend on it: major and minor.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace trex::trtexec {

struct Version {
  int major = 0, minor = 0;
  // Numbers, never text: as text "8.6" comes after "10.0".
  friend constexpr bool operator<(Version a, Version b) {
    return a.major != b.major ? a.major < b.major : a.minor < b.minor;
  }
  friend constexpr bool operator>(Version a, Version b) { return b < a; }
  friend constexpr bool operator<=(Version a, Version b) { return !(b < a); }
  friend constexpr bool operator>=(Version a, Version b) { return !(a < b); }
  friend constexpr bool operator==(Version a, Version b) {
    return a.major == b.major && a.minor == b.minor;
  }
};

// "10.13.0", "8.6" -> the version; nothing for anything else.
std::optional<Version> parse_version(std::string_view text);
std::string to_string(Version version);  // "10.13"

}  // namespace trex::trtexec
