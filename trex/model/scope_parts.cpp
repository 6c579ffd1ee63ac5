// The levels of an op's name, whatever notation it is in.

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "trex/base/text.hpp"
#include "trex/model/ascii.hpp"
#include "trex/model/scopes.hpp"

namespace trex {
namespace {

// Paths repeat what stands above them, so names of a megabyte would make tens of them.
constexpr std::size_t longest_part = 200;

bool is_number(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

// PyTorch's exporter repeats the module's path: "layer1" holds "layer1.0". -> "0".
std::string_view without_parent(std::string_view part, std::string_view parent) {
  const bool repeats = !parent.empty() && part.size() > parent.size() + 1 &&
                       starts_with(part, parent) && part[parent.size()] == '.';
  return repeats ? part.substr(parent.size() + 1) : part;
}

class Levels {
 public:
  explicit Levels(std::size_t most) : most_(most) {}

  void add(std::string_view text, char joint) {
    if (text.empty() || parts.size() >= most_) return;
    text = text.substr(0, longest_part);
    parts.push_back({text, is_number(text) && joint == '/' ? '.' : joint});
  }

  // "layers.3" -> layers .3; "conv.0.0" -> conv .0 .0; "layer_3" -> layer _3; "v1.5x" as it is.
  void add_numbered(std::string_view text) {
    std::size_t stem = text.size();
    while (stem > 0) {
      std::size_t digits = stem;
      while (digits > 0 && is_digit(text[digits - 1])) --digits;
      const bool numbered =
          digits < stem && digits > 1 && (text[digits - 1] == '.' || text[digits - 1] == '_');
      if (!numbered) break;
      stem = digits - 1;
    }
    add(text.substr(0, stem), '/');
    while (stem < text.size()) {
      std::size_t end = stem + 1;
      while (end < text.size() && is_digit(text[end])) ++end;
      add(text.substr(stem + 1, end - stem - 1), text[stem]);
      stem = end;
    }
  }

  bool full() const { return parts.size() >= most_; }

  std::vector<ScopePart> parts;

 private:
  std::size_t most_;
};

// "/model/layers.3/MatMul": all but the last part.
void add_slashed(std::string_view op, Levels& levels) {
  std::string_view parent;
  std::size_t at = 0;
  while (!levels.full()) {
    const std::size_t slash = op.find('/', at);
    if (slash == std::string_view::npos) return;
    const std::string_view part = op.substr(at, slash - at);
    levels.add_numbered(without_parent(part, parent));
    if (!part.empty()) parent = part;
    at = slash + 1;
  }
}

// "model.layers.3.self_attn.weight": all but the last part. A sentence is no path.
void add_dotted(std::string_view op, Levels& levels) {
  if (op.find_first_of(" ()[]{}:") != std::string_view::npos) return;
  std::size_t at = 0;
  while (!levels.full()) {
    const std::size_t dot = op.find('.', at);
    if (dot == std::string_view::npos) return;
    levels.add(op.substr(at, dot - at), '/');
    at = dot + 1;
  }
}

}  // namespace

std::vector<ScopePart> scope_parts(std::string_view op, std::size_t most_levels) {
  Levels levels(most_levels);
  if (op.find('/') != std::string_view::npos) {
    add_slashed(op, levels);
  } else {
    add_dotted(op, levels);
  }
  return std::move(levels.parts);
}

}  // namespace trex
