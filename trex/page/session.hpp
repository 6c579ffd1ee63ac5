// The engines that a page has open, each with what several calls ask of it, computed once.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "trex/compare/difference.hpp"
#include "trex/lint/context.hpp"
#include "trex/lint/lint.hpp"
#include "trex/model/engine.hpp"
#include "trex/model/regions.hpp"
#include "trex/model/scopes.hpp"
#include "trex/page/graph_sessions.hpp"

namespace trex::page {

namespace layer_extra {  // columns of the page's layer table beside those of the report
inline constexpr Key<std::string_view> scope{"scope", Unit::none,
                                             "block of the network it belongs to"};
inline constexpr Key<std::int64_t> findings{"findings", Unit::count,
                                            "findings of lint that name it"};
}  // namespace layer_extra

class OpenEngine {
 public:
  explicit OpenEngine(Engine engine);

  const Engine& engine() const { return engine_; }

  // Each is computed when it is first asked for. References stay valid while this lives.
  const lint::Result& lint();
  // Prepares lint() by one more rule; how many are left. 0: lint() only has to settle.
  std::size_t lint_step();
  const lint::Context& context();
  const Scopes& scopes();
  const Dependencies& dependencies();  // NoOps not folded, as `trex show` tells them
  compare::ComparedSide& side();
  // Every layer (hidden ones too) with every column of `trex layers --columns all`, then the
  // extras. Throws Error where no file says what layers there are.
  const Table& layers();
  // The same, where the findings are unknown until lint() was asked for.
  const Table& layers_before_lint();
  const Table& any_layers();  // that, of no rows where no file says
  // The same with the columns that `names` may mean: attributes of the file too. Those asked for
  // lately are kept; the reference stays valid until the next such question.
  const Table& layers_with(const std::vector<std::string>& names);

 private:
  lint::Run& lint_run();
  Table& unjudged();

  Engine engine_;
  lint::Thresholds thresholds_;
  std::unique_ptr<lint::Result> lint_;
  std::unique_ptr<lint::Context> context_;
  std::unique_ptr<lint::Run> lint_run_;
  std::unique_ptr<Scopes> scopes_;
  std::unique_ptr<Dependencies> dependencies_;
  std::unique_ptr<compare::ComparedSide> side_;
  std::unique_ptr<Table> layers_, layers_and_attributes_;
  bool has_finding_counts_ = false;  // of layers_
};

class Session {
 public:
  std::int64_t add(Engine engine);  // its id, from 0
  // Throws Error for an id that is not open.
  OpenEngine& at(std::int64_t id);
  void close(std::int64_t id);
  std::size_t size() const { return engines_.size(); }
  GraphSessions& graphs() { return graphs_; }

 private:
  std::map<std::int64_t, std::unique_ptr<OpenEngine>> engines_;
  std::int64_t next_ = 0;
  GraphSessions graphs_;  // ends before the engines that its graphs are of
};

}  // namespace trex::page
