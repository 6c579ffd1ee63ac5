// The output formats, as one list: help, errors and completion come from it.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "trex/document/document.hpp"

namespace trex::render {

struct Style {
  bool color = false;
  int width = 100;  // columns of the terminal; 0: no limit
};

struct Format {
  std::string_view name;
  std::string_view summary;
  // One document, or several of the same report (JSON: an array).
  std::string (*render)(std::span<const Document> documents, const Style& style);
  bool is_text = true;  // may go to a terminal
};
std::span<const Format> formats();
const Format& find_format(std::string_view name);  // throws Error, "did you mean"
std::vector<std::string> format_names();

// One file each.
std::string text(std::span<const Document> documents, const Style& style);
std::string json(std::span<const Document> documents, const Style& style);
std::string csv(std::span<const Document> documents, const Style& style);
std::string tsv(std::span<const Document> documents, const Style& style);
std::string markdown(std::span<const Document> documents, const Style& style);
std::string html(std::span<const Document> documents, const Style& style);
std::string xlsx(std::span<const Document> documents, const Style& style);

}  // namespace trex::render
