// The native half of `import trex`: everything the Python package asks of the C++ core.
//
// It has no documentation of its own and no stable interface: python/trex wraps it.

// SPDX-License-Identifier: Apache-2.0
#include "bind.hpp"
#include "trex/base/error.hpp"

PYBIND11_MODULE(_core, module) {
  using namespace trex::python;
  // Bad input is a ValueError, so that it can be caught without knowing us.
  py::register_exception<trex::Error>(module, "Error", PyExc_ValueError);
  module.attr("version") = TREX_VERSION;
  bind_tables(module);
  bind_engine(module);
  bind_reports(module);
}
