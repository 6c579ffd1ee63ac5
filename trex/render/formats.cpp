// The output formats, as one list.

// SPDX-License-Identifier: Apache-2.0
#include "trex/render/formats.hpp"

#include <array>

#include "trex/base/error.hpp"
#include "trex/base/suggest.hpp"

namespace trex::render {

std::span<const Format> formats() {
  static constexpr std::array list{
      Format{"text", "for people, fitted to the terminal", text},
      Format{"json", "for programs; keys are only ever added", json},
      Format{"csv", "one table, RFC 4180", csv},
      Format{"tsv", "one table, tab between the cells", tsv},
      Format{"markdown", "GitHub tables, for a comment or a wiki", markdown},
      Format{"html", "one static page that loads nothing", html},
      Format{"xlsx", "an Excel workbook: a sheet a table, with charts; needs -o FILE", xlsx, false},
  };
  return list;
}

std::vector<std::string> format_names() {
  std::vector<std::string> names;
  for (const Format& format : formats()) names.emplace_back(format.name);
  return names;
}

const Format& find_format(std::string_view name) {
  for (const Format& format : formats()) {
    if (format.name == name) return format;
  }
  fail("unknown format '{}'{}", name, did_you_mean(name, format_names()));
}

}  // namespace trex::render
