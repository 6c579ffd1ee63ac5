// trtexec logs: text -> sections, statistics, facts, the profile table, placements, problems.
//
// Each line goes to the readers in turn; the first that knows it takes it. What is a section's
// line and what is the library talking in between is told by the prefix where there is one.

// SPDX-License-Identifier: Apache-2.0
#include "trex/trtexec/log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "trex/base/text.hpp"
#include "trex/trtexec/log_reader.hpp"

namespace trex::trtexec {
namespace {

constexpr std::size_t most_sections = 64;    // a log has 7
constexpr std::size_t most_options = 1000;   // a section has about 60
constexpr std::size_t most_statistics = 32;  // a log has 5
constexpr std::size_t most_problems = 5000;  // a log of nothing but warnings stays small

// "8601" -> "8.6.1", "101300" -> "10.13.0", "11.1.0.106" -> "11.1.0".
std::string decode_version(std::string_view text) {
  if (contains(text, ".")) {
    const auto parts = split(text, '.');
    std::string result;
    for (std::size_t i = 0; i < std::min<std::size_t>(parts.size(), 3); ++i) {
      if (!parse_integer(parts[i])) return "";
      if (i > 0) result += '.';
      result += parts[i];
    }
    return result;
  }
  const std::optional<std::int64_t> number = parse_integer(text);
  if (!number || *number < 1000 || *number > 99999999) return "";
  // Up to 9.3 major * 1000 + minor * 100 + patch; from 10.0 major * 10000.
  const std::int64_t unit = *number < 10000 ? 1000 : 10000;
  return fmt::format("{}.{}.{}", *number / unit, *number % unit / 100, *number % 100);
}

class Reader {
 public:
  void read(const LogLine& line);
  Log finish() {
    profile_.finish(log_);
    const auto is_empty = [](const Section& section) { return section.options.empty(); };
    log_.sections.erase(std::remove_if(log_.sections.begin(), log_.sections.end(), is_empty),
                        log_.sections.end());
    return std::move(log_);
  }

 private:
  bool take_banner(const LogLine& line);
  bool take_title(const LogLine& line);
  bool take_statistic(const LogLine& line);
  bool take_total(const LogLine& line);
  bool take_version(const LogLine& line);
  bool take_option(const LogLine& line);
  void take_problem(const LogLine& line);

  Log log_;
  FactReader facts_;
  PlacementReader placements_;
  ProfileTableReader profile_;
  bool in_section_ = false;
  bool section_has_prefix_ = false;
  std::string banner_version_;
};

// "&&&& RUNNING TensorRT.trtexec [TensorRT v101300] [b35] # trtexec --onnx=..."
bool Reader::take_banner(const LogLine& line) {
  const std::string_view text = line.text;
  if (!starts_with(text, "&&&& ")) return false;
  in_section_ = false;
  if (starts_with(text, "&&&& PASSED")) log_.passed = true;
  if (starts_with(text, "&&&& FAILED")) log_.passed = false;

  constexpr std::string_view marker = "[TensorRT v";
  if (const std::size_t at = text.find(marker); at != std::string_view::npos) {
    std::string_view rest = text.substr(at + marker.size());
    const std::string_view version = rest.substr(0, rest.find(']'));
    if (log_.tensorrt_version.empty()) log_.tensorrt_version = decode_version(version);
  }
  if (const std::size_t hash = text.find(" # ");
      hash != std::string_view::npos && starts_with(text, "&&&& RUNNING")) {
    if (log_.command_line.empty()) log_.command_line = trim(text.substr(hash + 3));
  }
  return true;
}

bool Reader::take_title(const LogLine& line) {
  const std::string_view text = trim(line.text);
  if (line.library || text.size() < 9 || !starts_with(text, "=== ") || !ends_with(text, " ===")) {
    return false;
  }
  const std::string_view title = trim(text.substr(4, text.size() - 8));
  in_section_ = contains(title, "Options") || contains(title, "Information");
  section_has_prefix_ = line.severity != 0;
  in_section_ = in_section_ && log_.sections.size() < most_sections;
  if (in_section_) {
    log_.sections.push_back({std::string(title), {}});
  }
  return true;
}

// "Latency: min = 0.3 ms, max = 0.4 ms, mean = ..., percentile(99%) = 0.39 ms"
bool Reader::take_statistic(const LogLine& line) {
  const std::string_view text = line.text;
  const std::size_t colon = text.find(": min = ");
  if (line.library || colon == std::string_view::npos) return false;
  Statistic statistic{std::string(trim(text.substr(0, colon))), {}};
  constexpr std::size_t longest = 4096;  // five figures and any sensible list of percentiles
  for (const std::string_view part : split(text.substr(colon + 2, longest), ',')) {
    const std::size_t equals = part.find('=');
    if (equals == std::string_view::npos) continue;
    const std::optional<double> value = leading_number(trim(part.substr(equals + 1)));
    if (value) statistic.values.emplace_back(trim(part.substr(0, equals)), *value);
  }
  if (statistic.name.empty() || statistic.values.empty()) return false;
  // A second run in the same log replaces the first.
  const auto same = [&](const Statistic& known) { return known.name == statistic.name; };
  auto place = std::find_if(log_.statistics.begin(), log_.statistics.end(), same);
  if (place != log_.statistics.end()) {
    *place = std::move(statistic);
  } else if (log_.statistics.size() < most_statistics) {
    log_.statistics.push_back(std::move(statistic));
  }
  return true;
}

bool Reader::take_total(const LogLine& line) {
  if (line.library) return false;
  const struct {
    std::string_view before;
    std::optional<double>* value;
  } totals[] = {{"Throughput: ", &log_.throughput_qps},
                {"Total Host Walltime: ", &log_.host_walltime_s},
                {"Total GPU Compute Time: ", &log_.gpu_compute_s}};
  for (const auto& total : totals) {
    if (!starts_with(line.text, total.before)) continue;
    const std::optional<double> value = leading_number(line.text.substr(total.before.size()));
    if (value) *total.value = value;
    return true;
  }
  return false;
}

bool Reader::take_version(const LogLine& line) {
  constexpr std::string_view before = "TensorRT version: ";
  if (!starts_with(line.text, before)) return false;
  in_section_ = false;  // it follows the device's properties, the last section of options
  const std::string version = decode_version(trim(line.text.substr(before.size())));
  if (!version.empty()) log_.tensorrt_version = version;
  return true;
}

bool Reader::take_option(const LogLine& line) {
  if (!in_section_ || log_.sections.empty()) return false;
  if (line.library || (section_has_prefix_ && line.severity == 0)) return false;
  if (line.severity == 'W' || line.severity == 'E' || line.severity == 'F') return false;
  const std::string_view text = trim(line.text);
  std::vector<Option>& options = log_.sections.back().options;
  // The whole help, printed after an unknown option, has sections of the same names.
  if (text.empty() || starts_with(text, "--") || starts_with(text, "Note: ")) return false;
  if (options.size() >= most_options) return false;

  const std::size_t colon = text.find(':');
  if (colon != std::string_view::npos) {
    options.push_back({std::string(trim(text.substr(0, colon))),
                       std::string(trim(text.substr(colon + 1))), line.number});
  } else if (!options.empty()) {  // an item of the list that the line before began
    std::string& value = options.back().value;
    value += value.empty() ? "" : ", ";
    value += text;
  }
  return true;
}

void Reader::take_problem(const LogLine& line) {
  char severity = line.severity;
  if (severity == 0 &&
      (contains(line.text, "Error Code ") || contains(line.text, "Unknown option: ") ||
       contains(line.text, "set up failed"))) {
    severity = 'E';
  }
  if (severity != 'W' && severity != 'E' && severity != 'F') return;
  const std::string_view text = trim(line.text);
  if (text.empty() || log_.problems.size() >= most_problems) return;
  // trtexec's advice goes on in lines that begin with spaces.
  if (!log_.problems.empty() && starts_with(line.text, "  ") && !line.library) {
    Message& last = log_.problems.back();
    if (last.severity == severity && !last.library && starts_with(last.text, "* ") &&
        last.text.size() < 2000) {
      last.text += ' ';
      last.text += text;
      return;
    }
  }
  log_.problems.push_back({severity, line.library, std::string(text), line.number});
}

void Reader::read(const LogLine& line) {
  if (take_banner(line)) return;
  if (profile_.take(line, log_)) {
    in_section_ = false;
    return;
  }
  if (take_title(line)) return;
  take_problem(line);
  if (take_statistic(line) || take_total(line) || take_version(line)) return;
  if (placements_.take(line, log_) || facts_.take(line, log_)) return;
  take_option(line);
}

// PowerShell's ">" writes UTF-16 with a byte-order mark. Only ASCII matters to the rules; what is
// beyond becomes UTF-8, and halves of surrogate pairs U+FFFD.
std::string utf8_from_utf16(std::string_view text) {
  std::string result;
  result.reserve(text.size() / 2);
  for (std::size_t i = 2; i + 1 < text.size(); i += 2) {
    const unsigned code = static_cast<unsigned char>(text[i]) |
                          static_cast<unsigned>(static_cast<unsigned char>(text[i + 1])) << 8;
    const unsigned point = code >= 0xD800 && code <= 0xDFFF ? 0xFFFD : code;
    if (point < 0x80) {
      result += static_cast<char>(point);
    } else if (point < 0x800) {
      result += static_cast<char>(0xC0 | point >> 6);
      result += static_cast<char>(0x80 | (point & 0x3F));
    } else {
      result += static_cast<char>(0xE0 | point >> 12);
      result += static_cast<char>(0x80 | (point >> 6 & 0x3F));
      result += static_cast<char>(0x80 | (point & 0x3F));
    }
  }
  return result;
}

std::string without_colours(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] != '\x1b' || i + 1 >= text.size() || text[i + 1] != '[') {
      result += text[i++];
      continue;
    }
    i += 2;
    while (i < text.size() && !(text[i] >= '@' && text[i] <= '~') && text[i] != '\n') ++i;
    if (i < text.size() && text[i] != '\n') ++i;
  }
  return result;
}

// stdout and stderr of one terminal are interleaved at any byte: where a prefix stands inside a
// line, another line begins.
std::size_t end_of_line(std::string_view text, std::size_t begin, std::size_t newline) {
  std::size_t at = begin + 1;
  while (at < newline) {
    const void* found = std::memchr(text.data() + at, '[', newline - at);
    if (found == nullptr) break;
    at = static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
    if (begins_with_prefix(text.substr(at, newline - at))) return at;
    ++at;
  }
  return newline;
}

}  // namespace

const Section* Log::find(std::string_view title) const {
  const auto is_it = [&](const Section& section) { return section.title == title; };
  const auto found = std::find_if(sections.begin(), sections.end(), is_it);
  return found == sections.end() ? nullptr : &*found;
}

bool says_anything(const Log& log) {
  return !log.sections.empty() || !log.statistics.empty() || !log.facts.empty() ||
         !log.profile.empty() || !log.placements.empty() || !log.tensorrt_version.empty() ||
         log.throughput_qps || log.passed || !log.problems.empty();
}

Log parse_log(std::string_view text) {
  std::string owned;
  if (starts_with(text, "\xff\xfe")) {
    owned = utf8_from_utf16(text);
    text = owned;
  }
  if (starts_with(text, "\xef\xbb\xbf")) text.remove_prefix(3);
  if (contains(text, "\x1b[")) {
    owned = without_colours(text);
    text = owned;
  }
  Reader reader;
  std::int64_t number = 1;
  for (std::size_t at = 0; at < text.size(); ++number) {
    const std::size_t newline = std::min(text.find('\n', at), text.size());
    while (at < newline) {
      const std::size_t end = end_of_line(text, at, newline);
      const LogLine line = parse_line(text.substr(at, end - at), number);
      const bool is_cut_off_prefix = end < newline && line.text.empty();
      if (!is_cut_off_prefix) reader.read(line);
      at = end;
    }
    at = newline + 1;
  }
  return reader.finish();
}

}  // namespace trex::trtexec
