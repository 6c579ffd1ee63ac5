// SQL over engines for Python. DuckDB's library is opened by the first query, not by the import.

// SPDX-License-Identifier: Apache-2.0
#include <pybind11/stl.h>

#include "python/src/bind.hpp"
#include "trex/base/error.hpp"
#include "trex/store/dataset_log.hpp"
#include "trex/store/dataset_writer.hpp"
#include "trex/store/duckdb_library.hpp"
#include "trex/store/engines_beneath.hpp"
#include "trex/store/sql_over_paths.hpp"

namespace trex::python {
namespace {

// Of Python's and numpy's numbers alike. Throws TypeError for what SQL has no value for.
store::SqlValue sql_value(const py::handle& value) {
  if (value.is_none()) return std::monostate{};
  if (py::isinstance<py::bool_>(value)) return value.cast<bool>();
  if (py::isinstance<py::str>(value)) return value.cast<std::string>();
  if (py::isinstance<py::float_>(value)) return value.cast<double>();
  if (PyIndex_Check(value.ptr()) != 0) {
    const auto whole = py::reinterpret_steal<py::object>(PyNumber_Index(value.ptr()));
    if (!whole) throw py::error_already_set();
    const long long number = PyLong_AsLongLong(whole.ptr());
    if (PyErr_Occurred() != nullptr) throw py::error_already_set();
    return static_cast<std::int64_t>(number);
  }
  const double number = PyFloat_AsDouble(value.ptr());
  if (PyErr_Occurred() != nullptr) {
    PyErr_Clear();
    const auto type = py::cast<std::string>(py::type::of(value).attr("__name__"));
    throw py::type_error("a parameter is None, a bool, a number or a text, not '" + type + "'");
  }
  return number;
}

// Ctrl-C stops a query, as it stops Python code; the exception is raised when the query has ended.
bool may_go_on(double) {
  const py::gil_scoped_acquire acquired;
  return PyErr_CheckSignals() == 0;
}

// Runs `work` without the GIL; a signal that stopped it is raised as what its handler raised.
template <class Work>
Table released(const Work& work) {
  std::optional<Error> failed;
  Table table;
  {
    const py::gil_scoped_release release;
    try {
      table = work();
    } catch (const Error& error) {
      failed = error;
    }
  }
  if (PyErr_Occurred() != nullptr) throw py::error_already_set();
  if (failed) throw Error(*failed);
  return table;
}

store::SqlParameters sql_parameters(const py::object& given) {
  store::SqlParameters parameters;
  if (py::isinstance<py::dict>(given)) {
    for (const auto& [name, value] : py::cast<py::dict>(given)) {
      parameters.named.emplace_back(name.cast<std::string>(), sql_value(value));
    }
  } else if (!given.is_none()) {
    for (const py::handle& value : given) parameters.positional.push_back(sql_value(value));
  }
  return parameters;
}

// (rows of the last statement that gives any, messages of engines that were left out).
py::tuple query_paths(const std::vector<std::string>& paths, const std::string& sql,
                      const py::object& given, bool keep_going) {
  const store::SqlParameters parameters = sql_parameters(given);
  std::vector<std::string> left_out;
  const std::function<void(const Error&)> problem = [&](const Error& error) {
    if (!keep_going) throw Error(error);
    left_out.emplace_back(error.what());
  };
  const Table table = released([&] {
    store::EngineViewHooks hooks;
    hooks.failed = problem;
    std::vector<Table> tables = store::sql_over(store::find_sql_sources(paths, problem), sql,
                                                parameters, {.may_go_on = may_go_on}, hooks);
    return tables.empty() ? Table() : std::move(tables.back());
  });
  return py::make_tuple(table, left_out);
}

// Adds the engines of these files; (ids of those that were not there, how many there were).
py::tuple dataset_add(const std::string& folder, const std::vector<std::string>& paths,
                      const std::map<std::string, std::string>& facts) {
  const auto fact = [&](const char* name) {
    const auto found = facts.find(name);
    return found == facts.end() ? std::nullopt : std::optional(found->second);
  };
  const store::GivenFacts given{fact("model"), fact("gpu"), fact("trt"), fact("date"), {}};
  std::vector<std::string> added;
  std::size_t count = 0;
  {
    const py::gil_scoped_release release;
    store::duckdb_library();  // or the reason why there is none, before anything is made
    store::DatasetWriter writer(folder, {});
    const auto commit = [&] {
      for (std::string& id : writer.commit()) added.push_back(std::move(id));
    };
    for (const EngineFiles& files :
         store::engines_beneath(paths, [](const Error& e) { throw e; })) {
      writer.take(load_engine(files), given);
      ++count;
      if (writer.is_full()) commit();
    }
    commit();
  }
  return py::make_tuple(added, count);
}

py::list view_columns() {
  py::list list;
  for (const store::TableSpec& spec : store::table_specs()) {
    for (const store::ColumnSpec& column : spec.columns) {
      list.append(py::make_tuple(spec.name, column.name, column_type_name(column.type),
                                 unit_symbol(column.unit), column.description));
    }
  }
  return list;
}

}  // namespace

void bind_queries(py::module_& module) {
  module.def("query", query_paths);
  module.def("dataset_add", dataset_add);
  module.def("is_dataset", store::is_dataset);
  module.def("view_columns", view_columns);
  module.def("has_duckdb", store::has_duckdb);
}

}  // namespace trex::python
