// What the page may ask, as one list: a name, and what answers it.
//
// One file a question (call_<name>.cpp). A layer is always its row in Engine::layers. docs/page.md
// lists arguments and answers for whoever writes a view.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "trex/document/document.hpp"
#include "trex/page/answer.hpp"
#include "trex/page/request.hpp"
#include "trex/page/session.hpp"

namespace trex::page {

struct Call {
  std::string_view name;
  std::string_view summary;
  Answer (*answer)(Session& session, const Request& request);
};
std::span<const Call> calls();

// The encoded answer; never throws: what went wrong is {"error": "one line"}.
std::string call(Session& session, std::string_view request_json);

// The engine that the argument names. Throws Error.
OpenEngine& engine_of(Session& session, const Request& request,
                      std::string_view argument = "engine");
// The row that "layer" names. Throws Error for one the engine has not.
Row layer_of(const Engine& engine, const Request& request);
// The document as `trex COMMAND --json` prints it.
Answer document_answer(const Document& document);

Answer open_call(Session& session, const Request& request);
Answer close_call(Session& session, const Request& request);
Answer summary_call(Session& session, const Request& request);
Answer check_call(Session& session, const Request& request);
Answer lint_call(Session& session, const Request& request);
Answer lint_step_call(Session& session, const Request& request);
Answer explain_call(Session& session, const Request& request);
Answer glossary_call(Session& session, const Request& request);
Answer colors_call(Session& session, const Request& request);
Answer columns_call(Session& session, const Request& request);
Answer layers_call(Session& session, const Request& request);
Answer select_call(Session& session, const Request& request);
Answer group_call(Session& session, const Request& request);
Answer render_call(Session& session, const Request& request);
Answer show_call(Session& session, const Request& request);
Answer memory_call(Session& session, const Request& request);
Answer timing_call(Session& session, const Request& request);
Answer roofline_call(Session& session, const Request& request);
Answer source_ops_call(Session& session, const Request& request);
Answer diff_call(Session& session, const Request& request);
Answer compare_call(Session& session, const Request& request);
Answer graph_open_call(Session& session, const Request& request);
Answer graph_toggle_call(Session& session, const Request& request);
Answer graph_reveal_call(Session& session, const Request& request);
Answer graph_find_call(Session& session, const Request& request);
Answer graph_svg_call(Session& session, const Request& request);
Answer graph_close_call(Session& session, const Request& request);

}  // namespace trex::page
