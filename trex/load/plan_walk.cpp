// Walking the document: which shape it has, and each layer in its turn.

// SPDX-License-Identifier: Apache-2.0
#include "trex/load/plan_walk.hpp"

#include "trex/base/error.hpp"
#include "trex/base/large_memory.hpp"
#include "trex/base/text.hpp"
#include "trex/load/plan_quoted.hpp"

namespace trex {
namespace {

// A further top-level key is kept as a Json value, which takes some ten times its text.
constexpr std::size_t largest_attribute_bytes = std::size_t{4} << 20;
// Bytes of text to a layer and to a tensor in detailed files (measured 900 to 2400 and 250 to
// 500); reserving too little only costs a copy.
constexpr std::size_t bytes_to_a_layer = 1000;
constexpr std::size_t bytes_to_a_tensor = 330;

bool tells_a_layer(PlanKey key) {
  switch (key) {
    case PlanKey::layer_type:
    case PlanKey::inputs:
    case PlanKey::outputs:
    case PlanKey::parameter_type:
    case PlanKey::tactic_name:
    case PlanKey::tactic_value:
      return true;
    default:
      return false;
  }
}

}  // namespace

PlanWalk::PlanWalk(std::string_view text, std::size_t start, const std::string& file,
                   int opt_profile)
    : text_(text), start_(start), file_(file), opt_profile_(opt_profile), reader_(context) {
  context.text_end = text.data() + text.size();
}

void PlanWalk::run() {
  ondemand::document document;
  const std::string_view json = text_.substr(start_);
  const auto code =
      parser_.iterate(json.data(), json.size(), json.size() + Bytes::padding).get(document);
  if (code == simdjson::CAPACITY || code == simdjson::MEMALLOC) {
    fail_at(file_, {}, "more than 4 GB of JSON, or more than memory holds; export fewer layers");
  }
  if (code) throw JsonDamage{code};
  document_ = &document;
  expect_allocations(text_.size() / 2 * 3);  // measured: 1.2 to 1.4 bytes a byte of text
  builder.reserve(text_.size() / bytes_to_a_layer, text_.size() / bytes_to_a_tensor);
  try {
    read_document(document);
  } catch (const JsonTooDeep&) {
    fail_at(file_, context.path.text(),
            fmt::format("nested deeper than {} levels, as no plan graph is; export it again",
                        max_json_depth));
  }
  if (document.current_location().error() == simdjson::SUCCESS)
    throw JsonDamage{simdjson::TRAILING_CONTENT};
}

void PlanWalk::read_document(ondemand::document& document) {
  switch (take(document.type())) {
    case ondemand::json_type::object: {
      const char* start = text_.data() + text_.find('{', start_);
      ondemand::object object = take(document.get_object());
      switch (shape_of(object)) {
        case Shape::layer:
          is_one_layer = true;
          ++entries;
          read_layer(object, start, 1, {});
          return;
        default:
          read_engine(object, 1);
          return;
      }
    }
    case ondemand::json_type::array:
      read_list(take(document.get_array()), 1, true);
      return;
    case ondemand::json_type::string:
      quoted_text = std::string(take(document.get_string()));
      return;
    default:
      throw JsonDamage{simdjson::INCORRECT_TYPE};
  }
}

// By its first telling key, which is nearly always the first; then from the start again.
PlanWalk::Shape PlanWalk::shape_of(ondemand::object& object) {
  Shape shape = Shape::other;
  for (auto result : object) {
    ondemand::field field = take(std::move(result));
    const PlanKeyMatch match = find_plan_key(raw_key(field));
    const bool is_engine_key = match.key == PlanKey::layers || match.key == PlanKey::bindings ||
                               match.key == PlanKey::io_tensors;
    if (is_engine_key || tells_a_layer(match.key)) {
      shape = is_engine_key ? Shape::engine : Shape::layer;
      break;
    }
    // {"Name": ...} alone is a layer of a names-only engine; "name" is also in profiles.
    if (match.key == PlanKey::name && match.exact) shape = Shape::layer;
  }
  take(object.reset());
  return shape;
}

void PlanWalk::read_engine(ondemand::object object, int depth) {
  for (auto result : object) {
    ondemand::field field = take(std::move(result));
    const std::string_view key = take_key(field);
    read_engine_field(find_plan_key(key), {field.value(), key, depth});
  }
}

void PlanWalk::read_engine_field(const PlanKeyMatch& match, PlanField field) {
  const bool known = match.key == PlanKey::layers || match.key == PlanKey::bindings ||
                     match.key == PlanKey::io_tensors;
  if (known) {
    is_engine = true;
    if (!match.exact) context.note_spelling(field.key, match);
  }
  switch (match.key) {
    case PlanKey::layers:
      read_layers(field);
      return;
    case PlanKey::io_tensors:
      context.has_io_tensors = true;
      read_bindings(field, context, io_tensors);
      return;
    case PlanKey::bindings:
      read_bindings(field, context, bindings);
      return;
    default:
      read_attribute(field);
      return;
  }
}

void PlanWalk::read_layers(PlanField field) {
  const PathScope place(context.path, field.key);
  const ondemand::json_type type = take(field.value.type());
  if (has_list) {
    context.note(PlanOddity::second_list, {}, "a second list of layers; only the first is read");
    visit(field.value, field.depth);
    return;
  }
  if (type == ondemand::json_type::array) {
    has_list = true;
    read_list(take(field.value.get_array()), field.depth + 1, false);
    return;
  }
  if (type != ondemand::json_type::object) {
    visit(field.value, field.depth);
    list_type = json_type_name(type);
    return;
  }
  has_list = true;
  context.note(PlanOddity::layers_as_object, {},
               "expected a list of layers, got an object; its members are read as layers");
  const char* start = field.value.raw_json_token().data();
  ondemand::object object = take(field.value.get_object());
  if (shape_of(object) == Shape::layer) {
    ++entries;
    read_layer(object, start, field.depth + 1, {});
    return;
  }
  for (auto result : object) {
    ondemand::field member = take(std::move(result));
    const std::string_view name = take_key(member);
    const PathScope step(context.path, name);
    if (take(member.value().type()) == ondemand::json_type::object) {
      const char* at = member.value().raw_json_token().data();
      ++entries;
      read_layer(take(member.value().get_object()), at, field.depth + 2, name);
    } else {
      read_entry(member.value(), field.depth + 1);
    }
  }
}

// `depth` is the list's own.
void PlanWalk::read_list(ondemand::array list, int depth, bool of_documents) {
  std::int64_t place = 0;
  for (auto result : list) {
    ondemand::value element = take(std::move(result));
    const PathScope step(context.path, place++);
    if (of_documents) {
      read_document_in_list(element, depth);
    } else {
      read_entry(element, depth);
    }
  }
}

// An element of a list of layers.
void PlanWalk::read_entry(ondemand::value value, int depth) {
  ++entries;
  const ondemand::json_type type = take(value.type());
  if (type == ondemand::json_type::object) {
    const char* start = value.raw_json_token().data();
    read_layer(take(value.get_object()), start, depth + 1, {});
  } else if (type == ondemand::json_type::string) {
    const std::string_view text = take_text(value);
    has_quoted_layers = has_quoted_layers || is_quoted_layer(text);
    read_name(text);
  } else {
    visit(value, depth);
    if (!context.notes.is_first(PlanOddity::no_layer)) return;
    context.notes.describe(context.path.text(),
                           fmt::format("expected a layer (an object or a name), got {}; it is "
                                       "left out",
                                       json_type_name(type)));
  }
}

// An element of a list at the top: a layer, or a whole engine, of which the first counts.
void PlanWalk::read_document_in_list(ondemand::value value, int depth) {
  const ondemand::json_type type = take(value.type());
  if (type == ondemand::json_type::array && depth == 1 && !is_engine) {
    has_list = true;
    read_list(take(value.get_array()), depth + 1, true);
    return;
  }
  if (type != ondemand::json_type::object) {
    is_engine ? visit(value, depth) : read_entry(value, depth);
    return;
  }
  const char* start = value.raw_json_token().data();
  ondemand::object object = take(value.get_object());
  const Shape shape = shape_of(object);
  if (shape == Shape::layer && !is_engine) {
    ++entries;
    read_layer(object, start, depth + 1, {});
  } else if (shape == Shape::engine && entries == 0 && !is_engine) {
    read_engine(object, depth + 1);
  } else {
    for (auto result : object) {
      ondemand::field field = take(std::move(result));
      take_key(field);
      visit(field.value(), depth + 1);
    }
    context.note(PlanOddity::ignored_document, {},
                 shape == Shape::other ? "this document holds no layer; it is left out"
                                       : "this document is read no more: another engine, or a "
                                         "layer beside a whole engine");
  }
}

void PlanWalk::read_layer(ondemand::object object, const char* start, int depth,
                          std::string_view fallback_name) {
  clear_layer();
  layer_.name = fallback_name;
  if (!reader_.read(object, depth, layer_)) {
    context.note(PlanOddity::no_layer_field, {}, "no field of a layer in it; it is left out");
    return;
  }
  const std::string_view span = span_of(start, location(*document_, text_.data() + text_.size()));
  layer_.byte_offset = span.data() - text_.data();
  layer_.byte_length = static_cast<std::int64_t>(span.size());
  if (layer_.name.empty()) {
    context.note(PlanOddity::layer_without_name, {}, "a layer without a name");
  }
  if (!reader_.has_details()) ++named_layers;
  add();
}

// The memory of its tensors' dimensions serves the next layer's.
void PlanWalk::clear_layer() {
  for (std::vector<RawTensor>* list : {&layer_.inputs, &layer_.outputs, &layer_.constants}) {
    for (RawTensor& tensor : *list) {
      tensor.dims.clear();
      context.spare_dims.push_back(std::move(tensor.dims));
    }
  }
  layer_.clear();
}

void PlanWalk::read_name(std::string_view name) {
  clear_layer();
  layer_.name = name;
  ++named_layers;
  add();
}

void PlanWalk::add() {
  ++file_layers;
  layer_.index = entries - 1;
  layer_.opt_profile = opt_profile_of(layer_.name);
  ++layers_of_profile[layer_.opt_profile];
  if (layer_.opt_profile != opt_profile_) return;
  ++kept_layers;
  builder.add_layer(layer_);
}

void PlanWalk::read_attribute(PlanField field) {
  const std::string_view token = field.value.raw_json_token();
  const bool is_scalar = take(field.value.is_scalar());
  visit(field.value, field.depth);
  const char* end = text_.data() + text_.size();
  const std::string_view span =
      is_scalar ? trim(token) : span_of(token.data(), location(*document_, end));
  if (span.size() > largest_attribute_bytes) {
    context.note(PlanOddity::large_attribute, field.key,
                 fmt::format("more than {} MiB; it is left out", largest_attribute_bytes >> 20));
    return;
  }
  Json value = parse_json(span, file_);
  const bool is_verbosity = find_plan_key(field.key).key == PlanKey::profiling_verbosity;
  if (is_verbosity && value.text() != nullptr) verbosity = *value.text();
  attributes.emplace_back(std::string(field.key), std::move(value));
}

}  // namespace trex
