// The engine: everything the files say of one TensorRT engine, as columnar tables.
//
// Row numbers are the links. `layers` holds every row of the file for the chosen optimization
// profile, in execution order, folded ones (NoOp ...) too: `hidden` marks them. A layer's tensors
// stand together in `tensors`: inputs, then outputs, then constants. Everything that is not a
// column is still there: `attributes(engine, row)` reads the layer's own JSON again.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "trex/base/file.hpp"
#include "trex/base/json.hpp"
#include "trex/model/format.hpp"
#include "trex/model/gpu.hpp"
#include "trex/table/table.hpp"

namespace trex {

namespace layer {
using T = std::string_view;
using I = std::int64_t;
inline constexpr Key<I> index{"index", Unit::none, "row of the layer in the file, from 0"};
inline constexpr Key<T> name{"name", Unit::none, "name, as TensorRT wrote it"};
inline constexpr Key<T> type{"type", Unit::none, "ParameterType, else LayerType"};
inline constexpr Key<T> subtype{"subtype", Unit::none, "LayerType: which implementation"};
inline constexpr Key<T> tactic{"tactic", Unit::none, "name of the kernel that was chosen"};
inline constexpr Key<T> tactic_value{"tactic_value", Unit::none, "TacticValue: the kernel's id"};
inline constexpr Key<T> precision{"precision", Unit::none, "datatype its math runs in"};
inline constexpr Key<T> precision_reason{"precision_reason", Unit::none,
                                         "what decided the precision"};
inline constexpr Key<T> input_precision{"input_precision", Unit::none,
                                        "datatype of the first input that carries data"};
inline constexpr Key<T> output_precision{"output_precision", Unit::none,
                                         "datatype of the first output"};
inline constexpr Key<double> time_ms{"time_ms", Unit::milliseconds, "mean time per inference"};
inline constexpr Key<double> median_ms{"median_ms", Unit::milliseconds,
                                       "median time per inference"};
inline constexpr Key<double> total_ms{"total_ms", Unit::milliseconds,
                                      "time over all profiled inferences"};
inline constexpr Key<double> share{"share", Unit::fraction,
                                   "part of the sum of time_ms over all profile rows"};
inline constexpr Key<I> io_bytes{"io_bytes", Unit::bytes, "each input and output, once"};
inline constexpr Key<I> weights_bytes{"weights_bytes", Unit::bytes, "weights and bias"};
inline constexpr Key<I> footprint_bytes{"footprint_bytes", Unit::bytes,
                                        "io_bytes plus weights_bytes"};
inline constexpr Key<Texts> source_ops{"source_ops", Unit::none,
                                       "ONNX or framework nodes it was made from"};
inline constexpr Key<T> metadata{"metadata", Unit::none, "Metadata, as TensorRT wrote it"};
inline constexpr Key<T> origin{"origin", Unit::none, "why a Reformat was made: QDQ, CONCAT ..."};
inline constexpr Key<T> activation{"activation", Unit::none, "fused activation"};
inline constexpr Key<I> stream{"stream", Unit::none, "StreamId: CUDA stream it runs on"};
inline constexpr Key<T> device{"device", Unit::none, "GPU, or DLA"};
inline constexpr Key<T> device_reason{"device_reason", Unit::none,
                                      "what the log says of its placement"};
inline constexpr Key<I> opt_profile{"opt_profile", Unit::none, "optimization profile"};
inline constexpr Key<T> weights_type{"weights_type", Unit::none, "datatype of the weights"};
inline constexpr Key<I> weights_count{"weights_count", Unit::count, "number of weights, no bias"};
inline constexpr Key<bool> hidden{"hidden", Unit::none,
                                  "left out by default: NoOp, Constant, shape_call, signal, wait"};
inline constexpr Key<I> byte_offset{"byte_offset", Unit::bytes,
                                    "where its JSON begins in the graph file"};
inline constexpr Key<I> byte_length{"byte_length", Unit::bytes, "length of its JSON"};
}  // namespace layer

namespace tensor {
using T = std::string_view;
using I = std::int64_t;
inline constexpr Key<I> layer{"layer", Unit::none, "row of its layer in `layers`"};
inline constexpr Key<T> role{"role", Unit::none, "input, output or constant"};
inline constexpr Key<I> port{"port", Unit::none, "place among the layer's inputs or outputs"};
inline constexpr Key<T> name{"name", Unit::none, "name of the tensor (its region)"};
inline constexpr Key<I> region{"region", Unit::none, "row in `regions`"};
inline constexpr Key<Integers> dims{"dims", Unit::none, "dimensions; -1 is dynamic"};
inline constexpr Key<T> format{"format", Unit::none, "datatype and layout, in short"};
inline constexpr Key<I> format_id{"format_id", Unit::none, "index into Engine::formats"};
inline constexpr Key<T> datatype{"datatype", Unit::none, "datatype"};
inline constexpr Key<T> location{"location", Unit::none, "Device or Host"};
inline constexpr Key<I> bytes{"bytes", Unit::bytes, "bytes of this view, with padding"};
inline constexpr Key<bool> bytes_lower_bound{"bytes_lower_bound", Unit::none,
                                             "layout unknown: padding is not counted"};
}  // namespace tensor

namespace region {  // one row a distinct tensor name
using T = std::string_view;
using I = std::int64_t;
inline constexpr Key<T> name{"name", Unit::none, "name of the tensor"};
inline constexpr Key<I> bytes{"bytes", Unit::bytes, "bytes of its widest view"};
inline constexpr Key<I> writer_count{"writer_count", Unit::count, "layers that write it"};
inline constexpr Key<I> reader_count{"reader_count", Unit::count, "layers that read it"};
inline constexpr Key<bool> binding{"binding", Unit::none, "engine input or output"};
}  // namespace region

namespace binding {  // one row an engine input or output
using T = std::string_view;
using I = std::int64_t;
inline constexpr Key<T> name{"name", Unit::none, "name"};
inline constexpr Key<T> mode{"mode", Unit::none, "input or output; empty when not known"};
inline constexpr Key<T> datatype{"datatype", Unit::none, "datatype"};
inline constexpr Key<T> format{"format", Unit::none, "datatype and layout, in short"};
inline constexpr Key<Integers> dims{"dims", Unit::none, "dimensions; -1 is dynamic"};
inline constexpr Key<I> bytes{"bytes", Unit::bytes, "bytes, with padding"};
inline constexpr Key<T> location{"location", Unit::none, "Device or Host"};
inline constexpr Key<bool> shape_inference{"shape_inference", Unit::none,
                                           "IsShapeInferenceIO: its values are shapes"};
inline constexpr Key<I> opt_profile{"opt_profile", Unit::none, "optimization profile"};
inline constexpr Key<Integers> min_dims{"min_dims", Unit::none, "smallest shape of the profile"};
inline constexpr Key<Integers> opt_dims{"opt_dims", Unit::none, "shape it is tuned for"};
inline constexpr Key<Integers> max_dims{"max_dims", Unit::none, "largest shape of the profile"};
}  // namespace binding

namespace source_op {  // one row a distinct ONNX or framework node
using T = std::string_view;
using I = std::int64_t;
inline constexpr Key<T> name{"name", Unit::none, "name of the node"};
inline constexpr Key<I> layer_count{"layer_count", Unit::count, "layers that name it"};
}  // namespace source_op

namespace timing {  // one row an inference; absent columns are not in the file
inline constexpr Key<double> latency_ms{"latency_ms", Unit::milliseconds,
                                        "H2D + compute + D2H of one inference"};
inline constexpr Key<double> compute_ms{"compute_ms", Unit::milliseconds, "GPU compute"};
inline constexpr Key<double> h2d_ms{"h2d_ms", Unit::milliseconds, "host to device copies"};
inline constexpr Key<double> d2h_ms{"d2h_ms", Unit::milliseconds, "device to host copies"};
inline constexpr Key<double> end_to_end_ms{"end_to_end_ms", Unit::milliseconds,
                                           "7.x: first copy to last copy"};
inline constexpr Key<double> start_enqueue_ms{"start_enqueue_ms", Unit::milliseconds, ""};
inline constexpr Key<double> end_enqueue_ms{"end_enqueue_ms", Unit::milliseconds, ""};
inline constexpr Key<double> start_h2d_ms{"start_h2d_ms", Unit::milliseconds, ""};
inline constexpr Key<double> end_h2d_ms{"end_h2d_ms", Unit::milliseconds, ""};
inline constexpr Key<double> start_compute_ms{"start_compute_ms", Unit::milliseconds, ""};
inline constexpr Key<double> end_compute_ms{"end_compute_ms", Unit::milliseconds, ""};
inline constexpr Key<double> start_d2h_ms{"start_d2h_ms", Unit::milliseconds, ""};
inline constexpr Key<double> end_d2h_ms{"end_d2h_ms", Unit::milliseconds, ""};
}  // namespace timing

// Something odd that was tolerated.
struct Note {
  std::string file;
  std::string path;  // JSON path or "line N"; may be empty
  std::string message;
  bool operator==(const Note&) const = default;
};

// At most 8 dimensions (TensorRT's limit): kernel sizes, strides.
struct SmallDims {
  std::array<std::int32_t, 8> values{};
  std::uint8_t rank = 0;
  std::span<const std::int32_t> span() const { return {values.data(), rank}; }
};

// A convolution's or deconvolution's parameters, also of a fused ConvActPool.
struct ConvolutionAttributes {
  Row layer = no_row;
  SmallDims kernel, stride, dilation, pre_padding, post_padding;
  std::int64_t out_maps = null_integer;
  std::int64_t groups = 1;
  bool transposed = false;
  bool has_residual = false;
  bool has_sparse_weights = false;
  bool has_dynamic_filter = false;
};

// One weights-like entry: which key it stood under ("Weights", "Bias", "ConvWeights" ...).
struct Weights {
  std::string_view key;  // in the engine's pool
  Datatype type = Datatype::unknown;
  std::string_view raw_type;
  std::int64_t count = 0;
};

// How much the engine was built to tell of itself; unknown where no graph file says.
enum class Verbosity : std::uint8_t { detailed, names_only, none, unknown };

// How the profile was joined with the layers.
struct ProfileFacts {
  bool present = false;
  std::string file;
  std::string kind;                        // "trtexec", "Torch-TensorRT"
  std::int64_t iterations = null_integer;  // {"count": N}
  std::int64_t rows = 0;
  std::int64_t matched_rows = 0;
  std::string joined_by;               // "name", "order", "index"
  double layer_time_ms = null_real;    // sum of the means over ALL rows, matched or not
  std::vector<std::string> unmatched;  // names of profile rows that no layer has
};

// Key-value sections of a log or of metadata JSON: ("Build Options", "Precision") -> "FP32+FP16".
// Values keep their colons. Lists and numbers of metadata JSON stay Json.
struct MetadataEntry {
  std::string section;  // TREx's names: model_options, build_options, device_information,
                        // performance_summary, inference_options, reporting_options, system_options
  std::string key;
  Json value;
  std::string file;
};

// Latency statistics of the log, by name: "Latency" -> {min, max, mean, median, percentile 99 ...}.
struct LatencySummary {
  std::string name;  // "Latency", "Enqueue Time", "H2D Latency", "GPU Compute Time", ...
  double min = null_real, max = null_real, mean = null_real, median = null_real;
  std::vector<std::pair<double, double>> percentiles;  // (99, 0.376)
};

// A fact that the library's own lines state: engine size, memory, build time.
struct LogFact {
  std::string name;  // "engine_bytes", "build_seconds", "peak_gpu_bytes", "activation_bytes" ...
  double value = null_real;
  std::string unit;  // "B", "s", ""
  std::string text;  // where it is no number
  std::string file;
  std::int64_t line = 0;
};

struct Metadata {
  std::vector<MetadataEntry> entries;
  std::vector<LatencySummary> latencies;
  std::vector<LogFact> facts;
  std::string tensorrt_version;  // "8.6.1", "10.13.0"; "" when no file says
  std::string command_line;      // after "# trtexec"; "" when no log was given
  const Json* find(std::string_view section, std::string_view key) const;
  const LatencySummary* latency(std::string_view name) const;
};

struct SourceFile {
  std::string kind;  // "graph", "profile", "timing", "profile metadata", "build log", ...
  std::string path;
  std::string how;  // "named", "sibling", "content"
};

struct Engine {
  std::string name;
  std::string schema;  // "TensorRT 8.2-8.5", "TensorRT 8.6-10.x", "TensorRT 11.x" ...
  Verbosity verbosity = Verbosity::detailed;
  std::string verbosity_source;  // "ProfilingVerbosity", "layers are plain names" ...
  std::int64_t file_layer_count = 0;
  int opt_profile = 0;  // the one that was loaded
  int opt_profile_count = 1;

  std::shared_ptr<StringPool> strings = std::make_shared<StringPool>();
  Table layers{strings}, tensors{strings}, regions{strings}, bindings{strings}, source_ops{strings};
  // The bindings of every optimization profile, a row each; no rows where there is but one profile.
  // `bindings` are those of `opt_profile`.
  Table profile_bindings{strings};
  std::vector<Format> formats;
  std::vector<ConvolutionAttributes> convolutions;
  std::vector<Json::Member> engine_attributes;  // further top-level keys: "Engine Metadata" ...

  // Ranges into `tensors` by layer row; size layers + 1 (offsets).
  std::vector<std::uint32_t> first_input, first_output, first_constant;
  // Ranges into `weights` by layer row; size layers + 1.
  std::vector<std::uint32_t> first_weights;
  std::vector<Weights> weights;
  std::vector<Row> convolution_of;  // by layer row: index into `convolutions`, or no_row

  ProfileFacts profile;
  Table timing;  // no rows when no timing file was given
  std::string timing_file;
  Metadata profile_metadata, build_metadata;
  std::vector<SourceFile> sources;
  std::vector<Note> notes;
  Bytes graph_text;  // what layer::byte_offset points into

  std::size_t layer_count() const { return layers.row_count(); }
  struct RowRange {
    Row first, last;  // [first, last)
    std::size_t size() const { return last - first; }
    bool empty() const { return first == last; }
    Row operator[](std::size_t i) const { return first + static_cast<Row>(i); }
    struct iterator {
      Row row;
      Row operator*() const { return row; }
      iterator& operator++() {
        ++row;
        return *this;
      }
      bool operator!=(const iterator& o) const { return row != o.row; }
      bool operator==(const iterator& o) const { return row == o.row; }
    };
    iterator begin() const { return {first}; }
    iterator end() const { return {last}; }
  };
  // Rows of `tensors`.
  RowRange inputs(Row layer) const { return {first_input[layer], first_output[layer]}; }
  RowRange outputs(Row layer) const { return {first_output[layer], first_constant[layer]}; }
  RowRange constants(Row layer) const { return {first_constant[layer], first_input[layer + 1]}; }
  std::span<const Weights> weights_of(Row layer) const {
    return {weights.data() + first_weights[layer], weights.data() + first_weights[layer + 1]};
  }
  const ConvolutionAttributes* convolution(Row layer) const {
    return convolution_of[layer] == no_row ? nullptr : &convolutions[convolution_of[layer]];
  }
};

// The layer's whole JSON object, every field in the file's order. For a names-only engine:
// {"Name": ...}.
Json attributes(const Engine& engine, Row layer);
// First row with that name; nothing when absent.
std::optional<Row> find_layer(const Engine& engine, std::string_view name);
// The GPU as metadata and logs describe it, completed from the GPU table.
Device device_of(const Engine& engine);

}  // namespace trex
