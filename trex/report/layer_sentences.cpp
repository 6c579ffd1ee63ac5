// One layer told to people: label and sentence, from its row with every column.

// SPDX-License-Identifier: Apache-2.0
#include "trex/report/layer_sentences.hpp"

#include <fmt/format.h>

#include "trex/analyze/memory.hpp"
#include "trex/analyze/roofline.hpp"
#include "trex/analyze/tactics.hpp"
#include "trex/analyze/work.hpp"
#include "trex/base/text.hpp"
#include "trex/document/units.hpp"

namespace trex::report {
namespace {

class Sentences {
 public:
  Sentences(const Engine& engine, const Table& table, Row row)
      : engine_(engine), table_(table), row_(row) {}

  FactsBlock block() {
    identity();
    time();
    tactic();
    work_and_roofline();
    sizes();
    origin();
    return std::move(block_);
  }

 private:
  void add(const char* label, std::string text) {
    if (text.empty()) return;
    block_.facts.push_back({.key = "", .label = label, .value = std::move(text)});
  }
  // "" when unknown.
  std::string text(Key<std::string_view> key) const { return std::string(table_[key][row_]); }
  template <class T>
  std::string number(Key<T> key) const {
    const std::optional<T> value = table_[key][row_];
    return value ? said(Json(*value), key.unit) : "";
  }
  static void append(std::string& sentence, std::string_view part, std::string_view glue = ", ") {
    if (part.empty()) return;
    if (!sentence.empty()) sentence += glue;
    sentence += part;
  }

  void identity() {
    add("name", text(layer::name));
    std::string type = text(layer::type);
    const std::string subtype = text(layer::subtype);
    if (!subtype.empty() && subtype != type) type += fmt::format(" ({})", subtype);
    if (table_[layer::hidden].is_true(row_)) append(type, "hidden by default");
    add("type", type);
    std::string precision = text(layer::precision);
    const std::string reason = text(layer::precision_reason);
    if (!precision.empty() && !reason.empty()) precision += fmt::format(" ({})", reason);
    const std::string in = text(layer::input_precision), out = text(layer::output_precision);
    if (!in.empty() || !out.empty()) {
      append(precision,
             fmt::format("reads {}, writes {}", in.empty() ? "-" : in, out.empty() ? "-" : out));
    }
    add("precision", precision);
  }

  void time() {
    const View<double> times = table_[layer::time_ms];
    const std::optional<double> mine = times[row_];
    if (!mine) {
      add("time",
          engine_.profile.present ? "unknown: the profile has no such row" : "unknown: no profile");
      return;
    }
    std::size_t rank = 1;
    for (Row other = 0; other < times.size(); ++other) {
      if (times[other].value_or(0) > *mine) ++rank;
    }
    std::string sentence = number(layer::time_ms) + " mean";
    if (const std::string median = number(layer::median_ms); !median.empty()) {
      append(sentence, median + " median");
    }
    append(sentence, fmt::format("rank {}", rank));
    if (const std::string share = number(layer::share); !share.empty()) {
      append(sentence, share + " of the layers' time");
    }
    add("time", sentence);
  }

  void tactic() {
    add("tactic", text(layer::tactic));
    std::string kernel = text(tactics::architecture);
    const std::string m = number(tactics::tile_m), n = number(tactics::tile_n),
                      k = number(tactics::tile_k);
    if (!m.empty() && !n.empty())
      append(kernel, fmt::format("tile {}x{}{}", m, n, k.empty() ? "" : "x" + k));
    if (const std::string stages = number(tactics::stages); !stages.empty()) {
      append(kernel, stages + " stages");
    }
    append(kernel, text(tactics::instruction));
    if (const std::string cores = text(tactics::tensor_core); !cores.empty()) {
      append(kernel, fmt::format("Tensor Cores: {} ({})", cores, text(tactics::tensor_core_rule)));
    }
    add("kernel", kernel);
  }

  void work_and_roofline() {
    std::string sentence = text(work::kind);
    append(sentence, number(work::macs));
    const std::string m = number(work::m), n = number(work::n), k = number(work::k);
    if (!m.empty() && !n.empty() && !k.empty()) {
      append(sentence, fmt::format("GEMM of M {}, N {}, K {}", m, n, k));
      const std::optional<std::int64_t> count = table_[work::gemm_count][row_];
      if (count && *count > 1) append(sentence, fmt::format("{} of them", *count), " ");
    }
    append(sentence, number(work::intensity));
    add("work", sentence);

    std::string rates;
    append(rates, number(work::tflops));
    append(rates, number(work::gbps));
    add("achieved", rates);

    const std::string floor = number(roofline::floor_ms);
    if (floor.empty()) return;
    std::string limit = fmt::format("at least {} on this GPU", floor);
    append(limit, text(roofline::bound) + " bound");
    if (const std::string part = number(roofline::efficiency); !part.empty()) {
      append(limit, fmt::format("reached {} of that speed", part));
    }
    if (const std::string above = number(roofline::recoverable_ms); !above.empty()) {
      append(limit, above + " above the floor");
    }
    add("roofline", limit);
  }

  void sizes() {
    std::string sentence;
    if (const std::string io = number(layer::io_bytes); !io.empty()) {
      append(sentence, io + " inputs and outputs");
    }
    if (const std::string weights = number(layer::weights_bytes); !weights.empty()) {
      append(sentence, weights + " weights");
    }
    if (const std::string live = number(memory::live_bytes); !live.empty()) {
      append(sentence, live + " of activations live at this step");
    }
    add("bytes", sentence);
    std::string weights;
    for (const Weights& entry : engine_.weights_of(row_)) {
      const std::string_view type = datatype_name(entry.type);
      append(weights, fmt::format("{}: {} x {}", entry.key, entry.count,
                                  type.empty() ? entry.raw_type : type));
    }
    add("weights", weights);
    convolution();
  }

  static std::string dims(const SmallDims& value) {
    return value.rank == 0 ? "-" : fmt::format("{}", fmt::join(value.span(), "x"));
  }
  void convolution() {
    const ConvolutionAttributes* attributes = engine_.convolution(row_);
    if (attributes == nullptr) return;
    std::string sentence =
        fmt::format("{} kernel, stride {}, dilation {}", dims(attributes->kernel),
                    dims(attributes->stride), dims(attributes->dilation));
    if (attributes->out_maps != null_integer) {
      append(sentence, fmt::format("{} output maps", attributes->out_maps));
    }
    append(sentence,
           fmt::format("{} group{}", attributes->groups, attributes->groups == 1 ? "" : "s"));
    if (attributes->has_residual) append(sentence, "residual input");
    if (attributes->has_sparse_weights) append(sentence, "sparse weights");
    if (attributes->has_dynamic_filter) append(sentence, "dynamic filter");
    append(sentence, text(layer::activation));
    add(attributes->transposed ? "deconvolution" : "convolution", sentence);
  }

  void origin() {
    const TextList ops = table_[layer::source_ops][row_];
    std::string sentence;
    for (std::size_t i = 0; i < ops.size(); ++i) append(sentence, ops[i]);
    add("made from", sentence);
    add("origin", text(layer::origin));
    std::string place = text(layer::device);
    if (const std::string reason = text(layer::device_reason); !reason.empty()) {
      place += fmt::format(" ({})", reason);
    }
    if (const std::string stream = number(layer::stream); !stream.empty()) {
      append(place, "stream " + stream);
    }
    add("runs on", place);
  }

  const Engine& engine_;
  const Table& table_;
  Row row_;
  FactsBlock block_;
};

}  // namespace

FactsBlock layer_sentences(const Engine& engine, const Table& table, Row row) {
  return Sentences(engine, table, row).block();
}

}  // namespace trex::report
