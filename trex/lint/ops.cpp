// Names are read, so an answer is a likelihood: a user may call a node anything.

// SPDX-License-Identifier: Apache-2.0
#include "trex/lint/ops.hpp"

#include <algorithm>

#include "trex/base/text.hpp"

namespace trex::lint {
namespace {

// "/layer1/Add_1" -> "Add"; "aten::add" -> "add".
std::string_view leaf_of(std::string_view op) {
  const std::size_t slash = op.find_last_of("/:");
  if (slash != std::string_view::npos) op = op.substr(slash + 1);
  const std::size_t end = op.find_last_not_of("0123456789");
  if (end != std::string_view::npos && end + 1 < op.size() && op[end] == '_')
    op = op.substr(0, end);
  return op;
}

}  // namespace

bool is_elementwise(const Context& c, Row layer) {
  return c.is(layer, elementwise) && !c.hidden(layer);
}

bool has_operation(const Context& c, Row layer, std::initializer_list<std::string_view> words) {
  const auto operations = c.operations(layer);
  if (!operations.empty()) return any_is_one_of(operations, words);
  const TextList ops = c.engine.layers[layer::source_ops][layer];
  for (std::size_t i = 0; i < ops.size(); ++i) {
    if (is_one_of(leaf_of(ops[i]), words)) return true;
  }
  return false;
}

bool has_operation_starting(const Context& c, Row layer,
                            std::initializer_list<std::string_view> words) {
  const TextList ops = c.engine.layers[layer::source_ops][layer];
  for (std::size_t i = 0; i < ops.size(); ++i) {
    const std::string_view leaf = leaf_of(ops[i]);
    for (const std::string_view word : words) {
      if (equals_ignoring_case(leaf.substr(0, word.size()), word)) return true;
    }
  }
  return false;
}

Row sole_producer(const Context& c, Row layer, unsigned kinds) {
  const auto before = c.predecessors(layer);
  if (before.size() != 1 || c.successors(before.front()).size() != 1) return no_row;
  return c.is(before.front(), static_cast<Kind>(kinds)) && !c.hidden(before.front())
             ? before.front()
             : no_row;
}

std::size_t full_input_count(const Context& c, Row layer) {
  const Row output = c.first_output(layer);
  if (output == no_row) return 0;
  const auto size = c.dims(output);
  std::size_t count = 0;
  for (const Row input : c.engine.inputs(layer)) {
    const auto dims = c.dims(input);
    if (std::equal(dims.begin(), dims.end(), size.begin(), size.end())) ++count;
  }
  return count;
}

}  // namespace trex::lint
