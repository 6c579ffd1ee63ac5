// Looking into a Log by name, for the tests.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "trex/trtexec/log.hpp"

namespace trex::trtexec {

inline std::string value_of(const Log& log, std::string_view title, std::string_view key) {
  const Section* section = log.find(title);
  if (section == nullptr) return "<no section>";
  for (const Option& option : section->options) {
    if (option.key == key) return option.value;
  }
  return "<no key>";
}

inline const Fact* fact(const Log& log, std::string_view name) {
  for (const Fact& f : log.facts) {
    if (f.name == name) return &f;
  }
  return nullptr;
}

inline double number(const Log& log, std::string_view name) {
  const Fact* f = fact(log, name);
  return f == nullptr ? -1 : f->value.value_or(-2);
}

inline const Statistic* statistic(const Log& log, std::string_view name) {
  for (const Statistic& s : log.statistics) {
    if (s.name == name) return &s;
  }
  return nullptr;
}

}  // namespace trex::trtexec
