// Engines that are open, and what is known of them.

// SPDX-License-Identifier: Apache-2.0
#include "trex/page/session.hpp"

#include <algorithm>

#include "trex/base/error.hpp"
#include "trex/report/layer_choice.hpp"
#include "trex/report/layer_table.hpp"

namespace trex::page {
namespace {

template <class Value, class Make>
Value& kept(std::unique_ptr<Value>& place, Make make) {
  if (!place) place = std::make_unique<Value>(make());
  return *place;
}

// Each is a column of every layer, read from the file's text.
constexpr std::size_t most_kept_attributes = 32;

void add_scopes(Table& table, const Scopes& scopes) {
  std::vector<StringId> ids_of_scope;
  ids_of_scope.reserve(scopes.scopes.size());
  for (const Scope& scope : scopes.scopes) {
    ids_of_scope.push_back(table.strings()->intern(scope.path));
  }
  std::vector<StringId> ids;
  ids.reserve(table.row_count());
  for (const ScopeId scope : scopes.scope_of) ids.push_back(ids_of_scope[scopes.named(scope)]);
  table.add(layer_extra::scope, std::move(ids));
}

void add_unknown_counts(Table& table) {
  table.add(layer_extra::findings, std::vector<std::int64_t>(table.row_count(), null_integer));
}

// A finding that names a layer twice counts once; it lists each layer once.
void add_finding_counts(Table& table, const lint::Result& result) {
  std::vector<std::int64_t> counts(table.row_count(), 0);
  for (const lint::Finding& finding : result.findings) {
    for (const Row row : finding.layers) ++counts[row];
  }
  table.add(layer_extra::findings, std::move(counts));
}

}  // namespace

OpenEngine::OpenEngine(Engine engine) : engine_(std::move(engine)) {}

lint::Run& OpenEngine::lint_run() {
  return kept(lint_run_, [&] {
    const auto rules = lint::rules();
    return lint::Run(context(), {rules.begin(), rules.end()});
  });
}

const lint::Result& OpenEngine::lint() {
  return kept(lint_, [&] { return lint_run().finish(); });
}

std::size_t OpenEngine::lint_step() {
  if (lint_) return 0;
  if (lint_run().left() > 0) lint_run().step();
  return lint_run().left();
}

const lint::Context& OpenEngine::context() {
  if (!context_) context_ = std::make_unique<lint::Context>(engine_, thresholds_);
  return *context_;
}

const Scopes& OpenEngine::scopes() {
  return kept(scopes_, [&] { return scopes_of(engine_); });
}

const Dependencies& OpenEngine::dependencies() {
  return kept(dependencies_, [&] { return trex::dependencies(engine_, false); });
}

compare::ComparedSide& OpenEngine::side() {
  if (!side_) side_ = std::make_unique<compare::ComparedSide>(engine_);
  return *side_;
}

Table& OpenEngine::unjudged() {
  return kept(layers_, [&] {
    Table table = report::layer_table(engine_, {"all"});
    add_scopes(table, scopes());
    add_unknown_counts(table);
    return table;
  });
}

const Table& OpenEngine::layers_before_lint() {
  report::expect_layers(engine_);
  return unjudged();
}

const Table& OpenEngine::any_layers() { return unjudged(); }

const Table& OpenEngine::layers() {
  report::expect_layers(engine_);
  Table& table = unjudged();
  if (!has_finding_counts_) {
    add_finding_counts(table, lint());
    has_finding_counts_ = true;
    layers_and_attributes_.reset();
  }
  return table;
}

const Table& OpenEngine::layers_with(const std::vector<std::string>& names) {
  const bool asks_findings =
      std::find(names.begin(), names.end(), layer_extra::findings.name) != names.end();
  const Table& known = asks_findings || lint_ ? layers() : layers_before_lint();
  const bool full = layers_and_attributes_ && layers_and_attributes_->column_count() >
                                                  known.column_count() + most_kept_attributes;
  if (!layers_and_attributes_ || full) layers_and_attributes_ = std::make_unique<Table>(known);
  report::add_attributes(*layers_and_attributes_, engine_, names);
  return *layers_and_attributes_;
}

std::int64_t Session::add(Engine engine) {
  engines_.emplace(next_, std::make_unique<OpenEngine>(std::move(engine)));
  return next_++;
}

OpenEngine& Session::at(std::int64_t id) {
  const auto found = engines_.find(id);
  if (found == engines_.end()) fail("no engine {} is open", id);
  return *found->second;
}

void Session::close(std::int64_t id) {
  at(id);
  graphs_.close_engine(id);
  engines_.erase(id);
}

}  // namespace trex::page
