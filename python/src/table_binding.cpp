// Tables and columns for Python: cells, whole columns as lists, numbers as buffers without a copy.

// SPDX-License-Identifier: Apache-2.0
#include <pybind11/stl.h>

#include <unordered_map>

#include "python/src/arrow_stream.hpp"
#include "python/src/bind.hpp"
#include "trex/render/formats.hpp"
#include "trex/report/aggregates.hpp"
#include "trex/table/expression.hpp"

namespace trex::python {

py::str to_python(std::string_view text) {
  PyObject* made =
      PyUnicode_DecodeUTF8(text.data(), static_cast<Py_ssize_t>(text.size()), "replace");
  if (made == nullptr) throw py::error_already_set();
  return py::reinterpret_steal<py::str>(made);
}

// Nesting is bounded where JSON is read.
py::object json_to_python(const Json& value) {
  if (value.is_null()) return py::none();
  if (const bool* boolean = value.boolean()) return py::bool_(*boolean);
  if (const std::int64_t* integer = value.integer()) return py::int_(*integer);
  if (const std::string* text = value.text()) return to_python(*text);
  if (const Json::Array* array = value.array()) {
    py::list list(array->size());
    for (std::size_t i = 0; i < array->size(); ++i) list[i] = json_to_python((*array)[i]);
    return list;
  }
  if (const Json::Object* object = value.object()) {
    py::dict dict;
    for (const Json::Member& member : *object) {
      dict[to_python(member.first)] = json_to_python(member.second);
    }
    return dict;
  }
  return py::float_(*value.number());
}

py::object cell(const Column& column, Row row) {
  if (column.is_null(row)) return py::none();
  switch (column.type()) {
    case ColumnType::boolean:
      return py::bool_(*column.boolean(row));
    case ColumnType::integer:
      return py::int_(*column.integer(row));
    case ColumnType::real:
      return py::float_(*column.real(row));
    case ColumnType::text:
      return to_python(*column.text(row));
    case ColumnType::integers:
      return py::cast(
          std::vector<std::int64_t>(column.integers(row).begin(), column.integers(row).end()));
    case ColumnType::texts:
      break;
  }
  py::list list(column.list_size(row));
  for (std::size_t i = 0; i < column.list_size(row); ++i) {
    list[i] = to_python(column.text_at(row, i));
  }
  return list;
}

namespace {

Row row_of(std::int64_t index, std::size_t size) {
  const auto count = static_cast<std::int64_t>(size);
  if (index < -count || index >= count) throw py::index_error("row out of range");
  return static_cast<Row>(index < 0 ? index + count : index);
}

// Equal texts become one Python string.
py::list texts(const Column& column) {
  const View<std::string_view> view(column);
  std::unordered_map<StringId, py::object> made;
  py::list list(column.size());
  for (Row row = 0; row < column.size(); ++row) {
    if (view.is_null(row)) {
      list[row] = py::none();
      continue;
    }
    py::object& text = made[view.id(row)];
    if (!text) text = to_python(view[row]);
    list[row] = text;
  }
  return list;
}

py::list cells(const HeldColumn& held) {
  if (held.column->type() == ColumnType::text) return texts(*held.column);
  py::list list(held.column->size());
  for (Row row = 0; row < held.column->size(); ++row) list[row] = cell(*held.column, row);
  return list;
}

// One byte a row, 1 where unknown: what numpy and pandas take as a mask. Empty when all is known.
py::bytearray unknown_mask(const HeldColumn& held) {
  std::string mask(held.column->size(), '\0');
  bool any = false;
  for (Row row = 0; row < held.column->size(); ++row) {
    if (!held.column->is_null(row)) continue;
    mask[row] = '\1';
    any = true;
  }
  return any ? py::bytearray(mask) : py::bytearray("");
}

template <class T>
py::buffer_info view_of(const std::vector<T>& values) {
  return py::buffer_info(const_cast<T*>(values.data()), static_cast<py::ssize_t>(sizeof(T)),
                         py::format_descriptor<T>::format(), 1,
                         {static_cast<py::ssize_t>(values.size())},
                         {static_cast<py::ssize_t>(sizeof(T))}, /*readonly=*/true);
}

// The column's own memory, read-only; text and lists have none of that kind.
py::buffer_info buffer_of(HeldColumn& held) {
  switch (held.column->type()) {
    case ColumnType::boolean:
      return view_of(std::get<0>(held.column->data()).values);
    case ColumnType::integer:
      return view_of(std::get<1>(held.column->data()));
    case ColumnType::real:
      return view_of(std::get<2>(held.column->data()));
    default:
      break;
  }
  throw py::buffer_error("column '" + held.column->name() + "' is no numeric column");
}

HeldColumn column_of(const Table& table, const std::string& name) {
  auto shared = std::make_shared<const Table>(table);
  const Column* column = shared->find(name);
  if (column == nullptr) table.at(name);  // throws, with "did you mean"
  return {std::move(shared), column};
}

py::capsule arrow_capsule(const Table& table, const py::object& /*requested_schema*/) {
  return py::capsule(arrow_stream(table), "arrow_array_stream", [](PyObject* capsule) {
    drop(static_cast<ArrowArrayStream*>(PyCapsule_GetPointer(capsule, "arrow_array_stream")));
  });
}

std::string rendered(const Table& table, const std::string& format, int width) {
  Document document{.title = "",
                    .blocks = {TableBlock{.key = "rows", .title = "", .table = table}},
                    .json_root = "rows"};
  return render::find_format(format).render({&document, 1}, {.color = false, .width = width});
}

Order order_of(bool descending) { return descending ? Order::descending : Order::ascending; }

void bind_column(py::module_& module) {
  py::class_<HeldColumn>(module, "Column", py::buffer_protocol())
      .def_property_readonly("name", [](const HeldColumn& c) { return c.column->name(); })
      .def_property_readonly("unit",
                             [](const HeldColumn& c) { return unit_symbol(c.column->unit()); })
      .def_property_readonly("meaning", [](const HeldColumn& c) { return c.column->meaning(); })
      .def_property_readonly("type",
                             [](const HeldColumn& c) { return column_type_name(c.column->type()); })
      .def("__len__", [](const HeldColumn& c) { return c.column->size(); })
      .def("__getitem__",
           [](const HeldColumn& c, std::int64_t i) {
             return cell(*c.column, row_of(i, c.column->size()));
           })
      .def("to_list", cells)
      .def("unknown_mask", unknown_mask)
      .def_buffer(buffer_of);
}

}  // namespace

void bind_tables(py::module_& module) {
  using NoGil = py::call_guard<py::gil_scoped_release>;
  bind_column(module);
  py::class_<Table>(module, "Table")
      .def("__len__", &Table::row_count)
      .def("column_names", &Table::column_names)
      .def("column", column_of)
      .def(
          "where",
          [](const Table& t, const std::string& expression) {
            return t.take(rows_where(t, expression));
          },
          NoGil())
      .def("select", &Table::select, NoGil())
      .def("take",
           [](const Table& t, const std::vector<std::int64_t>& indices) {
             std::vector<Row> rows;
             for (const std::int64_t i : indices) rows.push_back(row_of(i, t.row_count()));
             return t.take(rows);
           })
      .def(
          "sort",
          [](const Table& t, const std::string& column, bool descending) {
            return t.sorted_by(column, order_of(descending));
          },
          NoGil())
      .def("head", &Table::head, NoGil())
      .def(
          "group_by",
          [](const Table& t, const std::vector<std::string>& columns,
             const std::vector<std::string>& aggregates) {
            return t.group_by(columns, report::aggregations(aggregates));
          },
          NoGil())
      .def(
          "join",
          [](const Table& t, const Table& right, const std::string& column, bool left) {
            return t.join(right, column, left ? Join::left : Join::inner);
          },
          NoGil())
      .def("concat", &Table::concat, NoGil())
      .def("describe", &Table::describe, NoGil())
      .def("render", rendered, NoGil())
      .def("arrow_stream", arrow_capsule);
}

}  // namespace trex::python
