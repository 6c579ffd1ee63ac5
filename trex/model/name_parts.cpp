// Prefixes and suffixes that TensorRT puts around node names, and one pass over what joins them.

// SPDX-License-Identifier: Apache-2.0
#include "trex/model/name_parts.hpp"
#include "trex/model/ascii.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "trex/base/text.hpp"

namespace trex {
namespace {

using Views = std::vector<std::string_view>;

// Removes a tail of digits with `stem` before it: " input reformatter 0".
bool remove_numbered_tail(std::string_view& text, std::string_view stem) {
  std::size_t end = text.size();
  while (end > 0 && is_digit(text[end - 1])) --end;
  if (end == text.size() || !ends_with(text.substr(0, end), stem)) return false;
  text = text.substr(0, end - stem.size());
  return true;
}

bool remove_tail(std::string_view& text, std::string_view tail) {
  if (!ends_with(text, tail) || text.size() == tail.size()) return false;
  text.remove_suffix(tail.size());
  return true;
}

bool remove_head(std::string_view& text, std::string_view head) {
  if (!starts_with(text, head)) return false;
  text.remove_prefix(head.size());
  return true;
}

// "_myl2_13" and "_myl2"; true when there was one.
bool remove_myelin_tail(std::string_view& name) {
  std::string_view text = name;
  if (remove_numbered_tail(text, "_") && remove_numbered_tail(text, "_myl")) {
    name = text;
    return true;
  }
  return remove_numbered_tail(name, "_myl");
}

// " [profile 12]".
void remove_profile_tail(std::string_view& name) {
  std::string_view text = name;
  if (!remove_tail(text, "]")) return;
  std::size_t end = text.size();
  while (end > 0 && is_digit(text[end - 1])) --end;
  if (end == text.size()) return;
  text = trim(text.substr(0, end));
  if (remove_tail(text, "[profile")) name = trim(text);
}

// "Reformatting CopyNode for Input Tensor 0 to X" -> X. Of a network input or output it names a
// tensor, not a node.
enum class Head : std::uint8_t { none, removed, tensor };
Head remove_copy_head(std::string_view& name) {
  constexpr std::string_view copy_node = "Reformatting CopyNode for ";
  if (!starts_with(name, copy_node)) return Head::none;
  const std::string_view rest = name.substr(copy_node.size());
  for (const std::string_view side : {"Input Tensor ", "Output Tensor "}) {
    if (!starts_with(rest, side)) continue;
    const std::size_t to = rest.find(" to ", side.size());
    if (to == std::string_view::npos) return Head::tensor;
    name = rest.substr(to + 4);
    return Head::removed;
  }
  return Head::tensor;
}

void remove_decorations(std::string_view& name) {
  bool removed = true;
  for (int turn = 0; removed && turn < 8; ++turn) {
    removed = remove_numbered_tail(name, " input reformatter ") ||
              remove_numbered_tail(name, " output reformatter ") ||
              remove_tail(name, " copy finish") || remove_tail(name, " copy") ||
              remove_tail(name, " finish");
  }
}

// What TensorRT put around a node of the network to fit it in.
void remove_helper_words(std::string_view& op) {
  constexpr std::string_view heads[] = {
      "squeeze_after_",   "squeeze_before_",   "unsqueeze_node_after_", "unsqueeze_node_before_",
      "unsqueeze_after_", "unsqueeze_before_", "reshape_before_",       "reshape_after_",
      "shuffle_before_",  "shuffle_after_",    "transpose_before_",     "transpose_after_",
      "cast_before_",     "cast_after_",
  };
  bool removed = true;
  for (int turn = 0; removed && turn < 8; ++turn) {
    removed = false;
    std::string_view rest = op;
    remove_head(rest, "copied_");
    for (const std::string_view head : heads) {
      if (!remove_head(rest, head)) continue;
      op = rest;
      removed = true;
      break;
    }
  }
  remove_tail(op, "_dequantize_scale_node");
  remove_tail(op, "_quantize_scale_node");
  std::string_view clone = op;
  if (remove_numbered_tail(clone, "_clone_")) op = clone;
}

// "[CONVOLUTION]-[aten_ops.convolution.default]-[/features/0/convolution]" -> its last part that
// says something.
std::optional<std::string_view> torch_op(std::string_view op) {
  if (op.empty() || op[0] != '[') return std::nullopt;
  constexpr std::string_view joint = "]-[";
  const std::size_t first = op.find(joint);
  const std::size_t close = op.rfind(']');
  if (first == std::string_view::npos || close == std::string_view::npos) return std::nullopt;
  const std::size_t last = op.rfind(joint);
  const std::size_t start = last + joint.size();
  if (close > start) return op.substr(start, close - start);
  const std::size_t second = first + joint.size();
  return last > second ? op.substr(second, last - second) : op.substr(1, first - 1);
}

void append_op(std::string_view op, Views& ops) {
  op = trim(op);
  remove_decorations(op);
  remove_helper_words(op);
  if (const auto torch = torch_op(op)) op = *torch;
  op = trim(op);
  if (!op.empty()) ops.push_back(op);
}

// For each '(' the index of its ')', for every other position 0: unmatched ones are plain text.
std::vector<std::uint32_t> matching_parentheses(std::string_view text) {
  std::vector<std::uint32_t> match(text.size(), 0);
  std::vector<std::uint32_t> open;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '(') {
      open.push_back(static_cast<std::uint32_t>(i));
    } else if (text[i] == ')' && !open.empty()) {
      match[open.back()] = static_cast<std::uint32_t>(i);
      open.pop_back();
    }
  }
  return match;
}

// The scan over "PWN(PWN(a), b) + {ForeignNode[c...d]} || e": one pass, with the ends of the
// PWN(...) around the current place on a stack.
class NameScan {
 public:
  NameScan(std::string_view text, Views& ops)
      : text_(text), ops_(ops), match_(matching_parentheses(text)) {}

  void run() {
    std::size_t i = 0;
    while (i < text_.size()) i = step(i);
    flush(text_.size());
  }

 private:
  // Consumes what is at `i`; gives the place after it.
  std::size_t step(std::size_t i) {
    const std::string_view rest = text_.substr(i);
    const bool at_start = i == start_ && !after_group_;
    if (!pwn_ends_.empty() && i == pwn_ends_.back()) {
      flush(i);
      pwn_ends_.pop_back();
      return end_group(i + 1);
    }
    if (at_start && starts_with(rest, "PWN(") && match_[i + 3] != 0) {
      pwn_ends_.push_back(match_[i + 3]);
      return start_ = i + 4;
    }
    if (at_start && rest[0] == '{') {
      if (const std::size_t end = foreign_end(i); end != 0) return foreign(i, end);
    }
    if (starts_with(rest, " + ") || starts_with(rest, " || ")) {
      flush(i);
      return start_ = i + (rest[1] == '+' ? 3 : 4);
    }
    if (!pwn_ends_.empty() && starts_with(rest, ", ")) {
      flush(i);
      return start_ = i + 2;
    }
    if (at_start && rest[0] == ' ') return start_ = i + 1;
    if (rest[0] == '(' && match_[i] != 0) return match_[i];  // "(Unnamed Layer* 14) [Shuffle]"
    return i + 1;
  }

  void flush(std::size_t end) {
    if (end > start_ && !after_group_) append_op(text_.substr(start_, end - start_), ops_);
    start_ = end;
    after_group_ = false;
  }

  // What follows a group up to the next separator decorates it: "PWN(a) copy".
  std::size_t end_group(std::size_t place) {
    after_group_ = true;
    return start_ = place;
  }

  // The place after "{...}", or 0.
  std::size_t foreign_end(std::size_t i) {
    if (no_brace_) return 0;
    const std::size_t close = text_.find('}', i);
    no_brace_ = close == std::string_view::npos;
    return no_brace_ ? 0 : close + 1;
  }

  // "{ForeignNode[a + b...c]}", and DLA's "{conv1,...,classifier}": the first and last nodes.
  std::size_t foreign(std::size_t i, std::size_t end) {
    std::string_view inside = text_.substr(i + 1, end - i - 2);
    const std::size_t bracket = inside.find('[');
    if (starts_with(inside, "ForeignNode") && bracket != std::string_view::npos) {
      inside.remove_prefix(bracket + 1);
      if (ends_with(inside, "]")) inside.remove_suffix(1);
    }
    const std::size_t dots = inside.find("...");
    append_plain_list(inside.substr(0, dots));
    if (dots != std::string_view::npos) append_plain_list(inside.substr(dots + 3));
    return end_group(end);
  }

  void append_plain_list(std::string_view list) {
    for (std::string_view op : split(list, " + ")) {
      op = trim(op);
      while (!op.empty() && op.front() == ',') op.remove_prefix(1);
      while (!op.empty() && op.back() == ',') op.remove_suffix(1);
      append_op(op, ops_);
    }
  }

  std::string_view text_;
  Views& ops_;
  std::vector<std::uint32_t> match_;
  std::vector<std::size_t> pwn_ends_;
  std::size_t start_ = 0;
  bool no_brace_ = false;
  bool after_group_ = false;
};

// Names of one node without anything to take apart: most of them.
bool is_plain(std::string_view name) {
  return std::none_of(name.begin(), name.end(), [](char c) {
    return c == '(' || c == '+' || c == '|' || c == '{' || c == ',';
  });
}

// "__myl_Fc", "__mye55480+__mye55468", "_gemm_mha_v2", "dummy_shape_call__mye622_0"; and copies to
// and from a DLA ("images to nvm"), which name a tensor.
bool is_generated(std::string_view name) {
  return starts_with(name, "__my") || starts_with(name, "_gemm") ||
         starts_with(name, "dummy_shape_call") || ends_with(name, " to nvm") ||
         ends_with(name, " from nvm");
}

}  // namespace

std::string_view without_name_suffix(std::string_view name) {
  remove_profile_tail(name);
  remove_myelin_tail(name);
  return name;
}

void append_name_ops(std::string_view name, Views& ops) {
  name = trim(name);
  remove_profile_tail(name);
  if (remove_copy_head(name) == Head::tensor) return;
  remove_decorations(name);
  const bool myelin = remove_myelin_tail(name);
  if (is_generated(name)) return;
  if (myelin && contains(name, "+")) {  // Myelin joins without spaces
    for (const std::string_view part : split(name, '+')) {
      if (!is_generated(trim(part))) append_op(part, ops);
    }
    return;
  }
  if (is_plain(name)) return append_op(name, ops);
  NameScan(name, ops).run();
}

}  // namespace trex
