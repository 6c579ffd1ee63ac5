// Looks of texts and names of kinds, as data.

// SPDX-License-Identifier: Apache-2.0
#include "trex/document/drawing.hpp"

namespace trex {

TextLook look_of(TextRole role) {
  switch (role) {
    case TextRole::title:
      return {12, true, false};
    case TextRole::name:
      return {11, false, false};
    case TextRole::detail:
      return {10, false, true};
    case TextRole::figure:
      return {11, false, false};
    case TextRole::label:
      return {10, false, true};
    case TextRole::heading:
      return {16, true, false};
  }
  return {11, false, false};
}

std::string_view box_kind_name(BoxKind kind) {
  switch (kind) {
    case BoxKind::layer:
      return "layer";
    case BoxKind::region:
      return "region";
    case BoxKind::binding:
      return "binding";
    case BoxKind::constant:
      return "constant";
    case BoxKind::scope:
      break;
  }
  return "scope";
}

}  // namespace trex
