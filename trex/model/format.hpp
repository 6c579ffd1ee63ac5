// A tensor's format: datatype, layout and vector width, parsed by grammar from what TensorRT says.
//
// "Thirty-two wide channel vectorized row major Int8 format" -> INT8, NC/32HW32, 32;
// "Channel major FP16 format where channel % 8 == 0 with 3 spatial dimensions" -> FP16, NDHWC8, 8;
// "Row major linear FP8 format (kLINEAR)" -> FP8, linear; "Half" -> FP16, no layout known;
// "N/A due to dynamic shapes" -> nothing known, and so marked. The raw text is always kept.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "trex/model/datatype.hpp"

namespace trex {

enum class LayoutFamily : std::uint8_t {
  unknown,        // the text says nothing of it ("Half", "N/A due to dynamic shapes")
  linear,         // row major: NCHW
  channel_major,  // NHWC, NHWC8, NDHWC8: channels innermost, padded to the vector width
  vectorized,     // NC/32HW32: channels in blocks of the vector width
  dla,            // DLA linear or HWC4
};

struct Format {
  Datatype datatype = Datatype::unknown;
  LayoutFamily family = LayoutFamily::unknown;
  int vector_width = 1;     // channels are padded to a multiple of it
  int spatial_rank = 2;     // 3 for NDHWC..., 1 where it says so
  std::string layout;       // "NCHW", "NHWC8", "NC/32HW32", "NDHWC8"; "" when unknown
  std::string raw;          // what the file says, untouched
  bool recognised = false;  // false: no part of the text was understood
  bool dynamic = false;     // "N/A due to dynamic shapes"

  // As engineers write it: "FP16 NHWC8", "INT8 NC/32HW32", "FP16" (no layout known), or the raw
  // text when nothing was understood.
  std::string short_name() const;
};

// The text of "Format/Datatype" (8.2 to 10.x), or "Format" with "Datatype"/"DataType" beside it
// (11.x; the separate datatype wins where the two differ). Either may be empty.
Format parse_format(std::string_view format, std::string_view datatype = {});

// Exact bytes of a tensor: the volume with the channel axis (axis 1, at rank 3 and up) padded to
// the vector width, in bits, rounded up to whole bytes. Unknown for a dynamic (-1) or otherwise
// negative dimension, an unknown datatype, or a product past int64.
// `lower_bound` is set where the format names no layout, so that padding cannot be known, and for
// the DLA's, whose row pitch depends on the chip.
struct TensorBytes {
  std::optional<std::int64_t> bytes;
  bool lower_bound = false;
  bool overflow = false;  // unknown because the product does not fit
};
TensorBytes tensor_bytes(std::span<const std::int64_t> dims, const Format& format);

}  // namespace trex
