# The libraries the core stands on. `make deps` installs them; each is looked up once, here.

set(TREX_SOURCE_DEPS "" CACHE PATH
  "folder with simdjson/ (its amalgamation) and include/fmt, to compile instead of Debian's libraries")

if(TREX_SOURCE_DEPS)
  # For WebAssembly, where no compiled libraries are to be had: tools/wasm_check.sh fills the folder.
  add_library(simdjson STATIC ${TREX_SOURCE_DEPS}/simdjson/simdjson.cpp)
  target_include_directories(simdjson SYSTEM PUBLIC ${TREX_SOURCE_DEPS}/simdjson)
  add_library(simdjson::simdjson ALIAS simdjson)
  add_library(fmt INTERFACE)
  target_include_directories(fmt SYSTEM INTERFACE ${TREX_SOURCE_DEPS}/include)
  target_compile_definitions(fmt INTERFACE FMT_HEADER_ONLY)
  add_library(fmt::fmt ALIAS fmt)
else()
  find_package(simdjson REQUIRED)
  find_package(fmt REQUIRED)
endif()

if(NOT EMSCRIPTEN)
  find_package(ZLIB REQUIRED)
  find_package(PkgConfig REQUIRED)
  pkg_check_modules(re2 REQUIRED IMPORTED_TARGET re2)
  pkg_check_modules(libzip REQUIRED IMPORTED_TARGET libzip)
  find_package(CLI11 REQUIRED)
  pkg_check_modules(tomlplusplus REQUIRED IMPORTED_TARGET tomlplusplus)
  pkg_check_modules(httplib REQUIRED IMPORTED_TARGET cpp-httplib)
endif()

# PNG and PDF pictures. Without the headers (or for the page) trex draws the other formats.
option(TREX_WITH_PICTURES "write png and pdf drawings (librsvg, cairo)" ON)
if(TREX_WITH_PICTURES AND NOT EMSCRIPTEN)
  pkg_check_modules(pictures librsvg-2.0 cairo cairo-pdf)
endif()
if(NOT pictures_FOUND)
  set(TREX_WITH_PICTURES OFF)
endif()

# DuckDB, for SQL and Parquet: opened when a command needs it, never linked, so that it is not needed
# to build. Where the machine has none it is fetched once, through npm.
option(TREX_WITH_DUCKDB "look for DuckDB's library, and fetch it where there is none" ON)
if(EMSCRIPTEN OR TREX_BUILD_FUZZERS)
  set(TREX_WITH_DUCKDB OFF)
endif()
set(TREX_DUCKDB_LIBRARY "")
if(TREX_WITH_DUCKDB)
  find_library(TREX_SYSTEM_DUCKDB duckdb)
  set(fetched ${PROJECT_SOURCE_DIR}/build/duckdb/${CMAKE_SYSTEM_PROCESSOR}/libduckdb.so)
  if(TREX_SYSTEM_DUCKDB)
    set(TREX_DUCKDB_LIBRARY ${TREX_SYSTEM_DUCKDB})
  else()
    if(NOT EXISTS ${fetched} AND NOT TREX_DUCKDB_TRIED)
      execute_process(COMMAND ${PROJECT_SOURCE_DIR}/tools/duckdb.sh ${CMAKE_SYSTEM_PROCESSOR})
      set(TREX_DUCKDB_TRIED ON CACHE INTERNAL "not again at every configure of a machine without network")
    endif()
    if(EXISTS ${fetched})
      set(TREX_DUCKDB_LIBRARY ${fetched})
    else()
      message(STATUS "no DuckDB: `trex query` and Parquet will want TREX_DUCKDB set (tools/duckdb.sh fetches it)")
    endif()
  endif()
endif()

# Excel workbooks. Without the header (or for the page) trex writes the other formats.
option(TREX_WITH_XLSX "write xlsx workbooks (libxlsxwriter)" ON)
if(TREX_WITH_XLSX AND NOT EMSCRIPTEN)
  pkg_check_modules(xlsxwriter xlsxwriter)
endif()
if(NOT xlsxwriter_FOUND)
  set(TREX_WITH_XLSX OFF)
endif()

# `import trex`. Debian's interpreter, for which the packages of numpy and pandas are installed;
# another one: -DPython_EXECUTABLE=...
option(TREX_WITH_PYTHON "build the Python module (pybind11)" ON)
if(TREX_WITH_PYTHON AND NOT EMSCRIPTEN AND NOT TREX_SANITIZE AND NOT TREX_BUILD_FUZZERS)
  if(NOT Python_EXECUTABLE AND EXISTS /usr/bin/python3)
    set(Python_EXECUTABLE /usr/bin/python3)
  endif()
  set(PYBIND11_FINDPYTHON ON)
  find_package(Python COMPONENTS Interpreter Development.Module QUIET)
  find_package(pybind11 2.9 QUIET)
endif()
if(NOT pybind11_FOUND OR NOT Python_Development.Module_FOUND)
  set(TREX_WITH_PYTHON OFF)  # ASan would have to be loaded before Python itself
endif()
