// TensorRT's words for formats and datatypes.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "trex/sample/layer.hpp"

namespace trex::sample {
namespace {

// "FP16", "Int8": as the sentences have it.
std::string_view sentence_type(Datatype type) {
  switch (type) {
    case Datatype::int8:
      return "Int8";
    case Datatype::int32:
      return "Int32";
    case Datatype::int64:
      return "Int64";
    case Datatype::bf16:
      return "BF16";
    case Datatype::boolean:
      return "Bool";
    default:
      return datatype_name(type);
  }
}

std::string_view width_word(int width) {
  switch (width) {
    case 2:
      return "Two";
    case 4:
      return "Four";
    case 16:
      return "Sixteen";
    default:
      return "Thirty-two";
  }
}

// To 10.x "Row major linear FP32", "Row major linear FP16 format" and "Row major Int8 format".
std::string linear_sentence(Datatype type, Generation generation) {
  if (generation == Generation::trt11) {
    return fmt::format("Row major linear {} format (kLINEAR)", sentence_type(type));
  }
  switch (type) {
    case Datatype::fp32:
      return "Row major linear FP32";
    case Datatype::int32:
      return "Row major linear Int32";
    case Datatype::int8:
      return "Row major Int8 format";
    case Datatype::fp16:
      return "Row major linear FP16 format";
    default:
      return fmt::format("Row major linear {} format (kLINEAR)", sentence_type(type));
  }
}

}  // namespace

std::string format_sentence(const Format& format, Generation generation) {
  switch (format.family) {
    case LayoutFamily::linear:
      return linear_sentence(format.datatype, generation);
    case LayoutFamily::channel_major:
      return fmt::format("Channel major {} format where channel % {} == 0",
                         sentence_type(format.datatype), format.vector_width);
    case LayoutFamily::vectorized:
      return fmt::format("{} wide channel vectorized row major {} format",
                         width_word(format.vector_width), sentence_type(format.datatype));
    default:
      return std::string(datatype_word(format.datatype));
  }
}

std::string_view datatype_word(Datatype type) {
  switch (type) {
    case Datatype::fp32:
      return "Float";
    case Datatype::fp16:
      return "Half";
    case Datatype::bf16:
      return "BFloat16";
    case Datatype::int8:
      return "Int8";
    case Datatype::int32:
      return "Int32";
    case Datatype::int64:
      return "Int64";
    case Datatype::boolean:
      return "Bool";
    default:
      return datatype_name(type);
  }
}

Format make_format(Datatype type, LayoutFamily family, int width) {
  Format format;
  format.datatype = type;
  format.family = family;
  format.vector_width = width;
  format.recognised = true;
  return format;
}

bool same_format(const Format& a, const Format& b) {
  return a.datatype == b.datatype && a.family == b.family && a.vector_width == b.vector_width;
}

double bytes_of(const Tensor& tensor) {
  return static_cast<double>(tensor_bytes(tensor.dims, tensor.format).bytes.value_or(0));
}

}  // namespace trex::sample
