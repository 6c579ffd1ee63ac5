// Grouping: rows -> group numbers by hashing their cells' codes, one column after the other.

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cassert>
#include <numeric>

#include "trex/base/error.hpp"
#include "trex/base/text.hpp"
#include "trex/table/aggregate.hpp"
#include "trex/table/codes.hpp"
#include "trex/table/hash.hpp"
#include "trex/table/table.hpp"

namespace trex {
namespace {

// One member a row and one element of its list: `elements[i]` is the text of member i, unknown
// for a row without elements, so that no row gets lost. An element that a row repeats counts once.
struct Elements {
  std::vector<Row> rows;
  std::vector<std::uint32_t> elements;
};

Elements spread(const Lists<StringId>& lists) {
  Elements result;
  Numbering numbering;
  std::vector<Row> last_row;  // by element: the row that had it last
  for (std::size_t i = 0; i < lists.size(); ++i) {
    const Row row = static_cast<Row>(i);
    const auto list = lists[i];
    if (list.empty()) {
      result.rows.push_back(row);
      result.elements.push_back(unknown_code);
    }
    for (const StringId id : list) {
      const std::uint32_t number = numbering.number_of(id);
      if (number == last_row.size()) last_row.push_back(no_row);
      if (last_row[number] == row) continue;
      last_row[number] = row;
      result.rows.push_back(row);
      result.elements.push_back(id);
    }
  }
  return result;
}

class Grouping {
 public:
  Grouping(const Table& table, const std::vector<std::string>& columns) {
    for (const std::string& name : columns) {
      const Column& column = table.at(name);
      if (column.type() == ColumnType::texts) use_list(column);
      columns_.push_back(&column);
    }
    if (list_ == nullptr) {
      members_.rows.resize(table.row_count());
      std::iota(members_.rows.begin(), members_.rows.end(), Row{0});
    }
    members_.groups.assign(members_.rows.size(), 0);
    members_.group_count = members_.rows.empty() ? 0 : 1;
    for (const Column* column : columns_) divide_by(*column);
    find_first_members();
  }

  const Members& members() const { return members_; }

  // The group's own cells of the i-th group column.
  Column cells(std::size_t i) const {
    const Column& column = *columns_[i];
    if (&column != list_) {
      std::vector<Row> rows;
      for (const std::size_t member : first_members_) rows.push_back(members_.rows[member]);
      return column.take(rows);
    }
    TextIds ids;
    for (const std::size_t member : first_members_) ids.values.push_back(elements_[member]);
    return {column.name(), column.unit(), column.meaning(), std::move(ids), column.strings()};
  }

  std::vector<std::int64_t> sizes() const {
    std::vector<std::int64_t> result(members_.group_count, 0);
    for (const std::uint32_t group : members_.groups) ++result[group];
    return result;
  }

 private:
  // Two lists would need every pair of their elements: more than linear.
  void use_list(const Column& column) {
    if (list_ != nullptr && list_ != &column) {
      fail("columns '{}' and '{}' both hold lists; group by one of them", printable(list_->name()),
           printable(column.name()));
    }
    list_ = &column;
    Elements elements = spread(std::get<Lists<StringId>>(column.data()));
    members_.rows = std::move(elements.rows);
    elements_ = std::move(elements.elements);
  }

  // Splits each group by the cells of one more column; new groups in order of first appearance.
  void divide_by(const Column& column) {
    std::vector<std::uint32_t> by_row;
    if (&column != list_) by_row = cell_codes(column);
    Numbering numbering(members_.group_count);
    for (std::size_t i = 0; i < members_.rows.size(); ++i) {
      const std::uint32_t code = &column == list_ ? elements_[i] : by_row[members_.rows[i]];
      const std::uint64_t pair = (std::uint64_t{members_.groups[i]} << 32U) | code;
      members_.groups[i] = numbering.number_of(pair);
    }
    members_.group_count = numbering.size();
  }

  void find_first_members() {
    for (std::size_t i = 0; i < members_.groups.size(); ++i) {
      if (members_.groups[i] == first_members_.size()) first_members_.push_back(i);
    }
  }

  std::vector<const Column*> columns_;
  const Column* list_ = nullptr;         // the texts column among them
  std::vector<std::uint32_t> elements_;  // its text, by member
  Members members_;
  std::vector<std::size_t> first_members_;  // by group
};

// The name asked for, else the column's; when that is taken, with what is computed before it.
std::string result_name(const Table& result, const Aggregation& aggregation) {
  std::string name = aggregation.name.empty() ? aggregation.column : aggregation.name;
  if (result.find(name) == nullptr) return name;
  name = std::string(aggregate_name(aggregation.what)) + "_" + aggregation.column;
  if (result.find(name) != nullptr) fail("two result columns are named '{}'", printable(name));
  return name;
}

}  // namespace

Table Table::group_by(const std::vector<std::string>& columns,
                      const std::vector<Aggregation>& aggregations) const {
  const Grouping grouping(*this, columns);
  Table result(strings_);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    result.add(std::make_shared<const Column>(grouping.cells(i)));
  }
  result.add(group_size, grouping.sizes());
  for (const Aggregation& aggregation : aggregations) {
    result.add(std::make_shared<const Column>(aggregate(at(aggregation.column), aggregation.what,
                                                        result_name(result, aggregation),
                                                        grouping.members())));
  }
  return result;
}

}  // namespace trex
