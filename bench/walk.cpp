// Strings are found but not unescaped or copied: a reader may keep them where they are.

// SPDX-License-Identifier: Apache-2.0

#include "bench/walk.hpp"

#include <simdjson.h>

#include "trex/base/error.hpp"

namespace trex::bench {
namespace {

namespace od = simdjson::ondemand;

template <class Value>
void walk(Value&& value, Walked& walked) {
  ++walked.values;
  switch (static_cast<od::json_type>(value.type())) {
    case od::json_type::array:
      for (auto element : value.get_array()) walk(element.value(), walked);
      break;
    case od::json_type::object:
      for (auto field : value.get_object()) walk(field.value().value(), walked);
      break;
    case od::json_type::number:
      walked.sum += value.get_double().value();
      break;
    case od::json_type::string:
      static_cast<void>(value.get_raw_json_string().value());
      break;
    case od::json_type::boolean:
      walked.sum += value.get_bool().value() ? 1 : 0;
      break;
    default:
      static_cast<void>(value.is_null());
      break;
  }
}

}  // namespace

Walked bare_walk(const Bytes& text) {
  static_assert(Bytes::padding >= simdjson::SIMDJSON_PADDING);
  const std::string_view view = text.view();
  od::parser parser;
  Walked walked;
  try {
    od::document document =
        parser.iterate(view.data(), view.size(), view.size() + simdjson::SIMDJSON_PADDING);
    walk(document, walked);
  } catch (const simdjson::simdjson_error& error) {
    fail("the walk stopped: {}", error.what());
  }
  return walked;
}

}  // namespace trex::bench
