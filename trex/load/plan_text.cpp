// Text to JSON, a line a layer, in one of three forms:
//   Name: a + b, LayerType: kgen, Inputs: [ { Name: x, Dimensions: [1,40], Format/Datatype: Half
//   }],
//     ..., Metadata: [ONNX Layer: a]
//   Layer(Myelin): {ForeignNode[a...b]}, Tactic: 0x00, x (Int32[1,40]) -> y (Half[1])
//   a + b
// "Layers:" and "Bindings:" stand on lines of their own.
//
// Nothing is quoted, and names may hold commas, colons and brackets. So text ends only where a
// comma and a known key follow, or the bracket that closes its object; a line that was cut ends
// what is open. A key that is not known becomes part of the text before it.

// SPDX-License-Identifier: Apache-2.0
#include "trex/load/plan_text.hpp"

#include <algorithm>

#include "trex/base/json.hpp"
#include "trex/base/text.hpp"
#include "trex/load/plan_keys.hpp"

namespace trex {
namespace {

constexpr std::size_t longest_key = 40;
constexpr int most_nesting = 16;

// "[12/24/2026-10:11:12] [I] Name: x" -> "Name: x"; names that begin with a bracket stay.
std::string_view without_log_prefix(std::string_view line) {
  std::string_view rest = trim(line);
  while (starts_with(rest, "[")) {
    const std::size_t end = rest.substr(0, longest_key).find("] ");
    if (end == std::string_view::npos) break;
    rest = trim(rest.substr(end + 1));
  }
  const bool is_known = starts_with(rest, "Name: ") || starts_with(rest, "Layer(") ||
                        rest == "Layers:" || rest == "Bindings:";
  return is_known ? rest : trim(line);
}

std::string_view without_quotes(std::string_view text) {
  const bool quoted = text.size() > 1 && text.front() == '"' && text.back() == '"';
  return quoted ? text.substr(1, text.size() - 2) : text;
}

struct LineKey {
  std::string_view name;
  std::size_t length = 0;  // with quotes and colon
};

// The known key that begins at `at`, or nothing.
std::optional<LineKey> key_at(std::string_view line, std::size_t at) {
  const std::string_view rest = line.substr(at, longest_key);
  const std::size_t colon = rest.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const bool ends = at + colon + 1 == line.size() || rest.substr(colon, 2) == ": ";
  const std::string_view name = without_quotes(rest.substr(0, colon));
  const PlanKeyMatch match = find_plan_key(name);
  if (!ends || match.key == PlanKey::unknown || !match.exact) return std::nullopt;
  return LineKey{name, colon + 1};
}

bool holds_text(std::string_view key) {
  switch (find_plan_key(key).key) {
    case PlanKey::name:
    case PlanKey::layer_type:
    case PlanKey::parameter_type:
    case PlanKey::tactic_name:
    case PlanKey::tactic_value:
    case PlanKey::metadata:
    case PlanKey::origin:
    case PlanKey::activation:
    case PlanKey::location:
    case PlanKey::format:
    case PlanKey::format_datatype:
    case PlanKey::datatype:
      return true;
    default:
      return false;
  }
}

// One line "Name: ..." -> one JSON object.
class LayerLine {
 public:
  LayerLine(std::string_view line, std::string& out) : line_(line), out_(out) {}

  void write() { write_fields(0, Around::line); }

 private:
  enum class Around { line, object, list };  // what the fields stand in

  void skip_spaces() {
    while (at_ < line_.size() && line_[at_] == ' ') ++at_;
  }
  char peek() const { return at_ < line_.size() ? line_[at_] : '\0'; }

  // The fields of an object, to its end.
  void write_fields(int depth, Around around) {
    out_ += '{';
    bool first = true;
    while (at_ < line_.size()) {
      skip_spaces();
      if (peek() == ',') {
        ++at_;
        continue;
      }
      if (peek() == '}' && around != Around::line) {
        ++at_;
        break;
      }
      const auto key = key_at(line_, at_);
      if (!key) {
        skip_text(around);
        continue;
      }
      if (!first) out_ += ',';
      first = false;
      append_json_string(out_, key->name);
      out_ += ':';
      at_ += key->length;
      write_value(depth, around, holds_text(key->name));
    }
    out_ += '}';
  }

  // What no key stands before: nothing that can be read.
  void skip_text(Around around) {
    const std::size_t start = at_;
    text_value(around);
    if (at_ == start) ++at_;
  }

  void write_value(int depth, Around around, bool is_text) {
    skip_spaces();
    const char c = peek();
    if (!is_text && c == '{' && depth < most_nesting) {
      ++at_;
      write_fields(depth + 1, Around::object);
    } else if (!is_text && c == '[' && depth < most_nesting) {
      write_list(depth + 1);
    } else {
      const std::string_view text = without_quotes(text_value(around));
      if (!is_text && parse_integer(text)) {
        out_ += std::to_string(*parse_integer(text));
      } else {
        append_json_string(out_, text);
      }
    }
  }

  void write_list(int depth) {
    out_ += '[';
    ++at_;
    bool first = true;
    while (at_ < line_.size()) {
      skip_spaces();
      const char c = peek();
      if (c == ']') {
        ++at_;
        break;
      }
      if (c == ',') {
        ++at_;
        continue;
      }
      if (!first) out_ += ',';
      first = false;
      if (c == '{' && depth < most_nesting) {
        ++at_;
        write_fields(depth + 1, Around::list);
      } else if (c == '[' && depth < most_nesting) {
        write_list(depth + 1);
      } else {
        write_element();
      }
    }
    out_ += ']';
  }

  void write_element() {
    const std::size_t end = std::min(line_.find_first_of(",]", at_), line_.size());
    const std::string_view text = trim(line_.substr(at_, end - at_));
    at_ = end;
    const auto integer = parse_integer(text);
    if (integer) {
      out_ += std::to_string(*integer);
    } else {
      append_json_string(out_, text);
    }
  }

  // Up to a comma with a known key behind it, or the bracket that ends the object.
  std::string_view text_value(Around around) {
    const std::size_t start = at_;
    while (at_ < line_.size()) {
      if (line_[at_] == ',' && at_ + 1 < line_.size() && line_[at_ + 1] == ' ' &&
          key_at(line_, at_ + 2)) {
        break;
      }
      if (line_[at_] == '}' && ends_object(around)) break;
      ++at_;
    }
    return trim(line_.substr(start, at_ - start));
  }

  // Behind an object in a list stands the next or the list's end, so that a name may hold "},".
  bool ends_object(Around around) const {
    if (around == Around::line) return false;
    std::size_t next = line_.find_first_not_of(' ', at_ + 1);
    if (next == std::string_view::npos || line_[next] == ']' || line_[next] == '}') return true;
    if (line_[next] != ',' || around == Around::object) return line_[next] == ',';
    next = line_.find_first_not_of(' ', next + 1);
    return next == std::string_view::npos || line_[next] == '{';
  }

  std::string_view line_;
  std::string& out_;
  std::size_t at_ = 0;
};

// "x (Int32[1,40]), y (Half[1,8:8,224])" -> a list of tensors. The number before a colon is the
// dimension, the one behind it the vector width.
void write_tensors(std::string_view side, std::string& out) {
  out += '[';
  bool first = true;
  while (true) {
    const std::size_t end = side.find("])");
    if (end == std::string_view::npos) break;
    const std::string_view item = side.substr(0, end);
    side.remove_prefix(end + 2);
    while (starts_with(side, ",") || starts_with(side, " ")) side.remove_prefix(1);
    const std::size_t open = item.rfind(" (");
    if (open == std::string_view::npos) continue;
    const std::string_view type = item.substr(open + 2, item.find('[', open) - open - 2);
    if (!first) out += ',';
    first = false;
    out += "{\"Name\":";
    append_json_string(out, trim(item.substr(0, open)));
    out += ",\"Format/Datatype\":";
    append_json_string(out, type);
    out += ",\"Dimensions\":[";
    const std::size_t dims = std::min(open + 3 + type.size(), item.size());
    bool first_dim = true;
    for (const std::string_view dim : split(item.substr(dims), ',')) {
      const auto size = parse_integer(trim(dim.substr(0, dim.find(':'))));
      if (!size) continue;
      out += (first_dim ? "" : ",") + std::to_string(*size);
      first_dim = false;
    }
    out += "]}";
  }
  out += ']';
}

// "Layer(Type): name, Tactic: 0x00, inputs -> outputs".
void write_typed_layer(std::string_view line, std::string& out) {
  constexpr std::string_view tactic_mark = ", Tactic: ";
  const std::size_t type_end = std::min(line.find("): "), line.size());
  const std::string_view type = line.substr(6, type_end - std::min<std::size_t>(6, type_end));
  std::string_view rest = line.substr(std::min(type_end + 3, line.size()));
  const std::size_t name_end = std::min(rest.find(tactic_mark), rest.size());
  out += "{\"Name\":";
  append_json_string(out, trim(rest.substr(0, name_end)));
  out += ",\"LayerType\":";
  append_json_string(out, type);
  rest.remove_prefix(std::min(name_end + tactic_mark.size(), rest.size()));
  const std::size_t tactic_end = std::min(rest.find(", "), rest.size());
  out += ",\"TacticValue\":";
  append_json_string(out, trim(rest.substr(0, tactic_end)));
  rest.remove_prefix(std::min(tactic_end + 2, rest.size()));
  const std::size_t arrow = std::min(rest.rfind("-> "), rest.size());
  out += ",\"Inputs\":";
  write_tensors(rest.substr(0, arrow), out);
  out += ",\"Outputs\":";
  write_tensors(rest.substr(std::min(arrow + 3, rest.size())), out);
  out += '}';
}

}  // namespace

bool is_plan_text(std::string_view text) {
  const std::size_t start = text.find_first_not_of(" \t\r\n");
  if (start == std::string_view::npos) return false;
  const std::string_view first = text.substr(start, text.find('\n', start) - start);
  const std::string_view line = without_log_prefix(first);
  if (line == "Layers:") return true;
  if (starts_with(line, "Name: ")) return contains(line, ", LayerType: ");
  return starts_with(line, "Layer(") && contains(line, "): ") && contains(line, ", Tactic: ");
}

std::optional<std::string> json_of_plan_text(std::string_view text) {
  if (!is_plan_text(text)) return std::nullopt;
  std::string layers, bindings;
  bool in_bindings = false;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    const std::string_view line = without_log_prefix(text.substr(start, end - start));
    start = end + 1;
    if (line == "Layers:" || line == "Bindings:") {
      in_bindings = line == "Bindings:";
      continue;
    }
    if (line.empty()) continue;
    std::string& list = in_bindings ? bindings : layers;
    if (!list.empty()) list += ",\n";
    if (!in_bindings && starts_with(line, "Name: ")) {
      LayerLine(line, list).write();
    } else if (!in_bindings && starts_with(line, "Layer(")) {
      write_typed_layer(line, list);
    } else {
      append_json_string(list, line);
    }
  }
  return "{\"Layers\": [\n" + layers + "],\n\"Bindings\": [" + bindings + "]}\n";
}

std::optional<std::string> plan_text_in_log(std::string_view log) {
  // "[11/23/2026-10:00:00] [I] ..." and "&&&& PASSED ...".
  const auto is_of_log = [](std::string_view line) {
    return starts_with(line, "&&&& ") || (starts_with(line, "[") && line.substr(3, 1) == "/");
  };
  constexpr std::string_view mark = "Layers:";
  for (std::size_t at = log.find(mark); at != std::string_view::npos; at = log.find(mark, at + 1)) {
    // It stands alone on its line, but for the log's prefix.
    constexpr std::size_t longest_prefix = 120;
    std::size_t end = at + mark.size();
    if (end < log.size() && log[end] == '\r') ++end;
    if (end < log.size() && log[end] != '\n') continue;
    const std::size_t from = at - std::min(at, longest_prefix);
    const std::size_t newline = log.substr(from, at - from).rfind('\n');
    if (newline == std::string_view::npos && from > 0) continue;
    const std::size_t start = newline == std::string_view::npos ? 0 : from + newline + 1;
    if (without_log_prefix(log.substr(start, end - start)) != mark) continue;
    while (end < log.size()) {
      const std::size_t next = std::min(log.find('\n', end + 1), log.size());
      const std::string_view line = log.substr(end + 1, next - end - 1);
      if (is_of_log(line) && without_log_prefix(line) == trim(line)) break;
      end = next;
    }
    return std::string(log.substr(start, end - start));
  }
  return std::nullopt;
}

}  // namespace trex
