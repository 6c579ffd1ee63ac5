// Lines of at most so many columns on a terminal.

// SPDX-License-Identifier: Apache-2.0
#include "trex/render/wrap.hpp"

#include <algorithm>

#include "trex/base/text.hpp"

namespace trex::render {
namespace {

std::size_t character_length(std::string_view text) {
  std::size_t length = 1;
  while (length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80) {
    ++length;
  }
  return length;
}

// Where a full line of a long word is cut: after its last '/' in the second half (paths and names
// of nodes have many), else where it ends.
std::size_t cut_of(std::string_view line) {
  const std::size_t slash = line.rfind('/');
  return slash != std::string_view::npos && slash >= line.size() / 2 ? slash + 1 : line.size();
}

// Appends a word that no line can hold: as much as fits, again and again.
void break_word(std::string_view word, int width, std::vector<std::string>& lines) {
  std::string line;
  int used = 0;
  while (!word.empty()) {
    const std::size_t length = character_length(word);
    const int columns = display_width(word.substr(0, length));
    if (used + columns > width && !line.empty()) {
      const std::size_t cut = cut_of(line);
      lines.push_back(line.substr(0, cut));
      line.erase(0, cut);
      used = display_width(line);
    }
    line += word.substr(0, length);
    used += columns;
    word.remove_prefix(length);
  }
  lines.push_back(std::move(line));
}

}  // namespace

std::vector<std::string> wrap(std::string_view text, int width) {
  if (width <= 0) return {std::string(text)};
  std::vector<std::string> lines;
  std::string line;
  int used = 0;
  for (const std::string_view word : split(text, ' ')) {
    const int columns = display_width(word);
    if (!line.empty() && used + 1 + columns <= width) {
      line += ' ';
      line += word;
      used += 1 + columns;
      continue;
    }
    if (!line.empty()) lines.push_back(std::move(line));
    line = word;
    used = columns;
    if (columns > width) {
      break_word(word, width, lines);
      line = std::move(lines.back());
      lines.pop_back();
      used = display_width(line);
    }
  }
  lines.push_back(std::move(line));
  return lines;
}

std::string pad(std::string_view text, int width, bool right) {
  const auto missing = static_cast<std::size_t>(std::max(0, width - display_width(text)));
  const std::string spaces(missing, ' ');
  return right ? spaces + std::string(text) : std::string(text) + spaces;
}

}  // namespace trex::render
