// Columns to Arrow arrays: formats "b", "l", "g", "U" and lists "+L".

// SPDX-License-Identifier: Apache-2.0
#include "python/src/arrow_stream.hpp"

#include <cerrno>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace trex::python {
namespace {

constexpr std::int64_t nullable = 2;  // ARROW_FLAG_NULLABLE

// What an array or a schema owns; freed by its release.
struct SchemaParts {
  std::string format, name;
  std::vector<std::unique_ptr<ArrowSchema>> children;
  std::vector<ArrowSchema*> child_pointers;
};
struct ArrayParts {
  std::shared_ptr<const Column> column;  // kept for the buffers that stand in it
  std::vector<std::uint8_t> validity, bits, characters;
  std::vector<std::int64_t> offsets;
  std::vector<const void*> buffers;
  std::vector<std::unique_ptr<ArrowArray>> children;
  std::vector<ArrowArray*> child_pointers;
};

// A consumer may have moved a child out: its release is then null.
template <class Node, class Parts>
void release(Node* node) {
  auto* parts = static_cast<Parts*>(node->private_data);
  for (const auto& child : parts->children) {
    if (child->release != nullptr) child->release(child.get());
  }
  delete parts;
  node->release = nullptr;
  node->private_data = nullptr;
}

void finish(ArrowSchema& schema, std::unique_ptr<SchemaParts> parts) {
  for (const auto& child : parts->children) parts->child_pointers.push_back(child.get());
  schema = {};
  schema.format = parts->format.c_str();
  schema.name = parts->name.c_str();
  schema.flags = nullable;
  schema.n_children = static_cast<std::int64_t>(parts->child_pointers.size());
  schema.children = parts->child_pointers.data();
  schema.release = release<ArrowSchema, SchemaParts>;
  schema.private_data = parts.release();
}

void finish(ArrowArray& array, std::unique_ptr<ArrayParts> parts, std::size_t length,
            std::int64_t nulls) {
  for (const auto& child : parts->children) parts->child_pointers.push_back(child.get());
  array = {};
  array.length = static_cast<std::int64_t>(length);
  array.null_count = nulls;
  array.n_buffers = static_cast<std::int64_t>(parts->buffers.size());
  array.buffers = parts->buffers.data();
  array.n_children = static_cast<std::int64_t>(parts->child_pointers.size());
  array.children = parts->child_pointers.data();
  array.release = release<ArrowArray, ArrayParts>;
  array.private_data = parts.release();
}

const char* format_of(ColumnType type) {
  switch (type) {
    case ColumnType::boolean:
      return "b";
    case ColumnType::integer:
      return "l";
    case ColumnType::real:
      return "g";
    case ColumnType::text:
      return "U";
    case ColumnType::integers:
    case ColumnType::texts:
      return "+L";
  }
  return "n";
}

std::unique_ptr<ArrowSchema> item_schema(ColumnType list) {
  auto schema = std::make_unique<ArrowSchema>();
  auto parts = std::make_unique<SchemaParts>();
  parts->format = list == ColumnType::integers ? "l" : "U";
  parts->name = "item";
  finish(*schema, std::move(parts));
  return schema;
}

std::unique_ptr<ArrowSchema> column_schema(const Column& column) {
  auto schema = std::make_unique<ArrowSchema>();
  auto parts = std::make_unique<SchemaParts>();
  parts->format = format_of(column.type());
  parts->name = column.name();
  if (column.type() == ColumnType::integers || column.type() == ColumnType::texts) {
    parts->children.push_back(item_schema(column.type()));
  }
  finish(*schema, std::move(parts));
  return schema;
}

void set_bit(std::vector<std::uint8_t>& bits, std::size_t i) {
  bits[i / 8] = static_cast<std::uint8_t>(bits[i / 8] | (1U << (i % 8)));
}

// The validity bitmap, and how many are unknown; no bitmap when all are known.
std::int64_t add_validity(const Column& column, ArrayParts& parts) {
  const std::size_t size = column.size();
  parts.validity.assign((size + 7) / 8, 0);
  std::int64_t nulls = 0;
  for (std::size_t i = 0; i < size; ++i) {
    if (column.is_null(static_cast<Row>(i))) {
      ++nulls;
    } else {
      set_bit(parts.validity, i);
    }
  }
  parts.buffers.push_back(nulls == 0 ? nullptr : parts.validity.data());
  return nulls;
}

void add_text(std::string_view text, ArrayParts& parts) {
  parts.characters.insert(parts.characters.end(), text.begin(), text.end());
  parts.offsets.push_back(static_cast<std::int64_t>(parts.characters.size()));
}

void add_text_buffers(ArrayParts& parts) {
  parts.buffers.push_back(parts.offsets.data());
  parts.buffers.push_back(parts.characters.data());
}

std::unique_ptr<ArrowArray> item_array(const std::shared_ptr<const Column>& column) {
  auto array = std::make_unique<ArrowArray>();
  auto parts = std::make_unique<ArrayParts>();
  parts->column = column;
  parts->buffers.push_back(nullptr);
  std::size_t count = 0;
  if (column->type() == ColumnType::integers) {
    const auto& values = std::get<4>(column->data()).values;
    count = values.size();
    parts->buffers.push_back(values.data());
  } else {
    parts->offsets.push_back(0);
    for (const StringId id : std::get<5>(column->data()).values) {
      add_text((*column->strings())[id], *parts);
      ++count;
    }
    add_text_buffers(*parts);
  }
  finish(*array, std::move(parts), count, 0);
  return array;
}

template <class List>
void add_ends(const List& lists, ArrayParts& parts) {
  parts.offsets.push_back(0);
  parts.offsets.insert(parts.offsets.end(), lists.ends.begin(), lists.ends.end());
  parts.buffers.push_back(parts.offsets.data());
}

std::unique_ptr<ArrowArray> column_array(const std::shared_ptr<const Column>& column) {
  auto array = std::make_unique<ArrowArray>();
  auto parts = std::make_unique<ArrayParts>();
  parts->column = column;
  const std::int64_t nulls = add_validity(*column, *parts);
  switch (column->type()) {
    case ColumnType::boolean: {
      const auto& values = std::get<0>(column->data()).values;
      parts->bits.assign((values.size() + 7) / 8, 0);
      for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i] == 1) set_bit(parts->bits, i);
      }
      parts->buffers.push_back(parts->bits.data());
      break;
    }
    case ColumnType::integer:
      parts->buffers.push_back(std::get<1>(column->data()).data());
      break;
    case ColumnType::real:
      parts->buffers.push_back(std::get<2>(column->data()).data());
      break;
    case ColumnType::text: {
      const View<std::string_view> texts(*column);
      parts->offsets.push_back(0);
      for (Row row = 0; row < texts.size(); ++row) add_text(texts[row], *parts);
      add_text_buffers(*parts);
      break;
    }
    case ColumnType::integers:
      add_ends(std::get<4>(column->data()), *parts);
      parts->children.push_back(item_array(column));
      break;
    case ColumnType::texts:
      add_ends(std::get<5>(column->data()), *parts);
      parts->children.push_back(item_array(column));
      break;
  }
  finish(*array, std::move(parts), column->size(), nulls);
  return array;
}

struct Source {
  std::vector<std::shared_ptr<const Column>> columns;
  std::size_t rows = 0;
  bool given = false;
};

Source& source_of(ArrowArrayStream* stream) { return *static_cast<Source*>(stream->private_data); }

// No exception may pass through C: out of memory is an errno.
int get_schema(ArrowArrayStream* stream, ArrowSchema* out) {
  try {
    auto parts = std::make_unique<SchemaParts>();
    parts->format = "+s";
    for (const auto& column : source_of(stream).columns) {
      parts->children.push_back(column_schema(*column));
    }
    finish(*out, std::move(parts));
    return 0;
  } catch (const std::exception&) {
    return ENOMEM;
  }
}

int get_next(ArrowArrayStream* stream, ArrowArray* out) {
  Source& source = source_of(stream);
  *out = {};
  if (source.given) return 0;  // a released array: the end
  try {
    auto parts = std::make_unique<ArrayParts>();
    parts->buffers.push_back(nullptr);
    for (const auto& column : source.columns) parts->children.push_back(column_array(column));
    finish(*out, std::move(parts), source.rows, 0);
    source.given = true;
    return 0;
  } catch (const std::exception&) {
    return ENOMEM;
  }
}

const char* get_last_error(ArrowArrayStream*) { return "out of memory"; }

void release_stream(ArrowArrayStream* stream) {
  delete &source_of(stream);
  stream->private_data = nullptr;
  stream->release = nullptr;
}

}  // namespace

ArrowArrayStream* arrow_stream(const Table& table) {
  auto source = std::make_unique<Source>();
  source->rows = table.row_count();
  // A copy of a table shares its columns; whoever holds one holds the copy.
  const auto shared = std::make_shared<const Table>(table);
  for (std::size_t i = 0; i < shared->column_count(); ++i) {
    source->columns.emplace_back(shared, &shared->column(i));
  }
  auto stream = std::make_unique<ArrowArrayStream>();
  *stream = {get_schema, get_next, get_last_error, release_stream, source.release()};
  return stream.release();
}

void drop(ArrowArrayStream* stream) {
  if (stream->release != nullptr) stream->release(stream);
  delete stream;
}

}  // namespace trex::python
