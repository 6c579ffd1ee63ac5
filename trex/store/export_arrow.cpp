// Tables as an Arrow IPC stream (a schema, batches of rows, an end) or as an Arrow file, which is
// such a stream with a footer, also known as Feather 2.
//
// The format is https://arrow.apache.org/docs/format/Columnar.html; numbers of types and fields are
// those of Schema.fbs and Message.fbs there. Booleans are bits, texts Utf8, lists List, numbers
// Int64 and Float64; unknown is null everywhere. Units and meanings stand in each field's metadata.

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "trex/store/arrow_body.hpp"
#include "trex/store/collect.hpp"
#include "trex/store/export_format.hpp"
#include "trex/store/flatbuffer.hpp"

namespace trex::store {
namespace {

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

// Schema: endianness (little), fields, custom_metadata.
void write_schema(FlatBuffer& out, Place hole, const TableSpec& table) {
  const std::vector<Place> holes =
      out.table(hole, {FlatBuffer::reference(1), FlatBuffer::reference(2)});
  const std::vector<Place> fields = out.references(holes[0], table.columns.size());
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const ColumnSpec& column = table.columns[i];
    write_field(out, fields[i], column.name, column.type, &column);
  }
  write_metadata(out, holes[1],
                 {{"trex_schema_version", std::to_string(schema_version)},
                  {"trex_table", std::string(table.name)}});
}

std::string schema_message(const TableSpec& table) {
  FlatBuffer out;
  write_schema(out, write_message(out, header_schema, 0), table);
  return out.take();
}

// RecordBatch: length, nodes, buffers.
std::string batch_message(const ArrowBody& body, std::size_t rows) {
  FlatBuffer out;
  const std::vector<Place> holes =
      out.table(write_message(out, header_record_batch, body.bytes().size()),
                {{0, 8, static_cast<std::int64_t>(rows)},
                 FlatBuffer::reference(1),
                 FlatBuffer::reference(2)});
  out.structs(holes[0], body.nodes(), 2);
  out.structs(holes[1], body.buffers(), 2);
  return out.take();
}

// Footer: version, schema, recordBatches. Of each batch where it begins, the length of its
// metadata (32 bits and as many of nothing) and of its body.
std::string footer(const TableSpec& table, const std::vector<std::int64_t>& batches) {
  FlatBuffer out;
  const std::vector<Place> holes =
      out.table(FlatBuffer::root,
                {{0, 2, metadata_version_5}, FlatBuffer::reference(1), FlatBuffer::reference(3)});
  write_schema(out, holes[0], table);
  out.structs(holes[1], batches, 3);
  return out.take();
}

std::string little_endian(std::size_t value) {
  std::string bytes;
  for (std::size_t i = 0; i < 4; ++i) bytes += static_cast<char>(value >> (8 * i) & 0xFFU);
  return bytes;
}

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

// A stream; in a file with a mark before it, and behind it where each batch stands.
class ArrowWriter : public TableWriter {
 public:
  ArrowWriter(const TableSpec& table, bool is_file, Sink sink)
      : spec_(table), is_file_(is_file), rows_(spec_), sink_(std::move(sink)) {
    if (is_file_) write(std::string(file_mark) + std::string(2, '\0'));  // up to 8 bytes
    write_metadata_bytes(schema_message(spec_));
  }

  // Small engines share a batch.
  void add(const Table& rows) override {
    rows_.append(rows);
    if (rows_.row_count() >= batch_rows || rows_.text_bytes() >= batch_text_bytes) hand_on();
  }

  void finish() override {
    if (rows_.row_count() > 0) hand_on();
    write(continuation);
    write(little_endian(0));
    if (!is_file_) return;
    const std::string end = footer(spec_, batches_);
    write(end);
    write(little_endian(end.size()));
    write(file_mark);
  }

 private:
  static constexpr std::string_view continuation = "\xff\xff\xff\xff";
  static constexpr std::string_view file_mark = "ARROW1";

  void write(std::string_view bytes) {
    written_ += bytes.size();
    sink_.write(bytes);
  }
  void write_metadata_bytes(const std::string& metadata) {
    write(continuation);
    write(little_endian(metadata.size()));
    write(metadata);
  }

  void hand_on() {
    const Table table = rows_.take();
    for (Row first = 0; first < table.row_count();) {
      const RowSpan rows{first, end_of_batch(table, first)};
      ArrowBody body;
      for (std::size_t i = 0; i < table.column_count(); ++i) body.add_column(table.column(i), rows);
      const std::size_t start = written_;
      write_metadata_bytes(batch_message(body, rows.size()));
      batches_.insert(batches_.end(), {static_cast<std::int64_t>(start),
                                       static_cast<std::int64_t>(written_ - start),
                                       static_cast<std::int64_t>(body.bytes().size())});
      write(body.bytes());
      first = rows.last;
    }
  }

  TableSpec spec_;
  bool is_file_;
  GrowingTable rows_;
  Sink sink_;
  std::size_t written_ = 0;
  std::vector<std::int64_t> batches_;  // offset, length of the metadata and of the body
};

}  // namespace

std::unique_ptr<TableWriter> arrow_writer(const TableSpec& table, Sink sink) {
  return std::make_unique<ArrowWriter>(table, false, std::move(sink));
}
std::unique_ptr<TableWriter> feather_writer(const TableSpec& table, Sink sink) {
  return std::make_unique<ArrowWriter>(table, true, std::move(sink));
}

}  // namespace trex::store
