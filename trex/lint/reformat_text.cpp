// A Reformat's reason in words: what stands on both sides, why they differ, what would remove it.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "trex/lint/reformat_reason.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace {

// Of the binding itself: NoOps may stand between.
std::string_view input_name(const Context& c, Row input) {
  const std::uint32_t g = c.dependencies.generation_of[input];
  if (g == UINT32_MAX) return c.tensor_name(input);
  return c.engine.regions[region::name][c.dependencies.generations[g].region];
}

std::string from_side(const Context& c, const ReformatReason& r) {
  const std::string format = from_text(c, r);
  const std::string what = format.empty() ? "a format that the file does not give" : format;
  if (r.reads_input) {
    return fmt::format("engine input {} is {}", quoted(input_name(c, r.input)), what);
  }
  if (r.producer == no_row) return fmt::format("it reads {}", what);
  if (r.producer_count > 1) {
    return fmt::format("{} write {}", counted(r.producer_count, "layer"), what);
  }
  return fmt::format("{} writes {}", quoted(c.name(r.producer)), what);
}

std::string to_side(const Context& c, const ReformatReason& r) {
  const std::string format = to_text(c, r);
  const std::string what = format.empty() ? "another format" : format;
  if (r.writes_output) {
    return fmt::format("engine output {} is {}", quoted(c.tensor_name(r.output)), what);
  }
  if (r.consumer == no_row) return fmt::format("it writes {}", what);
  if (r.consumer_count > 1) {
    return fmt::format("{} and {} more read {}", quoted(c.name(r.consumer)), r.consumer_count - 1,
                       what);
  }
  return fmt::format("{} reads {}", quoted(c.name(r.consumer)), what);
}

std::string quantize_text(const Context& c, const ReformatReason& r) {
  std::string_view what = "Quantize";
  if (r.cause == ReformatCause::dequantize) what = "Dequantize";
  if (r.cause == ReformatCause::requantize) what = "change of scale";
  if (r.residual == no_row && !r.in_model) return "the two compute in different types";
  if (r.residual == no_row && r.reads_input) {
    return fmt::format("the {} of an engine input is a pass of its own", what);
  }
  if (r.residual == no_row) return fmt::format("no layer took the {} over", what);
  if (r.residual == r.producer) {
    return fmt::format("it adds a float residual, so it cannot take the {} over", what);
  }
  return fmt::format("the residual branch into {} keeps that tensor float",
                     quoted(c.name(r.residual)));
}

std::string cause_text(const Context& c, const ReformatReason& r) {
  switch (r.cause) {
    case ReformatCause::quantize:
    case ReformatCause::dequantize:
    case ReformatCause::requantize:
      return quantize_text(c, r);
    case ReformatCause::concat:
      return "it copies the tensor into its part of a concatenation";
    case ReformatCause::slice:
      return "it copies the part that a slice or reshape keeps";
    case ReformatCause::cast:
      return "a Cast of the model that no layer took over";
    case ReformatCause::input_binding:
    case ReformatCause::output_binding:
      return "the binding's format is not the kernel's";
    case ReformatCause::plugin:
      return fmt::format("plugin {} supports no other format", quoted(c.name(r.plugin)));
    case ReformatCause::precision:
      return r.residual == no_row ? "the two compute in different types"
                                  : "it is the float residual operand of an INT8 convolution";
    case ReformatCause::layout:
      return "the chosen kernels have no layout in common";
    case ReformatCause::copy:
      return "the format stays: the tensor only moves to another place";
    case ReformatCause::elided:
    case ReformatCause::unknown:
      break;
  }
  return "the file does not say more";
}

std::string binding_remedy(const Context& c, const ReformatReason& r) {
  const bool input = r.reads_input;
  const Row inner = input ? r.output : r.input;
  const std::string option = input ? "--inputIOFormats" : "--outputIOFormats";
  const std::string word = inner == no_row ? std::string() : io_format(c.format(inner));
  const std::string_view verb = input ? "feed" : "take";
  if (!word.empty()) return fmt::format("build with {}={} and {} that format", option, word, verb);
  const Row outer = input ? r.input : r.output;
  const bool is_half_linear = outer != no_row && io_format(c.format(outer)) == "fp16:chw";
  std::string_view near = is_half_linear ? "fp16:hwc8" : "fp16:chw or fp16:hwc8";
  if (inner != no_row && c.format(inner).datatype == Datatype::fp32) near = "fp32:hwc";
  if (inner != no_row && c.format(inner).datatype == Datatype::int8) {
    near = "int8:chw4 or int8:chw32";
  }
  return fmt::format("build with {}={}, the nearest that can be asked for, and {} that", option,
                     near, verb);
}

std::string quantize_remedy(const Context& c, const ReformatReason& r) {
  if (r.residual != no_row) {
    return fmt::format("add Q/DQ on the residual input of {}", quoted(c.name(r.residual)));
  }
  if (r.reads_input) {
    return "quantize the input on the host and feed INT8 (" + binding_remedy(c, r) +
           "), or leave the first layer FP16";
  }
  if (!r.in_model) return "let both sides compute in one type";
  if (r.cause == ReformatCause::requantize) return "give both sides one scale and one type";
  if (r.cause == ReformatCause::dequantize) {
    return "quantize what reads it, or move the DQ behind it";
  }
  return "add Q/DQ in front of the layer that writes it, so that it writes the quantized type";
}

}  // namespace

// FP16 NHWC4 is not among them: only kernels of a network's first layer read it.
std::string io_format(const Format& format) {
  std::string_view type;
  if (format.datatype == Datatype::fp32) type = "fp32";
  if (format.datatype == Datatype::fp16) type = "fp16";
  if (format.datatype == Datatype::int8) type = "int8";
  if (type.empty()) return {};
  struct Word {
    std::string_view layout, word;
  };
  constexpr Word words[] = {{"NCHW", "chw"},        {"NC/2HW2", "chw2"},     {"NC/4HW4", "chw4"},
                            {"NC/16HW16", "chw16"}, {"NC/32HW32", "chw32"},  {"NHWC", "hwc"},
                            {"NHWC8", "hwc8"},      {"NHWC16", "hwc16"},     {"NDHWC", "dhwc"},
                            {"NDHWC8", "dhwc8"},    {"NC/32DHW32", "cdhw32"}};
  for (const Word& w : words) {
    if (format.layout == w.layout) return fmt::format("{}:{}", type, w.word);
  }
  return {};
}

std::string_view cause_title(ReformatCause cause) {
  switch (cause) {
    case ReformatCause::elided:
      return "nothing runs";
    case ReformatCause::quantize:
    case ReformatCause::dequantize:
    case ReformatCause::requantize:
      return "Q/DQ";
    case ReformatCause::concat:
      return "concat";
    case ReformatCause::slice:
      return "slice";
    case ReformatCause::cast:
      return "cast";
    case ReformatCause::input_binding:
    case ReformatCause::output_binding:
      return "binding format";
    case ReformatCause::plugin:
      return "plugin";
    case ReformatCause::precision:
      return "precision boundary";
    case ReformatCause::layout:
      return "kernel constraint";
    case ReformatCause::copy:
      return "copy";
    case ReformatCause::unknown:
      break;
  }
  return "unknown";
}

std::string from_text(const Context& c, const ReformatReason& reason) {
  return reason.input == no_row ? std::string() : c.format(reason.input).short_name();
}

std::string to_text(const Context& c, const ReformatReason& reason) {
  return reason.output == no_row ? std::string() : c.format(reason.output).short_name();
}

std::string reason_text(const Context& c, Row layer, const ReformatReason& reason) {
  if (reason.cause == ReformatCause::elided) {
    return "both formats are the same memory here: nothing runs";
  }
  if (reason.cause == ReformatCause::unknown && reason.input == no_row) {
    return fmt::format("{} gives no tensors; its neighbours want different formats",
                       quoted(c.name(layer)));
  }
  return fmt::format("{}, {}: {}", from_side(c, reason), to_side(c, reason), cause_text(c, reason));
}

std::string remedy_text(const Context& c, const ReformatReason& reason) {
  switch (reason.cause) {
    case ReformatCause::elided:
      return "nothing to remove";
    case ReformatCause::quantize:
    case ReformatCause::dequantize:
    case ReformatCause::requantize:
      return quantize_remedy(c, reason);
    case ReformatCause::concat:
      return "give all inputs of the concatenation one type, one scale and one layout";
    case ReformatCause::slice:
      return "slice or reshape in the model where the part is contiguous, or before the layer "
             "that makes the whole";
    case ReformatCause::cast:
      if (reason.reads_input || reason.writes_output) return binding_remedy(c, reason);
      return "remove the Cast from the model: let both sides compute in one type";
    case ReformatCause::input_binding:
    case ReformatCause::output_binding:
      return binding_remedy(c, reason);
    case ReformatCause::plugin:
      return "let the plugin support the format of its neighbours (FP16 linear and NHWC8)";
    case ReformatCause::precision:
      return reason.residual == no_row ? "let both sides compute in one type"
                                       : quantize_remedy(c, reason);
    case ReformatCause::layout:
      return "replace the operation that knows one layout only, or move it to where the layout "
             "changes anyway";
    case ReformatCause::copy:
      return "let the layer before it write in place: no second reader, no slice of a binding";
    case ReformatCause::unknown:
      break;
  }
  return "build with --profilingVerbosity=detailed to see the formats on both sides";
}

}  // namespace trex::lint
