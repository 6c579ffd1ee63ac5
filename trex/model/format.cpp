// The grammar of formats.
//
//   text      = { word }                        in any order; unknown words are passed over
//   word      = datatype                        "Int8", "FP16", "kHALF", "BFloat16"
//             | number "wide"                   "Thirty-two wide", "16 wide": vector width
//             | ("channel" | "row") "major" | "linear" | "vectorized" | "dla..."
//             | "channel" ("%" | "==") number   "channel % 8 == 0", "channel == 4": vector width
//             | "column" "stride" "%" number    DLA: rows start at a multiple of it
//             | number "spatial" "dimensions"
//             | layout                          "kCHW32", "DHWC8", "NC/32HW32", "chw2"
//             | "complex..."                    the datatype is then unknown: a pair of numbers
//   layout    = [k] [n] (c d h w in linear order) [number] | [k] [n] (d h w c) [number]
//             | [n] "c/" number (d h w) number | [k] "linear" | [k] "dla_linear" | [k] "dla_hwc4"
//
// A format does not know its tensor's rank, so plain row major is "NCHW" (as TREx wrote it) unless
// the text names other spatial dimensions.

// SPDX-License-Identifier: Apache-2.0
#include "trex/model/format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <vector>

#include "trex/base/text.hpp"

namespace trex {
namespace {

// Texts longer than this are no format; a width past this one is no vector.
constexpr std::size_t longest_text = 1000;
constexpr int widest_vector = 1024;

bool is_separator(char c) {
  return c == ' ' || c == '\t' || c == '(' || c == ')' || c == ',' || c == ';' || c == '+' ||
         c == ':' || c == '\n' || c == '\r';
}

// "channel%8==0 (kHWC8)" -> "channel", "%", "8", "==", "0", "khwc8".
std::vector<std::string_view> words_of(std::string_view lowered) {
  std::vector<std::string_view> words;
  std::size_t i = 0;
  while (i < lowered.size()) {
    if (is_separator(lowered[i])) {
      ++i;
      continue;
    }
    const bool sign = lowered[i] == '%' || lowered[i] == '=';
    std::size_t end = i;
    while (end < lowered.size() && !is_separator(lowered[end]) &&
           (lowered[end] == '%' || lowered[end] == '=') == sign) {
      ++end;
    }
    words.push_back(lowered.substr(i, end - i));
    i = end;
  }
  return words;
}

std::optional<int> digits(std::string_view text) {
  const std::optional<std::int64_t> value = parse_integer(text);
  if (!value || text[0] == '-' || text[0] == '+' || *value > widest_vector) return std::nullopt;
  return static_cast<int>(*value);
}

struct NumberWord {
  std::string_view word;
  int value;
};
constexpr NumberWord small_numbers[] = {
    {"zero", 0},     {"one", 1},      {"two", 2},        {"three", 3},     {"four", 4},
    {"five", 5},     {"six", 6},      {"seven", 7},      {"eight", 8},     {"nine", 9},
    {"ten", 10},     {"eleven", 11},  {"twelve", 12},    {"thirteen", 13}, {"fourteen", 14},
    {"fifteen", 15}, {"sixteen", 16}, {"seventeen", 17}, {"eighteen", 18}, {"nineteen", 19},
    {"twenty", 20},  {"thirty", 30},  {"forty", 40},     {"fifty", 50},    {"sixty", 60},
    {"seventy", 70}, {"eighty", 80},  {"ninety", 90},
};

std::optional<int> number_word(std::string_view word) {
  for (const NumberWord& n : small_numbers) {
    if (n.word == word) return n.value;
  }
  return std::nullopt;
}

// "32", "sixteen", "thirty-two".
std::optional<int> number(std::string_view word) {
  if (const auto value = digits(word)) return value;
  const std::size_t dash = word.find('-');
  if (dash == std::string_view::npos) return number_word(word);
  const auto tens = number_word(word.substr(0, dash));
  const auto units = number_word(word.substr(dash + 1));
  if (!tens || !units || *tens < 20 || *units < 1 || *units > 9) return std::nullopt;
  return *tens + *units;
}

// "thirty two", "one hundred twenty-eight" ending before word `end`.
std::optional<int> number_before(const std::vector<std::string_view>& words, std::size_t end) {
  std::size_t start = end;
  while (start > 0 && (number(words[start - 1]) || words[start - 1] == "hundred" ||
                       (words[start - 1] == "and" && start != end))) {
    --start;
  }
  if (start == end) return std::nullopt;
  int value = 0;
  for (std::size_t i = start; i < end; ++i) {
    if (words[i] == "and") continue;
    if (words[i] == "hundred") {
      value = std::max(value, 1) * 100;
    } else {
      value += *number(words[i]);
    }
    if (value > widest_vector) return std::nullopt;
  }
  return value;
}

// What the words say, before it is put together.
struct Reading {
  Datatype datatype = Datatype::unknown;
  bool complex = false;
  bool dynamic = false;
  bool channel_major = false, row_major = false, vectorized = false, dla = false;
  bool dla_linear = false, dla_hwc = false;
  bool bad_width = false;  // a width is spoken of but cannot be read
  int width = 0;
  int spatial_rank = 0;
};

void set_width(Reading& r, std::optional<int> value) {
  if (!value || *value < 1) {
    r.bad_width = true;
  } else if (r.width == 0) {
    r.width = *value;
  }
}

int spatial_letters(std::string_view letters) {
  if (letters == "w") return 1;
  if (letters == "hw") return 2;
  if (letters == "dhw") return 3;
  return 0;
}

// "c/32hw32".
bool read_blocked_layout(Reading& r, std::string_view word) {
  const std::size_t after = word.find_first_not_of("0123456789", 2);
  if (after == std::string_view::npos || after == 2) return false;
  const std::size_t tail = word.find_first_of("0123456789", after);
  const int rank =
      spatial_letters(word.substr(after, tail == std::string_view::npos ? tail : tail - after));
  if (rank == 0) return false;
  if (tail != std::string_view::npos && word.substr(tail) != word.substr(2, after - 2)) {
    return false;
  }
  r.vectorized = true;
  r.spatial_rank = rank;
  set_width(r, digits(word.substr(2, after - 2)));
  return true;
}

bool read_dla_layout(Reading& r, std::string_view word) {
  if (!starts_with(word, "dla")) return false;
  r.dla = true;
  word.remove_prefix(3);
  if (!word.empty() && (word[0] == '_' || word[0] == '-')) word.remove_prefix(1);
  if (starts_with(word, "hwc")) {
    r.dla_hwc = true;
    set_width(r, word.size() > 3 ? digits(word.substr(3)) : std::optional<int>(4));
  } else if (word == "linear") {
    r.dla_linear = true;
  }
  return true;
}

// "kchw32", "nhwc", "dhwc8", "nc/32hw32", "klinear", "dla_hwc4".
bool read_layout(Reading& r, std::string_view word) {
  if (starts_with(word, "tensorformat.")) word.remove_prefix(13);
  if (word.size() > 1 && word[0] == 'k') word.remove_prefix(1);
  if (word == "linear") {
    r.row_major = true;
    return true;
  }
  if (read_dla_layout(r, word)) return true;
  if (word.size() > 1 && word[0] == 'n') word.remove_prefix(1);
  if (starts_with(word, "c/")) return read_blocked_layout(r, word);

  const std::size_t end = std::min(word.find_first_of("0123456789"), word.size());
  const std::string_view letters = word.substr(0, end);
  const std::string_view tail = word.substr(end);
  if (letters.size() < 2) return false;
  const bool channels_first = letters.front() == 'c';
  if (!channels_first && letters.back() != 'c') return false;
  const int rank =
      spatial_letters(channels_first ? letters.substr(1) : letters.substr(0, letters.size() - 1));
  if (rank == 0) return false;
  if (!tail.empty() && tail.find_first_not_of("0123456789") != std::string_view::npos) return false;
  r.spatial_rank = rank;
  const std::optional<int> width = tail.empty() ? std::optional<int>(1) : digits(tail);
  set_width(r, width);
  if (!channels_first) {
    r.channel_major = true;
  } else if (width == 1) {
    r.row_major = true;
  } else {
    r.vectorized = true;
  }
  return true;
}

// "int8", "khalf", "fp16/nhwc8": a word that stands alone.
void read_word(Reading& r, std::string_view word) {
  if (starts_with(word, "complex")) {
    r.complex = true;
    return;
  }
  const Datatype type = parse_datatype(word);
  if (type != Datatype::unknown) {
    if (r.datatype == Datatype::unknown) r.datatype = type;
    return;
  }
  Reading trial = r;
  if (read_layout(trial, word)) {
    r = trial;
    return;
  }
  const std::size_t slash = word.find('/');
  if (slash == std::string_view::npos) return;
  for (const std::string_view part : split(word, '/')) {
    if (part.find('/') == std::string_view::npos && part != word) read_word(r, part);
  }
}

Reading read_text(std::string_view text) {
  Reading r;
  if (text.size() > longest_text) return r;
  const std::string lowered = lower(text);
  r.dynamic = contains(lowered, "dynamic shape") || starts_with(trim(lowered), "n/a");
  if (r.dynamic) return r;
  const std::vector<std::string_view> words = words_of(lowered);
  const auto at = [&](std::size_t i) { return i < words.size() ? words[i] : std::string_view(); };
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i];
    const std::string_view next = at(i + 1);
    if (word == "channel" && next == "major") {
      r.channel_major = true;
    } else if (word == "row" && next == "major") {
      r.row_major = true;
    } else if (word == "vectorized" || word == "vectorised") {
      r.vectorized = true;
    } else if (word == "wide") {
      set_width(r, number_before(words, i));
    } else if ((word == "channel" || word == "channels") && (next == "%" || next == "==")) {
      set_width(r, number(at(i + 2)));
    } else if (word == "stride" && next == "%") {
      r.dla = true;
    } else if (word == "spatial" && i > 0) {
      if (const auto rank = number(words[i - 1]); rank && *rank >= 1 && *rank <= 3) {
        r.spatial_rank = *rank;
      }
    } else {
      read_word(r, word);
    }
  }
  return r;
}

LayoutFamily family_of(const Reading& r) {
  if (r.dla) return LayoutFamily::dla;
  if (r.bad_width) return LayoutFamily::unknown;
  if (r.vectorized) return r.width > 1 ? LayoutFamily::vectorized : LayoutFamily::unknown;
  if (r.channel_major) return LayoutFamily::channel_major;
  if (r.row_major) return LayoutFamily::linear;
  return LayoutFamily::unknown;
}

std::string layout_name(const Format& format, const Reading& r) {
  const std::string_view spatial =
      std::string_view("DHW").substr(static_cast<std::size_t>(3 - format.spatial_rank));
  const std::string width = format.vector_width > 1 ? fmt::to_string(format.vector_width) : "";
  switch (format.family) {
    case LayoutFamily::linear:
      return fmt::format("NC{}", spatial);
    case LayoutFamily::channel_major:
      return fmt::format("N{}C{}", spatial, width);
    case LayoutFamily::vectorized:
      return fmt::format("NC/{}{}{}", width, spatial, width);
    case LayoutFamily::dla:
      if (r.dla_hwc || r.channel_major || !width.empty()) return fmt::format("DLA HWC{}", width);
      if (r.dla_linear || r.row_major) return "DLA linear";
      return "DLA";
    case LayoutFamily::unknown:
      break;
  }
  return "";
}

// Nothing when the product does not fit.
std::optional<std::int64_t> padded_bytes(std::span<const std::int64_t> dims, int width, int bits) {
  std::int64_t elements = 1;
  for (std::size_t axis = 0; axis < dims.size(); ++axis) {
    std::int64_t extent = dims[axis];
    if (axis == 1 && dims.size() >= 3 && width > 1) {
      const std::int64_t blocks = (extent - 1) / width + 1;
      if (__builtin_mul_overflow(blocks, width, &extent)) return std::nullopt;
    }
    if (__builtin_mul_overflow(elements, extent, &elements)) return std::nullopt;
  }
  if (bits < 8) return elements / 2 + elements % 2;  // both four-bit types
  std::int64_t bytes = 0;
  if (__builtin_mul_overflow(elements, bits / 8, &bytes)) return std::nullopt;
  return bytes;
}

}  // namespace

std::string Format::short_name() const {
  const std::string_view type = datatype_name(datatype);
  if (type.empty() && layout.empty()) return raw;
  if (layout.empty()) return std::string(type);
  if (type.empty()) return layout;
  return fmt::format("{} {}", type, layout);
}

Format parse_format(std::string_view format, std::string_view datatype) {
  Reading reading = read_text(format);
  const Reading beside = read_text(datatype);
  if (family_of(reading) == LayoutFamily::unknown && family_of(beside) != LayoutFamily::unknown) {
    const Datatype type = reading.datatype;
    reading = beside;
    reading.datatype = type;
  }
  if (beside.datatype != Datatype::unknown) reading.datatype = beside.datatype;

  Format result;
  result.raw = std::string(format.empty() ? datatype : format);
  const bool complex = reading.complex || beside.complex;
  result.datatype = complex ? Datatype::unknown : reading.datatype;
  result.family = family_of(reading);
  result.dynamic = reading.dynamic || beside.dynamic;
  if (result.family != LayoutFamily::unknown && result.family != LayoutFamily::linear) {
    result.vector_width = std::max(reading.width, 1);
  }
  if (reading.spatial_rank > 0) result.spatial_rank = reading.spatial_rank;
  result.layout = layout_name(result, reading);
  result.recognised = result.datatype != Datatype::unknown ||
                      result.family != LayoutFamily::unknown || result.dynamic || complex;
  return result;
}

TensorBytes tensor_bytes(std::span<const std::int64_t> dims, const Format& format) {
  TensorBytes result;
  const std::optional<int> bits = datatype_bits(format.datatype);
  if (!bits) return result;
  if (std::any_of(dims.begin(), dims.end(), [](std::int64_t d) { return d < 0; })) return result;
  // DLA pitches its rows by a stride that depends on the chip: not counted either.
  result.lower_bound = format.family == LayoutFamily::unknown || format.family == LayoutFamily::dla;
  if (std::find(dims.begin(), dims.end(), 0) != dims.end()) {
    result.bytes = 0;
    return result;
  }
  result.bytes = padded_bytes(dims, format.vector_width, *bits);
  result.overflow = !result.bytes;
  return result;
}

}  // namespace trex
