// The layers' own JSON as Python objects: by layer, and by attribute as columns.
//
// A dataframe of 100 000 layers is millions of cells, so the text goes straight to Python objects:
// no tree of ours in between, names made once, numbers into numpy's own memory. What simdjson does
// not take (bad UTF-8, integers past 64 bits) goes through the slower parser of base/json.

// SPDX-License-Identifier: Apache-2.0
#include <pybind11/numpy.h>
#include <pybind11/stl.h>
#include <simdjson.h>

#include <algorithm>
#include <array>
#include <memory>
#include <unordered_map>
#include <utility>

#include "python/src/bind.hpp"
#include "trex/base/error.hpp"

namespace trex::python {
namespace {

enum class Kind : std::uint8_t { null, boolean, integer, real, text, other };

struct Cell {
  py::object value;
  Kind kind;
};

struct MemberName {
  py::str text;
  std::size_t number;  // from 0, in order of appearance anywhere in a layer
};

class LayerReader {
 public:
  explicit LayerReader(const Engine& engine) : engine_(engine) {
    // As deep as base/json goes; deeper text fails here and is refused there.
    if (parser_.allocate(1U << 16U, deepest) != simdjson::SUCCESS) throw std::bad_alloc();
  }

  // take(name, cell) for every member of the layer's object, in the order of the file.
  template <class Take>
  void members(Row row, const Take& take) {
    const std::string_view text = text_of(row);
    simdjson::dom::object object;
    // Bytes has readable padding behind the whole text, so behind each part of it.
    if (text.empty() || parser_.parse(text.data(), text.size(), false).get(object) != 0) {
      const Json slow = attributes(engine_, row);
      for (const Json::Member& member : *slow.object()) {
        take(name(member.first), Cell{json_to_python(member.second), kind_of(member.second)});
      }
      return;
    }
    for (const auto& member : object) take(name(member.key), cell_of(member.value));
  }

  py::dict layer(Row row) {
    py::dict dict;
    members(row, [&](const MemberName& name, Cell cell) { set(dict, name, cell.value); });
    return dict;
  }

  // Names repeat in every layer and tensor: one Python string each.
  const MemberName& name(std::string_view text) {
    const auto found = names_.find(text);
    if (found != names_.end()) return found->second;
    const std::string& kept = *texts_.emplace_back(std::make_unique<std::string>(text));
    return names_.emplace(kept, MemberName{to_python(kept), names_.size()}).first->second;
  }

 private:
  static constexpr std::size_t deepest = 500;

  std::string_view text_of(Row row) const {
    const std::optional<std::int64_t> offset = engine_.layers[layer::byte_offset][row];
    const std::optional<std::int64_t> length = engine_.layers[layer::byte_length][row];
    const std::string_view text = engine_.graph_text.view();
    const auto size = static_cast<std::int64_t>(text.size());
    if (!offset || !length || *offset < 0 || *length <= 0 || *offset >= size ||
        *length > size - *offset) {
      return {};
    }
    return text.substr(static_cast<std::size_t>(*offset), static_cast<std::size_t>(*length));
  }

  static void set(const py::dict& dict, const MemberName& name, const py::object& value) {
    if (PyDict_SetItem(dict.ptr(), name.text.ptr(), value.ptr()) != 0) {
      throw py::error_already_set();
    }
  }

  static Kind kind_of(const Json& value) {
    if (value.is_null()) return Kind::null;
    if (value.boolean() != nullptr) return Kind::boolean;
    if (value.integer() != nullptr) return Kind::integer;
    if (value.text() != nullptr) return Kind::text;
    return value.number() ? Kind::real : Kind::other;
  }

  py::object list_of(simdjson::dom::array array) {
    py::list list(array.size());  // SIZE saturates at 2^24 - 1: the rest is appended
    std::size_t i = 0;
    for (const simdjson::dom::element item : array) {
      py::object value = cell_of(item).value;
      if (i < list.size()) {
        PyList_SET_ITEM(list.ptr(), static_cast<py::ssize_t>(i), value.release().ptr());
      } else {
        list.append(value);
      }
      ++i;
    }
    return list;
  }

  Cell cell_of(simdjson::dom::element element) {
    using simdjson::dom::element_type;
    switch (element.type()) {
      case element_type::NULL_VALUE:
        return {py::none(), Kind::null};
      case element_type::BOOL:
        return {py::bool_(bool(element)), Kind::boolean};
      case element_type::INT64:
        return {py::int_(std::int64_t(element)), Kind::integer};
      case element_type::UINT64:  // past int64, as base/json reads it
        return {py::float_(static_cast<double>(std::uint64_t(element))), Kind::real};
      case element_type::DOUBLE:
        return {py::float_(double(element)), Kind::real};
      case element_type::STRING:
        return {to_python(std::string_view(element)), Kind::text};
      case element_type::ARRAY:
        return {list_of(element), Kind::other};
      case element_type::OBJECT:
        break;
    }
    py::dict dict;
    for (const auto& member : simdjson::dom::object(element)) {
      set(dict, name(member.key), cell_of(member.value).value);
    }
    return {std::move(dict), Kind::other};
  }

  const Engine& engine_;
  simdjson::dom::parser parser_;
  std::vector<std::unique_ptr<std::string>> texts_;
  std::unordered_map<std::string_view, MemberName> names_;
};

// The cells of one attribute. Null and absent are the same.
class AttributeColumn {
 public:
  explicit AttributeColumn(std::size_t rows) : cells_(rows) {}

  void put(std::size_t row, Cell cell) {
    if (cell.kind == Kind::null) return;
    if (!cells_[row]) ++known_;
    cells_[row] = std::move(cell.value);
    seen_[static_cast<std::size_t>(cell.kind)] = true;
  }

  // An array of the type that pandas would infer: int64, float64 or bool, else objects. `absent` is
  // the cell of layers without the attribute; without it they have 0, "" among texts, else None.
  py::array finish(const py::object& absent) {
    const bool complete = known_ == cells_.size();
    const bool integers = seen_[index(Kind::integer)], reals = seen_[index(Kind::real)];
    const bool booleans = seen_[index(Kind::boolean)], texts = seen_[index(Kind::text)];
    const bool others = texts || seen_[index(Kind::other)];
    if (!others && !booleans && integers && !reals && complete) {
      return numbers<std::int64_t>([](PyObject* o) { return PyLong_AsLongLong(o); });
    }
    if (!others && !booleans && (integers || reals)) {
      return numbers<double>([](PyObject* o) { return PyFloat_AsDouble(o); });
    }
    if (!others && booleans && !integers && !reals && complete) {
      return numbers<bool>([](PyObject* o) { return o == Py_True; });
    }
    const bool only_texts = !booleans && !integers && !reals && !seen_[index(Kind::other)];
    if (!absent.is_none()) return objects(absent);
    return objects(only_texts ? py::object(py::str("")) : py::object(py::none()));
  }

 private:
  static constexpr std::size_t index(Kind kind) { return static_cast<std::size_t>(kind); }

  template <class T, class Read>
  py::array numbers(Read read) {
    py::array_t<T> array(static_cast<py::ssize_t>(cells_.size()));
    T* values = array.mutable_data();
    for (std::size_t row = 0; row < cells_.size(); ++row) {
      values[row] = cells_[row] ? static_cast<T>(read(cells_[row].ptr())) : T{};
    }
    return array;
  }

  // A list stands for a new one in each row.
  py::array objects(const py::object& absent) {
    py::array array(py::dtype("O"), static_cast<py::ssize_t>(cells_.size()));
    auto** values = static_cast<PyObject**>(array.mutable_data());
    for (std::size_t row = 0; row < cells_.size(); ++row) {
      py::object cell = std::move(cells_[row]);
      if (!cell) cell = py::isinstance<py::list>(absent) ? py::object(py::list()) : absent;
      Py_XDECREF(std::exchange(values[row], cell.release().ptr()));
    }
    return array;
  }

  std::vector<py::object> cells_;
  std::array<bool, 6> seen_{};
  std::size_t known_ = 0;
};

// Columns in the order of their first layer.
class ColumnSet {
 public:
  explicit ColumnSet(std::size_t rows) : rows_(rows) {}

  // Null for an attribute that is left out: every layer may have attributes of its own, and what
  // a hostile file can make of that is bounded.
  AttributeColumn* find(const MemberName& name) {
    if (name.number >= places_.size()) places_.resize(name.number + 1, unseen);
    std::size_t& place = places_[name.number];
    if (place == unseen && columns_.size() < most()) {
      place = columns_.size();
      columns_.emplace_back(name.text, AttributeColumn(rows_));
    } else if (place == unseen) {
      place = refused;
      ++left_out_;
    }
    return place == refused ? nullptr : &columns_[place].second;
  }

  // ({name: array}, how many attributes are left out).
  py::tuple finish(const py::dict& absent_cells) {
    py::dict dict;
    for (auto& [name, column] : columns_) {
      py::object absent = py::none();
      if (absent_cells.contains(name)) absent = absent_cells[name];
      dict[name] = column.finish(absent);
    }
    return py::make_tuple(dict, left_out_);
  }

 private:
  static constexpr std::size_t unseen = SIZE_MAX, refused = SIZE_MAX - 1;

  std::size_t most() const {
    constexpr std::size_t least = 256, most_cells = 4'000'000;
    return std::max(least, most_cells / std::max<std::size_t>(rows_, 1));
  }

  std::size_t rows_;
  std::vector<std::pair<py::str, AttributeColumn>> columns_;
  std::vector<std::size_t> places_;  // by number of the name
  std::size_t left_out_ = 0;
};

Row checked_row(const Engine& engine, std::int64_t row) {
  if (row < 0 || row >= static_cast<std::int64_t>(engine.layer_count())) {
    throw py::index_error("no such layer");
  }
  return static_cast<Row>(row);
}

}  // namespace

py::list raw_layers(const Engine& engine, const std::vector<std::int64_t>& rows) {
  LayerReader reader(engine);
  py::list list(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    list[i] = reader.layer(checked_row(engine, rows[i]));
  }
  return list;
}

py::tuple raw_columns(const Engine& engine, const std::vector<std::int64_t>& rows,
                      const py::dict& absent_cells) {
  LayerReader reader(engine);
  ColumnSet columns(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    reader.members(checked_row(engine, rows[i]), [&](const MemberName& name, Cell cell) {
      if (AttributeColumn* column = columns.find(name)) column->put(i, std::move(cell));
    });
    // A table of layers has these columns whatever the file says.
    for (const char* name : {"Name", "Inputs", "Outputs"}) columns.find(reader.name(name));
  }
  return columns.finish(absent_cells);
}

}  // namespace trex::python
