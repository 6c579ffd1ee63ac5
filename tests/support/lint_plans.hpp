// Plans as JSON, for rules that look at attributes that no column holds.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "trex/load/plan.hpp"

namespace trex::lint::test {

// One tensor: tensor_json("x", "1,8,4,4", "Half").
inline std::string tensor_json(const std::string& name, const std::string& dims,
                               const std::string& format) {
  return R"({"Name":")" + name + R"(","Dimensions":[)" + dims + R"(],"Format/Datatype":")" +
         format + R"("})";
}

// One layer; `more` are further members, such as R"("NbOperations":1)".
inline std::string layer_json(const std::string& name, const std::string& type,
                              const std::string& input, const std::string& output,
                              const std::string& more) {
  return R"({"Name":")" + name + R"(","LayerType":")" + type + R"(","ParameterType":")" + type +
         R"(",)" + more + R"(,"Inputs":[)" + input + R"(],"Outputs":[)" + output + "]}";
}

// An engine of these layers, with a comma between them.
inline Engine plan_of(const std::string& layers, const std::string& bindings) {
  const std::string text = R"({"Layers":[)" + layers + R"(],"Bindings":[)" + bindings + "]}";
  return load_plan(Bytes::from(text), "plan.json", std::nullopt);
}

}  // namespace trex::lint::test
