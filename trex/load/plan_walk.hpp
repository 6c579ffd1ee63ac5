// One walk over the text of a plan graph: every shape of document, layers into an EngineBuilder.
//
// Shapes: an object with "Layers"; a bare list of layers; one layer object; a list of several such
// documents (as mended text has them). A layer is an object, or a name.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "trex/load/plan_bindings.hpp"
#include "trex/load/plan_layer.hpp"
#include "trex/model/engine_builder.hpp"

namespace trex {

class PlanWalk {
 public:
  // Walks `text` from byte `start` on; simdjson's padding must stand behind it, and it must live
  // as long as the walk. Keeps the layers of optimization profile `opt_profile` only, and counts
  // the others.
  PlanWalk(std::string_view text, std::size_t start, const std::string& file, int opt_profile);

  // Throws JsonDamage for text that is not strict JSON, Error for nesting that no plan has.
  void run();

  // The whole text is one JSON string: this is what it says. Happens when a program writes the
  // inspector's text as JSON once more.
  std::optional<std::string> quoted_text;
  bool has_quoted_layers = false;  // names that are the text of a layer object

  EngineBuilder builder;
  PlanContext context;
  std::vector<RawBinding> bindings;               // "Bindings"
  std::vector<RawBinding> io_tensors;             // "I/O Tensors"
  std::vector<Json::Member> attributes;           // further keys of the engine object
  std::map<int, std::int64_t> layers_of_profile;  // kept or not
  std::int64_t kept_layers = 0;
  std::int64_t file_layers = 0;   // all
  std::int64_t named_layers = 0;  // layers that are names, or say nothing but their name
  std::int64_t entries = 0;       // what stands in the lists of layers, whatever it is
  std::string verbosity;          // "ProfilingVerbosity"
  std::string_view list_type;     // what "Layers" holds instead of a list
  bool has_list = false;          // a list of layers, even an empty one
  bool is_engine = false;         // an object with "Layers" or the like
  bool is_one_layer = false;      // one layer object is all there is

 private:
  enum class Shape { engine, layer, other };

  void read_document(ondemand::document& document);
  Shape shape_of(ondemand::object& object);
  void read_engine(ondemand::object object, int depth);
  void read_engine_field(const PlanKeyMatch& match, PlanField field);
  void read_layers(PlanField field);
  void read_list(ondemand::array list, int depth, bool of_documents);
  void read_entry(ondemand::value value, int depth);
  void read_document_in_list(ondemand::value value, int depth);
  void read_layer(ondemand::object object, const char* start, int depth,
                  std::string_view fallback_name);
  void read_name(std::string_view name);
  void clear_layer();
  void read_attribute(PlanField field);
  void add();

  std::string_view text_;
  std::size_t start_;
  const std::string& file_;
  int opt_profile_;
  simdjson::ondemand::parser parser_;
  ondemand::document* document_ = nullptr;
  PlanLayerReader reader_;
  RawLayer layer_;
};

}  // namespace trex
