// `trex explain`: a word of TensorRT's plans, or one layer of an engine, in plain words.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "trex/document/document.hpp"
#include "trex/lint/lint.hpp"
#include "trex/lint/rule.hpp"
#include "trex/model/engine.hpp"

namespace trex::report {

// A rule (id or code), a layer type, a naming convention, a tensor format, a kernel name or a part
// of one. Keys: word, kind, text, sources. Nothing when the word is not known.
std::optional<Document> explain_word(std::string_view word);
[[noreturn]] void fail_unknown_word(std::string_view word);  // with "did you mean"
// Everything that can be explained: rules and words.
Document explain_list();

// One layer: what it is; of a Reformat also why it is there and what would remove it.
Document explain_layer(const Engine& engine, Row layer);
// The same of what is at hand.
Document explain_layer(const lint::Context& context, const lint::Result& findings, Row layer);

// The documentation page of a rule, Markdown.
std::string rule_page(const lint::Rule& rule);

}  // namespace trex::report
