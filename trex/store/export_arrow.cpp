// Tables as an Arrow IPC stream: a schema, batches of rows, an end.
//
// The format is https://arrow.apache.org/docs/format/Columnar.html; numbers of types and fields are
// those of Schema.fbs and Message.fbs there. Booleans are bits, texts Utf8, lists List, numbers
// Int64 and Float64; unknown is null everywhere. Units and meanings stand in each field's metadata.

// SPDX-License-Identifier: Apache-2.0
#include <bit>
#include <cstring>

#include "trex/base/error.hpp"
#include "trex/base/text.hpp"
#include "trex/store/collect.hpp"
#include "trex/store/export_format.hpp"
#include "trex/store/flatbuffer.hpp"

namespace trex::store {
namespace {

static_assert(std::endian::native == std::endian::little, "buffers are written as they are");

using Place = FlatBuffer::Place;

constexpr std::size_t batch_rows = 65536;
// Offsets into a batch's texts are 32 bits wide.
constexpr std::size_t batch_text_bytes = std::size_t{1} << 30;

constexpr std::int64_t metadata_version_5 = 4;
constexpr std::int64_t header_schema = 1, header_record_batch = 3;
constexpr std::int64_t type_int = 2, type_real = 3, type_utf8 = 5, type_bool = 6, type_list = 12;
constexpr std::int64_t precision_double = 2;

void write_metadata(FlatBuffer& out, Place hole,
                    const std::vector<std::pair<std::string, std::string>>& pairs) {
  const std::vector<Place> items = out.references(hole, pairs.size());
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const std::vector<Place> holes =
        out.table(items[i], {FlatBuffer::reference(0), FlatBuffer::reference(1)});
    out.text(holes[0], pairs[i].first);
    out.text(holes[1], pairs[i].second);
  }
}

std::int64_t type_number(ColumnType type) {
  switch (type) {
    case ColumnType::boolean:
      return type_bool;
    case ColumnType::integer:
      return type_int;
    case ColumnType::real:
      return type_real;
    case ColumnType::text:
      return type_utf8;
    case ColumnType::integers:
    case ColumnType::texts:
      return type_list;
  }
  return type_utf8;
}

ColumnType item_type(ColumnType list) {
  return list == ColumnType::integers ? ColumnType::integer : ColumnType::text;
}
bool is_list(ColumnType type) { return type == ColumnType::integers || type == ColumnType::texts; }

// Field: name, nullable, type_type, type, dictionary, children, custom_metadata.
void write_field(FlatBuffer& out, Place hole, std::string_view name, ColumnType type,
                 const ColumnSpec* spec) {
  const std::vector<Place> holes = out.table(hole, {FlatBuffer::reference(0),
                                                    {1, 1, 1},
                                                    {2, 1, type_number(type)},
                                                    FlatBuffer::reference(3),
                                                    FlatBuffer::reference(5),
                                                    FlatBuffer::reference(6)});
  out.text(holes[0], name);
  if (type == ColumnType::integer) {
    out.table(holes[1], {{0, 4, 64}, {1, 1, 1}});  // bitWidth, is_signed
  } else if (type == ColumnType::real) {
    out.table(holes[1], {{0, 2, precision_double}});
  } else {
    out.table(holes[1], {});
  }
  const std::vector<Place> children = out.references(holes[2], is_list(type) ? 1 : 0);
  if (is_list(type)) write_field(out, children[0], "item", item_type(type), nullptr);
  std::vector<std::pair<std::string, std::string>> metadata;
  if (spec != nullptr) {
    metadata.emplace_back("unit", unit_word(spec->unit));
    metadata.emplace_back("description", spec->description);
  }
  write_metadata(out, holes[3], metadata);
}

// Message: version, header_type, header, bodyLength.
Place write_message(FlatBuffer& out, std::int64_t header, std::size_t body_bytes) {
  return out.table(FlatBuffer::root, {{0, 2, metadata_version_5},
                                      {1, 1, header},
                                      FlatBuffer::reference(2),
                                      {3, 8, static_cast<std::int64_t>(body_bytes)}})[0];
}

std::string schema_message(const TableSpec& table) {
  FlatBuffer out;
  const std::vector<Place> holes =
      out.table(write_message(out, header_schema, 0),
                {FlatBuffer::reference(1), FlatBuffer::reference(2)});  // fields, custom_metadata
  const std::vector<Place> fields = out.references(holes[0], table.columns.size());
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const ColumnSpec& column = table.columns[i];
    write_field(out, fields[i], column.name, column.type, &column);
  }
  write_metadata(out, holes[1],
                 {{"trex_schema_version", std::to_string(schema_version)},
                  {"trex_table", std::string(table.name)}});
  return out.take();
}

struct RowSpan {
  Row first, last;  // [first, last)
  std::size_t size() const { return last - first; }
};

// A batch's buffers, one after the other, and what the record says of them.
class Body {
 public:
  void add_column(const Column& column, RowSpan rows) {
    add_validity(column, rows);
    switch (column.type()) {
      case ColumnType::boolean:
        add_bits(rows, [&](Row row) { return column.boolean(row).value_or(false); });
        break;
      case ColumnType::integer:
        add_numbers(std::get<1>(column.data()).data() + rows.first, rows.size());
        break;
      case ColumnType::real:
        add_numbers(std::get<2>(column.data()).data() + rows.first, rows.size());
        break;
      case ColumnType::text:
        add_texts(rows, [&](Row row) { return column.text(row).value_or(""); });
        break;
      case ColumnType::integers:
        add_integer_lists(std::get<4>(column.data()), rows);
        break;
      case ColumnType::texts:
        add_text_lists(column, std::get<5>(column.data()), rows);
        break;
    }
  }

  std::string message(std::size_t rows) const {
    FlatBuffer out;
    const std::vector<Place> holes =  // RecordBatch: length, nodes, buffers
        out.table(write_message(out, header_record_batch, bytes_.size()),
                  {{0, 8, static_cast<std::int64_t>(rows)},
                   FlatBuffer::reference(1),
                   FlatBuffer::reference(2)});
    out.structs(holes[0], nodes_, 2);
    out.structs(holes[1], buffers_, 2);
    return out.take();
  }
  const std::string& bytes() const { return bytes_; }

 private:
  void add_node(std::size_t length, std::int64_t nulls) {
    nodes_.insert(nodes_.end(), {static_cast<std::int64_t>(length), nulls});
  }
  void begin() { start_ = bytes_.size(); }
  void end() {
    buffers_.insert(buffers_.end(), {static_cast<std::int64_t>(start_),
                                     static_cast<std::int64_t>(bytes_.size() - start_)});
    bytes_.resize((bytes_.size() + 7) / 8 * 8, '\0');
  }

  template <class Is>
  void add_bits(RowSpan rows, Is is) {
    begin();
    bytes_.resize(start_ + (rows.size() + 7) / 8, '\0');
    for (Row row = rows.first; row < rows.last; ++row) {
      if (!is(row)) continue;
      const std::size_t at = row - rows.first;
      char& byte = bytes_[start_ + at / 8];
      byte = static_cast<char>(static_cast<unsigned char>(byte) | (1U << (at % 8)));
    }
    end();
  }

  // No bitmap where all are known.
  void add_validity(const Column& column, RowSpan rows) {
    std::int64_t nulls = 0;
    for (Row row = rows.first; row < rows.last; ++row) nulls += column.is_null(row) ? 1 : 0;
    add_node(rows.size(), nulls);
    if (nulls > 0) {
      add_bits(rows, [&](Row row) { return !column.is_null(row); });
    } else {
      begin();
      end();
    }
  }

  template <class T>
  void add_numbers(const T* values, std::size_t count) {
    begin();
    bytes_.append(reinterpret_cast<const char*>(values), count * sizeof(T));
    end();
  }

  template <class Text>
  void add_texts(RowSpan rows, Text text) {
    std::vector<std::int32_t> ends{0};
    std::string all;
    for (Row row = rows.first; row < rows.last; ++row) {
      const std::string_view value = text(row);
      if (is_valid_utf8(value)) {
        all += value;
      } else {
        all += to_valid_utf8(value);
      }
      ends.push_back(offset(all.size()));
    }
    add_numbers(ends.data(), ends.size());
    begin();
    bytes_ += all;
    end();
  }

  template <class T>
  void add_ends(const Lists<T>& lists, RowSpan rows) {
    std::vector<std::int32_t> ends{0};
    std::size_t count = 0;
    for (Row row = rows.first; row < rows.last; ++row) {
      count += lists[row].size();
      ends.push_back(offset(count));
    }
    add_numbers(ends.data(), ends.size());
    add_node(count, 0);  // the items: all known
    begin();
    end();
  }

  void add_integer_lists(const Lists<std::int64_t>& lists, RowSpan rows) {
    add_ends(lists, rows);
    begin();
    for (Row row = rows.first; row < rows.last; ++row) {
      const auto list = lists[row];
      bytes_.append(reinterpret_cast<const char*>(list.data()), list.size() * sizeof(list[0]));
    }
    end();
  }

  void add_text_lists(const Column& column, const Lists<StringId>& lists, RowSpan rows) {
    add_ends(lists, rows);
    std::vector<StringId> ids;
    for (Row row = rows.first; row < rows.last; ++row) {
      ids.insert(ids.end(), lists[row].begin(), lists[row].end());
    }
    add_texts({0, static_cast<Row>(ids.size())},
              [&](Row at) { return (*column.strings())[ids[at]]; });
  }

  static std::int32_t offset(std::size_t value) {
    if (value > INT32_MAX) fail("the texts of one row are too long for Arrow: over 2 GiB");
    return static_cast<std::int32_t>(value);
  }

  std::string bytes_;
  std::size_t start_ = 0;
  std::vector<std::int64_t> nodes_, buffers_;
};

std::size_t text_bytes(const Column& column, Row row) {
  if (column.is_null(row)) return 0;
  if (column.type() == ColumnType::text) return column.text(row)->size();
  std::size_t bytes = 0;
  if (column.type() == ColumnType::texts) {
    for (std::size_t i = 0; i < column.list_size(row); ++i) bytes += column.text_at(row, i).size();
  }
  return bytes;
}

// Where the batch that begins at `first` ends: at least one row behind.
Row end_of_batch(const Table& table, Row first) {
  const Row most = static_cast<Row>(std::min(table.row_count(), first + batch_rows));
  std::size_t bytes = 0;
  for (Row row = first; row < most; ++row) {
    for (std::size_t i = 0; i < table.column_count(); ++i)
      bytes += text_bytes(table.column(i), row);
    if (bytes > batch_text_bytes && row > first) return row;
  }
  return most;
}

class ArrowWriter : public TableWriter {
 public:
  ArrowWriter(const TableSpec& table, Sink sink)
      : spec_(table), rows_(spec_), sink_(std::move(sink)) {
    write_message_bytes(schema_message(spec_));
  }

  // Small engines share a batch.
  void add(const Table& rows) override {
    rows_.append(rows);
    if (rows_.row_count() >= batch_rows || rows_.text_bytes() >= batch_text_bytes) hand_on();
  }
  void finish() override {
    if (rows_.row_count() > 0) hand_on();
    sink_.write(std::string("\xff\xff\xff\xff\0\0\0\0", 8));
  }

 private:
  // Continuation mark, the metadata's length, the metadata; a body follows by itself.
  void write_message_bytes(const std::string& metadata) {
    std::string head("\xff\xff\xff\xff", 4);
    const auto size = static_cast<std::uint32_t>(metadata.size());
    for (std::size_t i = 0; i < 4; ++i) head += static_cast<char>(size >> (8 * i) & 0xFFU);
    sink_.write(head);
    sink_.write(metadata);
  }

  void hand_on() {
    const Table table = rows_.take();
    for (Row first = 0; first < table.row_count();) {
      const RowSpan rows{first, end_of_batch(table, first)};
      Body body;
      for (std::size_t i = 0; i < table.column_count(); ++i) body.add_column(table.column(i), rows);
      write_message_bytes(body.message(rows.size()));
      sink_.write(body.bytes());
      first = rows.last;
    }
  }

  TableSpec spec_;
  GrowingTable rows_;
  Sink sink_;
};

}  // namespace

std::unique_ptr<TableWriter> arrow_writer(const TableSpec& table, Sink sink) {
  return std::make_unique<ArrowWriter>(table, std::move(sink));
}

}  // namespace trex::store
