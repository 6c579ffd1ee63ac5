// What the parts of the Python module share: conversions, and the parts themselves.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <pybind11/pybind11.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "trex/base/json.hpp"
#include "trex/model/engine.hpp"
#include "trex/table/table.hpp"

namespace trex::python {

namespace py = pybind11;

// A column with the table that holds it: a copy of a table shares its columns, so this is cheap.
struct HeldColumn {
  std::shared_ptr<const Table> table;
  const Column* column;
};

// An engine is never changed once loaded, so threads may share it.
using SharedEngine = std::shared_ptr<const Engine>;
SharedEngine engine_in(const py::object& object);  // throws TypeError for anything else

// Texts of files may be no valid UTF-8: what is not becomes U+FFFD.
py::str to_python(std::string_view text);
py::object json_to_python(const Json& value);
// One cell: None where unknown.
py::object cell(const Column& column, Row row);

// The JSON of these layers as dictionaries. Throws IndexError for a layer that is not there.
py::list raw_layers(const Engine& engine, const std::vector<std::int64_t>& rows);
// Their attributes as columns: ({name: numpy array}, how many attributes are left out).
// `absent_cells` has by name what stands where a layer has no such attribute.
py::tuple raw_columns(const Engine& engine, const std::vector<std::int64_t>& rows,
                      const py::dict& absent_cells);

void bind_archives(py::module_& module);
void bind_tables(py::module_& module);
void bind_engine(py::module_& module);
void bind_queries(py::module_& module);
void bind_reports(py::module_& module);

}  // namespace trex::python
