// Tables as typed arrays.

// SPDX-License-Identifier: Apache-2.0
#include "trex/page/table_answer.hpp"

#include <unordered_map>

namespace trex::page {
namespace {

constexpr std::uint32_t unknown_text = UINT32_MAX;

std::string_view type_word(ColumnType type) {
  switch (type) {
    case ColumnType::boolean:
      return "bool";
    case ColumnType::integer:
      return "integer";
    case ColumnType::real:
      return "real";
    case ColumnType::text:
      return "text";
    case ColumnType::integers:
      return "integers";
    case ColumnType::texts:
      return "texts";
  }
  return "";
}

std::vector<double> as_reals(std::span<const std::int64_t> values) {
  std::vector<double> reals;
  reals.reserve(values.size());
  for (const std::int64_t v : values) {
    reals.push_back(v == null_integer ? null_real : static_cast<double>(v));
  }
  return reals;
}

// The distinct texts of one column, in the order they come.
class Dictionary {
 public:
  explicit Dictionary(const StringPool& strings) : strings_(strings) {}

  std::uint32_t add(StringId id) {
    if (id == null_string) return unknown_text;
    const auto [at, is_new] = numbers_.try_emplace(id, static_cast<std::uint32_t>(texts_.size()));
    if (is_new) texts_.emplace_back(strings_[id]);
    return at->second;
  }
  Json take() { return Json(std::move(texts_)); }

 private:
  const StringPool& strings_;
  std::unordered_map<StringId, std::uint32_t> numbers_;  // looked up only: its order never shows
  Json::Array texts_;
};

template <class T>
Json starts_json(Answer& answer, const Lists<T>& lists) {
  std::vector<std::uint32_t> starts{0};
  starts.insert(starts.end(), lists.ends.begin(), lists.ends.end());
  return answer.array(std::span<const std::uint32_t>(starts));
}

template <class T>
void set_lists(Answer& answer, Json& column, const Lists<T>& lists) {
  column.set("starts", starts_json(answer, lists));
  if (!lists.null.empty()) {
    column.set("unknown", answer.array(std::span<const std::uint8_t>(lists.null)));
  }
}

void set_texts(Answer& answer, Json& json, const Column& column, std::span<const StringId> ids) {
  Dictionary dictionary(*column.strings());
  std::vector<std::uint32_t> numbers;
  numbers.reserve(ids.size());
  for (const StringId id : ids) numbers.push_back(dictionary.add(id));
  json.set("values", answer.array(std::span<const std::uint32_t>(numbers)));
  json.set("texts", dictionary.take());
}

Json filled_column(Answer& answer, const Column& column) {
  Json json = column_json(column);
  if (const auto* values = std::get_if<Booleans>(&column.data())) {
    json.set("values", answer.array(std::span<const std::uint8_t>(values->values)));
  } else if (const auto* integers = std::get_if<std::vector<std::int64_t>>(&column.data())) {
    json.set("values", answer.array(std::span<const double>(as_reals(*integers))));
  } else if (const auto* reals = std::get_if<std::vector<double>>(&column.data())) {
    json.set("values", answer.array(std::span<const double>(*reals)));
  } else if (const auto* texts = std::get_if<TextIds>(&column.data())) {
    set_texts(answer, json, column, texts->values);
  } else if (const auto* lists = std::get_if<Lists<std::int64_t>>(&column.data())) {
    json.set("values", answer.array(std::span<const double>(as_reals(lists->values))));
    set_lists(answer, json, *lists);
  } else if (const auto* text_lists = std::get_if<Lists<StringId>>(&column.data())) {
    set_texts(answer, json, column, text_lists->values);
    set_lists(answer, json, *text_lists);
  }
  return json;
}

Json columns_json(Answer& answer, const Table& table, const std::vector<std::string>& names) {
  Json list{Json::Array{}};
  for (const std::string& name : names.empty() ? table.column_names() : names) {
    list.push(filled_column(answer, table.at(name)));
  }
  return list;
}

}  // namespace

Json column_json(const Column& column) {
  Json json;
  json.set("name", column.name());
  json.set("unit", unit_symbol(column.unit()));
  json.set("doc", column.meaning());
  json.set("type", type_word(column.type()));
  return json;
}

Json table_json(Answer& answer, const Table& table, const std::vector<std::string>& columns) {
  Json json;
  json.set("rows", table.row_count());
  json.set("columns", columns_json(answer, table, columns));
  return json;
}

void set_table(Answer& answer, const Table& table, const std::vector<std::string>& columns) {
  answer.set("rows", table.row_count());
  answer.set("columns", columns_json(answer, table, columns));
}

}  // namespace trex::page
