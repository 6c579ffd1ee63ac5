// Engines for Python: loaded from files or texts, as tables, and each layer's own JSON.
//
// The analyses intern their texts into the engine's pool, so they are run before anything reads the
// engine without the GIL: at once by load(), and for a dataframe, which needs none of them, when a
// table or a report is asked for. After that several threads may read it without a lock.

// SPDX-License-Identifier: Apache-2.0
#include <pybind11/stl.h>

#include <cmath>

#include "python/src/bind.hpp"
#include "trex/base/error.hpp"
#include "trex/load/file_roles.hpp"
#include "trex/load/load.hpp"
#include "trex/load/metadata.hpp"
#include "trex/load/plan.hpp"
#include "trex/load/profile.hpp"
#include "trex/model/format.hpp"
#include "trex/report/layer_table.hpp"
#include "trex/report/page_bundle.hpp"
#include "web/embed/page_html.hpp"

namespace trex::python {
namespace {

struct HeldEngine {
  Engine engine;
  std::optional<EngineFiles> files;  // none when it was made from a text

  // Every column of every analysis. Under the GIL, or before anyone else has this engine.
  const Table& layers() {
    if (!layers_) {
      const Table all = report::layer_table(engine, {"all"});
      layers_ = all.select(report::every_column(all));
    }
    return *layers_;
  }

 private:
  std::optional<Table> layers_;
};

using Held = std::shared_ptr<HeldEngine>;

Held hold(Engine engine, std::optional<EngineFiles> files = {}) {
  auto held = std::make_shared<HeldEngine>();
  held->files = std::move(files);
  held->engine = std::move(engine);
  return held;
}

EngineFiles files_of(const std::map<std::string, std::string>& named,
                     std::optional<int> opt_profile) {
  EngineFiles files;
  std::map<std::string, std::string*> fields{{"name", &files.name}};
  for (const FileRole& role : file_roles()) fields[role_word(role)] = &(files.*role.path);
  for (const auto& [name, value] : named) {
    const auto field = fields.find(name);
    if (field == fields.end()) fail("no file of an engine is called '{}'", name);
    *field->second = value;
  }
  files.opt_profile = opt_profile;
  return files;
}

std::vector<Held> load(const std::vector<std::string>& paths,
                       const std::map<std::string, std::string>& named,
                       std::optional<int> opt_profile) {
  std::vector<Held> engines;
  for (const EngineFiles& found : find_engine_files(paths, files_of(named, opt_profile))) {
    engines.push_back(hold(load_engine(found), found));
    engines.back()->layers();
  }
  return engines;
}

// Only the files given: no siblings are looked for.
Held load_named(const std::map<std::string, std::string>& named, std::optional<int> opt_profile) {
  const EngineFiles files = files_of(named, opt_profile);
  return hold(load_engine(files), files);
}

Held load_text(const std::string& text, const std::string& name, std::optional<int> opt_profile,
               const std::string& profile_file) {
  Engine engine = load_plan(Bytes::from(text), name.empty() ? "layers" : name, opt_profile);
  engine.name = name;
  if (!profile_file.empty()) {
    Profile profile = load_profile(read_file(profile_file), profile_file, *engine.strings);
    join_profile(engine, std::move(profile), profile_file);
  }
  return hold(std::move(engine));
}

// The interactive page with these engines' files in it. Throws Error for an engine that came from a
// text, and where the module was built without the page.
std::string report_page(const std::vector<Held>& engines) {
  std::vector<EngineFiles> files;
  for (const Held& held : engines) {
    if (!held->files) fail("'{}' was made from a text: the page needs its file", held->engine.name);
    files.push_back(*held->files);
  }
  return report::bundled_page(page_html(), files);
}

py::object raw_layer(const HeldEngine& held, std::int64_t row) {
  if (row < 0 || row >= static_cast<std::int64_t>(held.engine.layer_count())) {
    throw py::index_error("no such layer");
  }
  return json_to_python(attributes(held.engine, static_cast<Row>(row)));
}

// (input rows, output rows, constant rows) of `tensors`, as ranges.
py::tuple tensor_rows(const HeldEngine& held, std::int64_t row) {
  if (row < 0 || row >= static_cast<std::int64_t>(held.engine.layer_count())) {
    throw py::index_error("no such layer");
  }
  const auto at = static_cast<std::size_t>(row);
  return py::make_tuple(held.engine.first_input[at], held.engine.first_output[at],
                        held.engine.first_constant[at], held.engine.first_input[at + 1]);
}

// [(key, datatype, as the file says it, count)].
py::list weights_of(const HeldEngine& held, std::int64_t row) {
  py::list list;
  for (const Weights& weights : held.engine.weights_of(static_cast<Row>(row))) {
    list.append(py::make_tuple(to_python(weights.key), datatype_name(weights.type),
                               to_python(weights.raw_type), weights.count));
  }
  return list;
}

// Bytes of each layer's biases: one int64 a layer, 0 for none and for what is unknown.
py::bytearray bias_bytes(const HeldEngine& held) {
  std::vector<std::int64_t> sizes(held.engine.layer_count());
  for (Row row = 0; row < held.engine.layer_count(); ++row) {
    for (const Weights& weights : held.engine.weights_of(row)) {
      if (weights.key != "Bias" && weights.key != "ConvBias") continue;
      const TensorBytes bytes =
          tensor_bytes({&weights.count, 1}, parse_format(weights.raw_type, ""));
      sizes[row] += bytes.bytes.value_or(0);
    }
  }
  return {reinterpret_cast<const char*>(sizes.data()), sizes.size() * sizeof(std::int64_t)};
}

py::dict format_of(const std::string& format, const std::string& datatype,
                   const std::vector<std::int64_t>& dims) {
  const Format parsed = parse_format(format, datatype);
  const TensorBytes bytes = tensor_bytes(dims, parsed);
  py::dict dict;
  dict["name"] = to_python(parsed.short_name());
  dict["datatype"] = datatype_name(parsed.datatype);
  dict["layout"] = to_python(parsed.layout);
  dict["recognised"] = parsed.recognised;
  dict["bits"] = datatype_bits(parsed.datatype);
  dict["bytes"] = bytes.bytes;
  return dict;
}

py::dict metadata_of(const Metadata& metadata) {
  py::dict sections;
  for (const MetadataEntry& entry : metadata.entries) {
    const py::str section = to_python(entry.section);
    if (!sections.contains(section)) sections[section] = py::dict();
    sections[section][to_python(entry.key)] = json_to_python(entry.value);
  }
  return sections;
}

py::dict profile_of(const HeldEngine& held) {
  const ProfileFacts& facts = held.engine.profile;
  py::dict dict;
  dict["present"] = facts.present;
  dict["rows"] = facts.rows;
  dict["matched_rows"] = facts.matched_rows;
  dict["joined_by"] = facts.joined_by;
  dict["unmatched"] = py::list();
  for (const std::string& name : facts.unmatched) {
    py::cast<py::list>(dict["unmatched"]).append(to_python(name));
  }
  dict["layer_time_ms"] =
      std::isnan(facts.layer_time_ms) ? py::object(py::none()) : py::float_(facts.layer_time_ms);
  return dict;
}

py::list notes_of(const HeldEngine& held) {
  py::list notes;
  for (const Note& note : held.engine.notes) {
    py::dict dict;
    dict["file"] = to_python(note.file);
    dict["path"] = to_python(note.path);
    dict["message"] = to_python(note.message);
    notes.append(dict);
  }
  return notes;
}

py::list sources_of(const HeldEngine& held) {
  py::list sources;
  for (const SourceFile& source : held.engine.sources) {
    sources.append(py::make_tuple(source.kind, to_python(source.path), source.how));
  }
  return sources;
}

// Their texts are in the engine's pool, and their users need no GIL to read them.
template <Table Engine::*table>
Table table_of(HeldEngine& held) {
  held.layers();
  return held.engine.*table;
}

py::list binding_names(const HeldEngine& held) {
  py::list names;
  const View<std::string_view> column = held.engine.bindings[binding::name];
  for (Row row = 0; row < column.size(); ++row) names.append(to_python(column[row]));
  return names;
}

}  // namespace

SharedEngine engine_in(const py::object& object) {
  const auto held = py::cast<std::shared_ptr<HeldEngine>>(object);
  held->layers();  // while the GIL is held: the caller may release it
  return {held, &held->engine};
}

void bind_engine(py::module_& module) {
  using NoGil = py::call_guard<py::gil_scoped_release>;
  py::class_<HeldEngine, std::shared_ptr<HeldEngine>>(module, "Engine")
      .def_property_readonly("name", [](const HeldEngine& e) { return to_python(e.engine.name); })
      .def_property_readonly("schema", [](const HeldEngine& e) { return e.engine.schema; })
      .def_property_readonly("opt_profile",
                             [](const HeldEngine& e) { return e.engine.opt_profile; })
      .def_property_readonly("opt_profile_count",
                             [](const HeldEngine& e) { return e.engine.opt_profile_count; })
      .def_property_readonly("file_layer_count",
                             [](const HeldEngine& e) { return e.engine.file_layer_count; })
      .def_property_readonly(
          "is_detailed",
          [](const HeldEngine& e) { return e.engine.verbosity == Verbosity::detailed; })
      .def_property_readonly("layers", [](HeldEngine& e) { return e.layers(); })
      .def_property_readonly("tensors", table_of<&Engine::tensors>)
      .def_property_readonly("regions", table_of<&Engine::regions>)
      .def_property_readonly("bindings", table_of<&Engine::bindings>)
      .def_property_readonly("source_ops", table_of<&Engine::source_ops>)
      .def_property_readonly("timing", table_of<&Engine::timing>)
      // Without analyses; not for users, who may read it in threads.
      .def_property_readonly("plain_layers", [](const HeldEngine& e) { return e.engine.layers; })
      .def_property_readonly("binding_names", binding_names)
      .def_property_readonly(
          "profile_metadata",
          [](const HeldEngine& e) { return metadata_of(e.engine.profile_metadata); })
      .def_property_readonly(
          "build_metadata",
          [](const HeldEngine& e) { return metadata_of(e.engine.build_metadata); })
      .def_property_readonly("profile", profile_of)
      .def_property_readonly("notes", notes_of)
      .def_property_readonly("sources", sources_of)
      .def("raw", raw_layer)
      .def("raw_layers",
           [](const HeldEngine& e, const std::vector<std::int64_t>& rows) {
             return raw_layers(e.engine, rows);
           })
      .def("raw_columns",
           [](const HeldEngine& e, const std::vector<std::int64_t>& rows,
              const py::dict& absent_cells) { return raw_columns(e.engine, rows, absent_cells); })
      .def("bias_bytes", bias_bytes)
      .def("tensor_rows", tensor_rows)
      .def("weights", weights_of);

  module.def("load", load, NoGil());
  module.def("load_named", load_named, NoGil());
  module.def("load_text", load_text, NoGil());
  module.def("report_page", report_page, NoGil());
  module.def("has_page", has_page);
  module.def("format", format_of);
}

}  // namespace trex::python
