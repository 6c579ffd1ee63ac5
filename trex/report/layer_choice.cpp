// Which layer a user means.

// SPDX-License-Identifier: Apache-2.0
#include "trex/report/layer_choice.hpp"

#include <fmt/format.h>

#include "trex/base/error.hpp"
#include "trex/base/regex.hpp"
#include "trex/base/suggest.hpp"
#include "trex/base/text.hpp"

namespace trex::report {
namespace {

constexpr std::size_t candidates_said = 8;
constexpr std::size_t names_compared = 2000;  // edit distances are not cheap
constexpr int name_width = 60;

template <class Matches>
std::vector<Row> rows_that(const Engine& engine, Matches matches) {
  const View<std::string_view> name = engine.layers[layer::name];
  std::vector<Row> rows;
  for (Row row = 0; row < engine.layer_count(); ++row) {
    if (matches(name[row])) rows.push_back(row);
  }
  return rows;
}

[[noreturn]] void fail_ambiguous(const Engine& engine, std::string_view text,
                                 const std::vector<Row>& rows) {
  std::vector<std::string> said;
  for (const Row row : rows) {
    if (said.size() == candidates_said) {
      said.push_back("...");
      break;
    }
    said.push_back(fmt::format("{} '{}'", *engine.layers[layer::index][row],
                               shorten_middle(engine.layers[layer::name][row], name_width)));
  }
  fail("'{}' may be {} layers: {}; give the index or more of the name", text, rows.size(),
       join(said, ", "));
}

std::optional<Row> row_of_index(const Engine& engine, std::int64_t index) {
  const View<std::int64_t> indices = engine.layers[layer::index];
  for (Row row = 0; row < engine.layer_count(); ++row) {
    if (indices[row] == index) return row;
  }
  return std::nullopt;
}

std::vector<Row> rows_matching(const Engine& engine, std::string_view pattern) {
  try {
    const Regex regex(pattern, true);
    return rows_that(engine, [&](std::string_view name) { return regex.matches_part_of(name); });
  } catch (const Error&) {
    return {};  // no expression at all: then it was meant as a name
  }
}

}  // namespace

void expect_layers(const Engine& engine) {
  if (engine.verbosity != Verbosity::unknown || engine.layer_count() > 0) return;
  fail(
      "{}: no graph and no profile, so no layer is known; write them with trtexec "
      "--exportLayerInfo=FILE --exportProfile=FILE and give them, too",
      printable(engine.name));
}

Row choose_layer(const Engine& engine, std::string_view text) {
  expect_layers(engine);
  std::vector<Row> rows = rows_that(engine, [&](std::string_view name) { return name == text; });
  if (rows.size() == 1) return rows[0];
  if (rows.size() > 1) fail_ambiguous(engine, text, rows);

  if (const std::optional<std::int64_t> index = parse_integer(text)) {
    if (const std::optional<Row> row = row_of_index(engine, *index)) return *row;
  }
  rows =
      rows_that(engine, [&](std::string_view name) { return contains_ignoring_case(name, text); });
  if (rows.empty()) rows = rows_matching(engine, text);
  if (rows.size() == 1) return rows[0];
  if (rows.size() > 1) fail_ambiguous(engine, text, rows);

  std::vector<std::string> names;
  const View<std::string_view> name = engine.layers[layer::name];
  for (Row row = 0; row < engine.layer_count() && names.size() < names_compared; ++row) {
    names.push_back(shorten_middle(name[row], name_width));
  }
  const std::optional<std::string> near = nearest(text, names);
  fail("no layer '{}'{}; trex layers lists them", text,
       near ? fmt::format(", did you mean '{}'?", *near) : "");
}

std::pair<Row, Row> choose_path(const Engine& engine, std::string_view text) {
  constexpr int most_cuts = 100;  // each looks through all names
  const auto layer_named = [&](std::string_view side) { return choose_layer(engine, trim(side)); };
  const std::size_t first = text.find("..");
  if (first == std::string_view::npos) fail("a path is A..B, not '{}'", text);
  std::size_t cut = first;
  for (int i = 0; i < most_cuts && cut != std::string_view::npos; ++i) {
    try {
      return {layer_named(text.substr(0, cut)), layer_named(text.substr(cut + 2))};
    } catch (const Error&) {
      cut = text.find("..", cut + 1);
    }
  }
  return {layer_named(text.substr(0, first)), layer_named(text.substr(first + 2))};
}

}  // namespace trex::report
