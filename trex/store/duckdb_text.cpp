// Values to text, by type; lists and structs by their members.

// SPDX-License-Identifier: Apache-2.0
#include "trex/store/duckdb_text.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cmath>

#include "trex/base/error.hpp"
#include "trex/base/json.hpp"

namespace trex::store {
namespace {

using duckdb::Api;
using duckdb::LogicalType;
using duckdb::Type;
using duckdb::Vector;

constexpr std::int64_t second_us = 1'000'000, day_s = 86'400;
constexpr int deepest_value = 64;

template <class T>
T read(const void* data, std::uint64_t row) {
  return static_cast<const T*>(data)[row];
}

// Rounded once: halves added one by one would lose all digits of a small negative number.
double wide_real(duckdb::Int128 value, bool is_signed) {
  __extension__ using Wide = __int128;
  __extension__ using UnsignedWide = unsigned __int128;
  const UnsignedWide bits =
      static_cast<UnsignedWide>(static_cast<std::uint64_t>(value.upper)) << 64 | value.lower;
  return is_signed ? static_cast<double>(static_cast<Wide>(bits)) : static_cast<double>(bits);
}

std::string date_text(std::int64_t days) {
  const std::chrono::year_month_day date{
      std::chrono::sys_days{std::chrono::days{static_cast<int>(days)}}};
  return fmt::format("{:04}-{:02}-{:02}", int(date.year()), unsigned(date.month()),
                     unsigned(date.day()));
}

std::string time_text(std::int64_t microseconds) {
  const std::int64_t seconds = microseconds / second_us, rest = microseconds % second_us;
  std::string text =
      fmt::format("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
  if (rest != 0) {
    text += fmt::format(".{:06}", rest);
    text.erase(text.find_last_not_of('0') + 1);
  }
  return text;
}

std::string timestamp_text(std::int64_t microseconds) {
  const std::int64_t day_us = day_s * second_us;
  std::int64_t days = microseconds / day_us, rest = microseconds % day_us;
  if (rest < 0) {
    rest += day_us;
    --days;
  }
  // What a calendar of 32-bit years holds; DuckDB's own range ends before it.
  if (days < -100'000'000 || days > 100'000'000) return "infinity";
  return date_text(days) + ' ' + time_text(rest);
}

// The microseconds of a timestamp of any precision; nothing when they do not fit.
std::optional<std::int64_t> timestamp_us(Type type, std::int64_t value) {
  const auto times = [value](std::int64_t factor) -> std::optional<std::int64_t> {
    std::int64_t product = 0;
    if (__builtin_mul_overflow(value, factor, &product)) return std::nullopt;
    return product;
  };
  switch (type) {
    case duckdb::type_timestamp_s:
      return times(second_us);
    case duckdb::type_timestamp_ms:
      return times(1000);
    case duckdb::type_timestamp_ns:
      return value / 1000;
    default:
      return value;
  }
}

std::string uuid_text(duckdb::Int128 value) {
  const std::uint64_t upper = static_cast<std::uint64_t>(value.upper) ^ (std::uint64_t{1} << 63);
  return fmt::format("{:08x}-{:04x}-{:04x}-{:04x}-{:012x}", upper >> 32, upper >> 16 & 0xffff,
                     upper & 0xffff, value.lower >> 48, value.lower & 0xffff'ffff'ffff);
}

std::string interval_text(const duckdb::Interval& interval) {
  std::string text;
  const auto add = [&text](std::int64_t count, std::string_view unit) {
    if (count == 0) return;
    text += fmt::format("{}{} {}{}", text.empty() ? "" : " ", count, unit, count == 1 ? "" : "s");
  };
  add(interval.months / 12, "year");
  add(interval.months % 12, "month");
  add(interval.days, "day");
  if (interval.micros == 0 && !text.empty()) return text;
  if (!text.empty()) text += ' ';
  if (interval.micros < 0) text += '-';
  return text + time_text(std::abs(interval.micros));
}

std::string enum_text(const Api& api, LogicalType type, const void* data, std::uint64_t row) {
  const std::optional<std::int64_t> index = integer_at(data, api.enum_storage(type), row);
  char* word = api.enum_word(type, static_cast<duckdb::Index>(index.value_or(0)));
  std::string text = word == nullptr ? "" : word;
  api.free(word);
  return text;
}

class ValueWriter {
 public:
  ValueWriter(const Api& api, std::string& out) : api_(api), out_(out) {}

  // Inside a list or struct texts get quotes, so that the whole is JSON.
  void write(LogicalType type, Vector vector, std::uint64_t row, int depth) {
    if (depth > deepest_value) fail("query: a value is nested deeper than {}", deepest_value);
    if (!is_valid(api_, vector, row)) {
      out_ += "null";
      return;
    }
    const void* data = api_.vector_data(vector);
    switch (const Type id = api_.type_id(type)) {
      case duckdb::type_list:
      case duckdb::type_map:
        return write_list(type, vector, read<duckdb::ListEntry>(data, row), depth);
      case duckdb::type_array:
        return write_array(type, vector, row, depth);
      case duckdb::type_struct:
        return write_struct(type, vector, row, depth);
      default:
        write_scalar(type, id, data, row, depth > 0);
    }
  }

 private:
  void write_elements(LogicalType element, Vector child, std::uint64_t first, std::uint64_t count,
                      int depth) {
    out_ += '[';
    for (std::uint64_t i = 0; i < count; ++i) {
      if (i > 0) out_ += ", ";
      write(element, child, first + i, depth + 1);
    }
    out_ += ']';
  }
  // A map is a list of structs of key and value.
  void write_list(LogicalType type, Vector vector, duckdb::ListEntry entry, int depth) {
    const OwnedType element(api_, api_.list_element(type));
    write_elements(element.get(), api_.list_child(vector), entry.offset, entry.length, depth);
  }
  void write_array(LogicalType type, Vector vector, std::uint64_t row, int depth) {
    const OwnedType element(api_, api_.array_element(type));
    const std::uint64_t length = api_.array_length(type);
    write_elements(element.get(), api_.array_child(vector), row * length, length, depth);
  }
  void write_struct(LogicalType type, Vector vector, std::uint64_t row, int depth) {
    out_ += '{';
    for (duckdb::Index i = 0; i < api_.struct_size(type); ++i) {
      if (i > 0) out_ += ", ";
      char* name = api_.struct_name(type, i);
      append_json_string(out_, name == nullptr ? "" : name);
      api_.free(name);
      out_ += ": ";
      const OwnedType member(api_, api_.struct_member(type, i));
      write(member.get(), api_.struct_child(vector, i), row, depth + 1);
    }
    out_ += '}';
  }

  void write_scalar(LogicalType type, Type id, const void* data, std::uint64_t row, bool inside) {
    if (id == duckdb::type_boolean) {
      out_ += read<std::uint8_t>(data, row) != 0 ? "true" : "false";
    } else if (const auto integer = integer_at(data, id, row)) {
      out_ += std::to_string(*integer);
    } else if (const double real = id == duckdb::type_decimal ? decimal_at(api_, type, data, row)
                                                              : real_at(data, id, row);
               !std::isnan(real)) {
      append_json_number(out_, real);
    } else if (id == duckdb::type_float || id == duckdb::type_double) {
      out_ += "null";  // NaN
    } else if (const std::string text = text_at(type, id, data, row); inside) {
      append_json_string(out_, text);
    } else {
      out_ += text;
    }
  }

  std::string text_at(LogicalType type, Type id, const void* data, std::uint64_t row) {
    switch (id) {
      case duckdb::type_text:
      case duckdb::type_blob:
        return std::string(static_cast<const duckdb::Text*>(data)[row].view());
      case duckdb::type_date:
        return date_text(read<std::int32_t>(data, row));
      case duckdb::type_time:
        return time_text(read<std::int64_t>(data, row));
      case duckdb::type_timestamp:
      case duckdb::type_timestamp_s:
      case duckdb::type_timestamp_ms:
      case duckdb::type_timestamp_ns:
      case duckdb::type_timestamp_tz: {
        const auto time_us = timestamp_us(id, read<std::int64_t>(data, row));
        return time_us ? timestamp_text(*time_us) : "infinity";
      }
      case duckdb::type_interval:
        return interval_text(read<duckdb::Interval>(data, row));
      case duckdb::type_uuid:
        return uuid_text(read<duckdb::Int128>(data, row));
      case duckdb::type_enum:
        return enum_text(api_, type, data, row);
      default:
        fail("query: a value of DuckDB's type {} has no text here; use CAST(... AS VARCHAR)",
             int(id));
    }
  }

  const Api& api_;
  std::string& out_;
};

}  // namespace

bool is_valid(const Api& api, Vector vector, std::uint64_t row) {
  const std::uint64_t* mask = api.validity(vector);
  return mask == nullptr || (mask[row / 64] >> (row % 64) & 1) != 0;
}

std::optional<std::int64_t> integer_at(const void* data, Type type, std::uint64_t row) {
  switch (type) {
    case duckdb::type_int8:
      return read<std::int8_t>(data, row);
    case duckdb::type_int16:
      return read<std::int16_t>(data, row);
    case duckdb::type_int32:
      return read<std::int32_t>(data, row);
    case duckdb::type_int64:
      return read<std::int64_t>(data, row);
    case duckdb::type_uint8:
      return read<std::uint8_t>(data, row);
    case duckdb::type_uint16:
      return read<std::uint16_t>(data, row);
    case duckdb::type_uint32:
      return read<std::uint32_t>(data, row);
    case duckdb::type_uint64: {
      const auto value = read<std::uint64_t>(data, row);
      if (!std::in_range<std::int64_t>(value)) return std::nullopt;
      return static_cast<std::int64_t>(value);
    }
    case duckdb::type_uint128:
    case duckdb::type_int128: {
      const auto value = read<duckdb::Int128>(data, row);
      const auto low = static_cast<std::int64_t>(value.lower);
      const bool fits = value.upper == (low < 0 ? -1 : 0);
      if (!fits || (type == duckdb::type_uint128 && low < 0)) return std::nullopt;
      return low;
    }
    default:
      return std::nullopt;
  }
}

double real_at(const void* data, Type type, std::uint64_t row) {
  switch (type) {
    case duckdb::type_float:
      return read<float>(data, row);
    case duckdb::type_double:
      return read<double>(data, row);
    case duckdb::type_uint64:
      return static_cast<double>(read<std::uint64_t>(data, row));
    case duckdb::type_int128:
      return wide_real(read<duckdb::Int128>(data, row), true);
    case duckdb::type_uint128:
      return wide_real(read<duckdb::Int128>(data, row), false);
    default: {
      const auto integer = integer_at(data, type, row);
      return integer ? static_cast<double>(*integer) : std::nan("");
    }
  }
}

double decimal_at(const Api& api, LogicalType type, const void* data, std::uint64_t row) {
  // Powers of ten are exact up to 10^22, and so is every decimal of up to 15 digits after this.
  return real_at(data, api.decimal_storage(type), row) / std::pow(10.0, api.decimal_scale(type));
}

void append_value(const Api& api, LogicalType type, Vector vector, std::uint64_t row,
                  std::string& out) {
  ValueWriter(api, out).write(type, vector, row, 0);
}

}  // namespace trex::store
