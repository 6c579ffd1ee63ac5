// One line of a trtexec, TensorRT or TensorRT-LLM log -> severity, origin, time and text.
//
// trtexec writes "[MM/DD/YYYY-HH:MM:SS] [I] [TRT] text"; Python's trt.Logger and TensorRT-LLM swap
// the last two brackets; older Python writes "[TensorRT] INFO: text" and DeepStream
// "INFO: [TRT]: text". So the brackets are read in any order, and a line without them is still
// a line.

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "trex/base/text.hpp"
#include "trex/trtexec/log.hpp"
#include "trex/trtexec/log_reader.hpp"

namespace trex::trtexec {
namespace {

constexpr std::size_t longest_token = 32;  // "[TensorRT-LLM]", a date, "[RANK 12]"

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// `pattern` with 0 for any digit: "00/00/0000-00:00:00".
bool has_shape(std::string_view text, std::string_view pattern) {
  return text.size() >= pattern.size() &&
         std::equal(pattern.begin(), pattern.end(), text.begin(),
                    [](char p, char c) { return p == '0' ? is_digit(c) : p == c; });
}

constexpr std::string_view date_shape = "00/00/0000-00:00:00";

char severity_of(std::string_view word) {
  if (word.size() == 1) return contains("FEWIV", word) ? word[0] : '\0';
  static constexpr std::array<std::pair<std::string_view, char>, 8> words{{{"INFO", 'I'},
                                                                           {"WARNING", 'W'},
                                                                           {"WARN", 'W'},
                                                                           {"ERROR", 'E'},
                                                                           {"VERBOSE", 'V'},
                                                                           {"DEBUG", 'V'},
                                                                           {"TRACE", 'V'},
                                                                           {"FATAL", 'F'}}};
  for (const auto& [name, severity] : words) {
    if (word == name) return severity;
  }
  return '\0';
}

void skip_colour(std::string_view& rest) {
  while (starts_with(rest, "\x1b[")) {
    std::size_t end = 2;
    while (end < rest.size() && !(rest[end] >= '@' && rest[end] <= '~')) ++end;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
}

void skip_spaces(std::string_view& rest) {
  while (!rest.empty() && (rest[0] == ' ' || rest[0] == '\t')) rest.remove_prefix(1);
}

// "[W]", "[TRT]", "[05/08/2024-14:05:14]": true when `rest` began with a prefix word we know.
bool take_bracket(std::string_view& rest, LogLine& line) {
  if (rest.empty() || rest[0] != '[') return false;
  const std::size_t end = rest.substr(0, longest_token).find(']');
  if (end == std::string_view::npos) return false;
  const std::string_view word = rest.substr(1, end - 1);

  if (const char severity = severity_of(word); severity != 0) {
    if (line.severity != 0) return false;
    line.severity = severity;
  } else if (word == "TRT" || word == "TensorRT") {
    line.library = true;
  } else if (has_shape(word, date_shape) || has_shape(word, "00:00:00")) {
    line.time = word;
  } else if (word != "TRT-LLM" && word != "TensorRT-LLM" && !starts_with(word, "RANK ")) {
    return false;
  }
  rest.remove_prefix(end + 1);
  if (line.library && starts_with(rest, ":")) rest.remove_prefix(1);
  return true;
}

// "INFO: " after "[TensorRT]", or before "[TRT]".
bool take_word(std::string_view& rest, LogLine& line) {
  const std::size_t colon = rest.substr(0, 10).find(':');
  if (colon == std::string_view::npos || line.severity != 0) return false;
  const char severity = severity_of(rest.substr(0, colon));
  if (severity == 0 || colon < 2) return false;
  std::string_view after = rest.substr(colon + 1);
  skip_spaces(after);
  if (!line.library && !starts_with(after, "[TRT]") && !starts_with(after, "[TensorRT]")) {
    return false;
  }
  line.severity = severity;
  rest.remove_prefix(colon + 1);
  return true;
}

// Lines collected by a CI service begin with its own time: "2024-05-08T14:05:14.123Z ".
void skip_collector_time(std::string_view& rest) {
  if (!has_shape(rest, "0000-00-00T00:00:00")) return;
  const std::size_t space = rest.find(' ');
  if (space != std::string_view::npos && space < 40) rest.remove_prefix(space + 1);
}

std::string_view without_trailing_colour(std::string_view text) {
  while (ends_with(text, "m")) {
    const std::size_t escape = text.rfind("\x1b[");
    if (escape == std::string_view::npos || text.size() - escape > 12) break;
    text.remove_suffix(text.size() - escape);
  }
  return text;
}

}  // namespace

LogLine parse_line(std::string_view line, std::int64_t number) {
  LogLine result;
  result.number = number;
  while (!line.empty() && (line.back() == '\r' || line.back() == '\n')) line.remove_suffix(1);
  line = without_trailing_colour(line);
  skip_collector_time(line);

  std::string_view rest = line;
  bool has_prefix = false;
  for (std::string_view ahead = line;;) {
    skip_colour(ahead);
    skip_spaces(ahead);
    skip_colour(ahead);
    if (!take_bracket(ahead, result) && !take_word(ahead, result)) break;
    has_prefix = true;
    rest = ahead;
  }
  if (!has_prefix) {
    skip_colour(line);
    result.text = line;
    return result;
  }
  skip_colour(rest);
  if (!rest.empty() && rest[0] == ' ') rest.remove_prefix(1);
  skip_colour(rest);
  result.text = rest;
  return result;
}

bool begins_with_prefix(std::string_view text) {
  if (text.size() < date_shape.size() + 6 || text[0] != '[') return false;
  if (!has_shape(text.substr(1), date_shape)) return false;
  return starts_with(text.substr(1 + date_shape.size()), "] [");
}

bool looks_like_log(std::string_view head) {
  int with_prefix = 0;
  int looked_at = 0;
  for (std::size_t at = 0; at < head.size() && looked_at < 400; ++looked_at) {
    const std::size_t end = std::min(head.find('\n', at), head.size());
    const LogLine line = parse_line(head.substr(at, std::min<std::size_t>(end - at, 4096)), 0);
    const std::string_view text = trim(line.text);
    if (starts_with(text, "&&&& ")) return true;
    if (starts_with(text, "=== ") && ends_with(text, " ===") &&
        (contains(text, "Options") || contains(text, "Device Information") ||
         contains(text, "Performance summary") || contains(text, "Profile ("))) {
      return true;
    }
    if (line.severity != 0 && (line.library || !line.time.empty()) && ++with_prefix >= 2) {
      return true;
    }
    at = end + 1;
  }
  // A log of one line is a log; one such line among many others may be anything.
  return with_prefix == 1 && looked_at <= 3;
}

}  // namespace trex::trtexec
