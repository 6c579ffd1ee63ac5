// `trex layers`: the layer table, filtered, sorted, grouped.

// SPDX-License-Identifier: Apache-2.0
#include "trex/base/error.hpp"
#include "trex/cli/engine_options.hpp"
#include "trex/cli/parse.hpp"
#include "trex/report/aggregates.hpp"
#include "trex/report/layer_table.hpp"
#include "trex/report/layers_report.hpp"

namespace trex::cli {
namespace {

struct Options : EngineOptions {
  std::string where;
  std::vector<std::string> sort, columns, group_by, aggregates;
  std::optional<std::int64_t> top;
  bool all = false;
};

std::vector<Flag> flags(Options& o) {
  const std::vector<std::string>& columns = report::contract_columns();
  std::vector<std::string> aggregates = report::aggregate_names();
  return with_engine_flags(
      {
          {"ENGINE...", &o.engines, "the engine"},
          {"--where EXPR", &o.where, "only layers for which this holds; see below"},
          {"--sort COL",
           &o.sort,
           "numbers from the largest, names from A; COL:asc, COL:desc or -COL; several by commas",
           {},
           columns},
          {"--top N", &o.top, "the first N; the slowest when nothing sorts"},
          {"--columns A,B",
           &o.columns,
           "these columns; +A beside the usual ones; all; attributes of the file too (Kernel)",
           {},
           columns},
          {"--all", &o.all,
           "hidden layers too: NoOp, Constant, shape_call ...; JSON has each one's own as 'raw'"},
          {"--group-by COL",
           &o.group_by,
           "one row a distinct value; several by commas",
           {},
           columns},
          {"--agg F:COL",
           &o.aggregates,
           "of each group: sum, mean, median, min, max, count or any; several by commas",
           {},
           aggregates},
      },
      o);
}

ExitCode run(const Options& o, Io& io) {
  report::LayersQuery query;
  query.where = o.where;
  query.sort = listed(o.sort);
  query.top = o.top;
  query.columns = listed(o.columns);
  query.all = o.all;
  query.group_by = listed(o.group_by);
  query.aggregates = listed(o.aggregates);
  if (o.top && *o.top < 0) fail("--top takes a number of rows, not {}", *o.top);
  io.show(report::layers_report(load_one_engine(o, "layers", io), query));
  return ExitCode::success;
}

constexpr std::string_view grammar =
    "--where takes comparisons of columns, joined by and, or, not and parentheses:\n"
    "  time_ms > 0.01 and type == \"Convolution\"\n"
    "  name ~ \"attn|mlp\"                   a regular expression, part of the name\n"
    "  precision in (\"FP16\", \"INT8\") or tactic is null\n"
    "  macs >= 1e9 and not bound == 'memory'\n"
    "An unknown value makes any comparison false; 'is null' asks for it. Columns are\n"
    "those of --columns all, and attributes of the file (Kernel, Weights.Count).\n";

}  // namespace

Command layers_command() {
  Command result = command<Options>(
      "layers", "the layer table: filter, sort, group",
      {{"trex layers resnet.graph.json --top 10", "the ten slowest layers"},
       {"trex layers resnet.graph.json --where 'type == \"Reformat\"' --sort time_ms",
        "what the format changes cost"},
       {"trex layers resnet.graph.json --group-by type,precision", "where the time goes"},
       {"trex layers resnet.graph.json --columns name,Kernel,Stride,macs,efficiency",
        "attributes of the file beside our figures"},
       {"trex layers resnet.graph.json --format csv > layers.csv", "for a spreadsheet"}},
      flags, run);
  static const std::string more = std::string(grammar) + "\n" + std::string(engine_help);
  result.more = more;
  return result;
}

}  // namespace trex::cli
