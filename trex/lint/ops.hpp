// What operations a layer computes, as far as its name and its nodes tell.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <string_view>

#include "trex/lint/context.hpp"

namespace trex::lint {

// Visible, and every element of its output from the same elements of its inputs: PointWise,
// ElementWise, Activation, Unary, Scale, or a generated kernel of nothing else.
bool is_elementwise(const Context& c, Row layer);
// An operation of the generated kernel's name, or the end of one of its source nodes' names, is one
// of these words, in any case: "/layer1/Add_1" ends in "Add".
bool has_operation(const Context& c, Row layer, std::initializer_list<std::string_view> words);
// The end of one of its source nodes' names begins with one of these words, in any case:
// "/block/clamp_2_min" begins so with "clamp".
bool has_operation_starting(const Context& c, Row layer,
                            std::initializer_list<std::string_view> words);
// The convolution (or GEMM, where asked) that alone feeds this layer and feeds nothing else.
Row sole_producer(const Context& c, Row layer, unsigned kinds);
// Inputs that are as large as the first output: tensors, not constants of a channel.
std::size_t full_input_count(const Context& c, Row layer);

}  // namespace trex::lint
