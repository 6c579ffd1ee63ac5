// Items of Metadata, with names as the way out, and scopes.

// SPDX-License-Identifier: Apache-2.0
#include "trex/model/source_ops.hpp"

#include <algorithm>
#include <optional>
#include <unordered_set>

#include "trex/base/text.hpp"
#include "trex/model/name_parts.hpp"

namespace trex {
namespace {

using Views = std::vector<std::string_view>;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_item_separator(char c) { return c == '\x1e' || c == '\x1f'; }

// Length of "[ONNX Layer: " at the start of `text`, or 0: a '[' , a few words, ": ".
std::size_t item_head(std::string_view text) {
  constexpr std::size_t longest_head = 40;
  constexpr std::string_view usual = "[ONNX Layer: ";
  if (starts_with(text, usual)) return usual.size();
  if (text.size() < 5 || text[0] != '[' || !is_letter(text[1])) return 0;
  const std::size_t end = std::min(text.size(), longest_head);
  for (std::size_t i = 2; i + 1 < end; ++i) {
    if (text[i] == ':') return text[i + 1] == ' ' ? i + 2 : 0;
    if (!is_letter(text[i]) && text[i] != ' ' && text[i] != '_') return 0;
  }
  return 0;
}

// An item begins the text or follows a separator or another item's end.
bool may_begin_item(std::string_view text, std::size_t at) {
  for (int skipped = 0; skipped < 3 && at > 0; ++skipped, --at) {
    const char before = text[at - 1];
    if (is_item_separator(before) || before == ']') return true;
    if (before != ' ' && before != ',' && before != '+') return false;
  }
  return at == 0;
}

// By hand: find_first_of() of two characters takes ten times as long.
std::size_t find_separator(std::string_view text, std::size_t from) {
  while (from < text.size() && !is_item_separator(text[from])) ++from;
  return from;
}

// An item's text without its head, up to the last ']' before the next separator or item.
std::string_view value_of(std::string_view text) {
  text = text.substr(0, find_separator(text, 0));
  const std::size_t close = text.rfind(']');
  return close == std::string_view::npos ? text : text.substr(0, close);
}

// Items as TensorRT writes nearly all: no bracket inside, a separator between. False: others, and
// nothing was appended.
bool append_plain_items(std::string_view text, Views& values) {
  const std::size_t before = values.size();
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t head = item_head(text.substr(at));
    const std::size_t close = head == 0 ? std::string_view::npos : text.find(']', at + head);
    const std::string_view value = text.substr(at + head, close - at - head);
    const bool ends = close + 1 == text.size();
    if (close == std::string_view::npos || value.find('[') != std::string_view::npos ||
        find_separator(value, 0) < value.size() || !(ends || is_item_separator(text[close + 1]))) {
      values.resize(before);
      return false;
    }
    values.push_back(value);
    at = close + 2;
  }
  return true;
}

// "[ONNX Layer: a[0]][ONNX Layer: b]" -> "a[0]", "b".
void append_items(std::string_view text, Views& values) {
  if (append_plain_items(text, values)) return;
  std::size_t value = 0;  // where the last item's value begins; 0: there is none yet
  for (std::size_t at = text.find('['); at != std::string_view::npos; at = text.find('[', at + 1)) {
    if (!may_begin_item(text, at)) continue;
    const std::size_t head = item_head(text.substr(at));
    if (head == 0) continue;
    if (value != 0) values.push_back(value_of(text.substr(value, at - value)));
    value = at + head;
  }
  if (value != 0) values.push_back(value_of(text.substr(value)));
}

// Keeps the first of each, in place.
void keep_distinct(Views& ops) {
  constexpr std::size_t few = 16;
  std::optional<std::unordered_set<std::string_view>> seen;
  if (ops.size() > few) seen.emplace();
  auto end = ops.begin();
  for (const std::string_view op : ops) {
    if (trim(op).empty()) continue;
    const bool is_new = seen ? seen->insert(op).second : std::find(ops.begin(), end, op) == end;
    if (is_new) *end++ = op;
  }
  ops.erase(end, ops.end());
}

// Metadata that is not of the bracketed kind: Torch-TensorRT's own, or plain names.
void append_ops_of_free_text(std::string_view metadata, Views& ops) {
  std::size_t start = 0;
  while (start <= metadata.size()) {
    const std::size_t end = find_separator(metadata, start);
    append_name_ops(metadata.substr(start, end - start), ops);
    start = end + 1;
  }
}

// Items, else free text.
void find_ops(std::string_view text, Views& ops) {
  append_items(text, ops);
  if (ops.empty()) append_ops_of_free_text(text, ops);
  keep_distinct(ops);
}

}  // namespace

void parse_source_ops(std::string_view name, std::string_view metadata, SourceOps& result) {
  result.kind = SourceKind::none;
  result.ops.clear();
  if (!trim(metadata).empty()) find_ops(metadata, result.ops);
  if (!result.ops.empty()) {
    result.kind = SourceKind::metadata;
    return;
  }
  // 10.0 wrote the items of Metadata, and its separators, into names too.
  find_ops(name, result.ops);
  if (!result.ops.empty()) result.kind = SourceKind::name;
}

SourceOps parse_source_ops(std::string_view name, std::string_view metadata) {
  SourceOps result;
  parse_source_ops(name, metadata, result);
  return result;
}

std::string_view source_scope(std::string_view op, int depth) {
  const std::size_t last = op.rfind('/');
  if (last == std::string_view::npos || last == 0) return {};
  const std::string_view scope = op.substr(0, last);
  if (depth <= 0) return scope;
  std::size_t at = scope[0] == '/' ? 1 : 0;
  for (int part = 0; part < depth; ++part) {
    const std::size_t slash = scope.find('/', at);
    if (slash == std::string_view::npos) return scope;
    if (part + 1 == depth) return scope.substr(0, slash);
    at = slash + 1;
  }
  return scope;
}

}  // namespace trex
