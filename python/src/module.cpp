// The native half of `import trex`: everything the Python package asks of the C++ core.
//
// It has no documentation of its own and no stable interface: python/trex wraps it.

// SPDX-License-Identifier: Apache-2.0
#include <pybind11/stl.h>

#include "python/src/bind.hpp"
#include "trex/base/error.hpp"
#include "trex/document/colors.hpp"
#include "trex/sample/sample.hpp"

namespace trex::python {
namespace {

py::dict color_table(std::span<const NamedColor> colors) {
  py::dict dict;
  for (const NamedColor& color : colors) dict[to_python(color.name)] = hex(color.color);
  return dict;
}

py::dict colors() {
  py::dict dict;
  dict["precision"] = color_table(precision_colors());
  dict["type"] = color_table(layer_type_colors());
  py::list others;
  for (const Color color : other_colors()) others.append(hex(color));
  dict["other"] = others;
  return dict;
}

std::vector<std::string> write_samples(const std::string& directory,
                                       const std::vector<std::string>& only,
                                       std::optional<std::int64_t> layers,
                                       std::optional<std::int64_t> records, bool force) {
  sample::Options options;
  options.directory = directory;
  options.only = only;
  options.layers = layers;
  options.records = records;
  options.force = force;
  std::vector<std::string> paths;
  for (const sample::Written& written : sample::write_samples(options)) {
    paths.push_back(written.path);
  }
  return paths;
}

void bind_samples_and_colors(py::module_& module) {
  using NoGil = py::call_guard<py::gil_scoped_release>;
  module.def("colors", colors);
  module.def("samples", [] {
    std::vector<std::pair<std::string, std::string>> list;
    for (const sample::Info& info : sample::list_samples()) {
      list.emplace_back(info.name, info.summary);
    }
    return list;
  });
  module.def("write_samples", write_samples, NoGil());
}

}  // namespace
}  // namespace trex::python

PYBIND11_MODULE(_core, module) {
  using namespace trex::python;
  // Bad input is a ValueError, so that it can be caught without knowing us.
  py::register_exception<trex::Error>(module, "Error", PyExc_ValueError);
  module.attr("version") = TREX_VERSION;
  bind_archives(module);
  bind_tables(module);
  bind_engine(module);
  bind_queries(module);
  bind_reports(module);
  bind_samples_and_colors(module);
}
