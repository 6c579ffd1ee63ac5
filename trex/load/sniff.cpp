// Decided by content: JSON by its keys near the top, logs by their prefixes, binaries by magic.
//
// The head may be cut anywhere and need not be valid JSON (trtexec writes names unescaped), so a
// small scanner reads keys and the kinds of their values as far as it gets.

// SPDX-License-Identifier: Apache-2.0
#include "trex/load/sniff.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "trex/base/text.hpp"
#include "trex/load/json_outline.hpp"
#include "trex/load/lenient_mender.hpp"
#include "trex/load/plan_text.hpp"
#include "trex/trtexec/gpu_samples.hpp"
#include "trex/trtexec/log.hpp"

namespace trex {
namespace {

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// ---- binaries ----

// TensorRT's plans begin with a four-letter tag: "ptrt" (to 8.x), "ftrt" (8.x and later), and
// relatives of both; then come binary numbers.
bool is_plan(std::string_view head) {
  if (head.size() < 8 || head.substr(1, 3) != "trt") return false;
  return head.substr(4, 12).find('\0') != std::string_view::npos;
}

// Ultralytics puts its own JSON and that JSON's length before the plan.
bool is_wrapped_plan(std::string_view head) {
  if (head.size() < 16 || head[4] != '{' || head[3] != '\0') return false;
  std::size_t length = 0;
  for (std::size_t i = 3; i-- > 0;) length = length << 8 | static_cast<unsigned char>(head[i]);
  if (length + 8 <= head.size()) return is_plan(head.substr(4 + length));
  return length > 2 && contains(head.substr(4, 4096), "\"");
}

// An ONNX model is a protobuf message: field 1 (ir_version, a small number) comes first, then
// producer (2, 3), domain (4), model version (5), doc string (6), graph (7), opset (8).
bool is_onnx(std::string_view head) {
  if (head.size() < 4 || head[0] != 0x08 || head[1] < 1 || head[1] > 64) return false;
  constexpr std::string_view next_tags = "\x12\x1a\x22\x28\x32\x3a\x42";
  return next_tags.find(head[2]) != std::string_view::npos;
}

FileKind sniff_binary(std::string_view head) {
  if (starts_with(head, "PK\x03\x04") || starts_with(head, "PK\x05\x06")) return FileKind::archive;
  if (is_plan(head) || is_wrapped_plan(head)) return FileKind::serialized_engine;
  if (is_onnx(head)) return FileKind::onnx;
  return FileKind::unknown;
}

// ---- JSON ----

bool has_key(const JsonOutline& outline, std::initializer_list<std::string_view> keys) {
  return std::any_of(outline.members.begin(), outline.members.end(),
                     [&](const JsonOutline::Member& m) { return is_one_of(m.key, keys); });
}

bool is_layer_record(const JsonOutline& record) {
  return has_key(record, {"LayerType", "ParameterType", "TacticName", "TacticValue"}) ||
         (has_key(record, {"Name"}) && has_key(record, {"Inputs", "Outputs"}));
}

FileKind kind_of_record(const JsonOutline& record) {
  if (has_key(record, {"timeMs", "averageMs", "medianMs"})) return FileKind::profile;
  if (has_key(record, {"startEnqMs", "latencyMs", "computeMs", "startComputeMs", "endToEndMs"})) {
    return FileKind::timing;
  }
  if (is_layer_record(record)) return FileKind::graph;
  // The count stands alone; "name" alone is a record that the head cut.
  if (record.members.size() == 1 && record.members[0].key == "count") return FileKind::profile;
  if (has_key(record,
              {"MULTIPROCESSOR_COUNT", "COMPUTE_CAPABILITY_MAJOR", "multiprocessor_count"})) {
    return FileKind::metadata;
  }
  return FileKind::unknown;
}

FileKind kind_of_list(const JsonOutline& list) {
  if (!list.elements.empty() && list.elements[0].type == '"') return FileKind::names_only_graph;
  for (const JsonOutline& element : list.elements) {
    if (element.type != '{') continue;
    const FileKind kind = kind_of_record(element);
    if (kind != FileKind::unknown) return kind;
  }
  // trtexec before any layer: only the brackets, which is a profile or timing file with nothing.
  return FileKind::unknown;
}

bool is_section(std::string_view key) {
  return is_one_of(key,
                   {"performance_summary", "device_information", "model_options", "build_options",
                    "inference_options", "reporting_options", "system_options"});
}

// name -> [[ms, "time"], ...], name -> [ms, ...] or name -> ms.
bool is_time_member(const JsonOutline::Member& member) {
  if (member.value_type == '0') return member.is_real;
  return member.value_type == '[' && (member.first_element == '[' || member.first_element == '0');
}

FileKind kind_of_layers(const JsonOutline::Member& layers) {
  if (layers.first_element == '"') return FileKind::names_only_graph;
  return FileKind::graph;
}

FileKind kind_of_object(const JsonOutline& object) {
  for (const JsonOutline::Member& member : object.members) {
    // Whatever it holds: the loader says what is wrong with it.
    if (member.key == "Layers") return kind_of_layers(member);
    const bool is_list =
        member.value_type == '[' && (member.first_element == '{' || member.first_element == '"');
    if (is_list && (equals_ignoring_case(member.key, "layers") || member.key == "LayerInfo")) {
      return kind_of_layers(member);
    }
    if (is_section(member.key)) return FileKind::metadata;
  }
  if (has_key(object, {"Bindings", "I/O Tensors", "Engine Metadata", "ProfilingVerbosity"})) {
    return FileKind::graph;
  }
  if (is_layer_record(object)) return FileKind::graph;  // records one after the other
  if (has_key(object, {"trex_process", "process_info"})) return FileKind::process_info;
  const bool all_times = !object.members.empty() &&
                         std::all_of(object.members.begin(), object.members.end(), is_time_member);
  return all_times ? FileKind::torch_tensorrt_profile : FileKind::unknown;
}

// Where an unescaped quote in a name has thrown the scanner off.
FileKind kind_by_words(std::string_view text) {
  if (contains(text, "\"timeMs\"") || contains(text, "\"averageMs\"")) return FileKind::profile;
  if (contains(text, "\"startEnqMs\"") || contains(text, "\"latencyMs\"")) return FileKind::timing;
  if (contains(text, "\"LayerType\"") || contains(text, "\"TacticName\"")) return FileKind::graph;
  // As Python prints a dictionary.
  if (contains(text, "'LayerType'") || contains(text, "'Layers'")) return FileKind::graph;
  return FileKind::unknown;
}

FileKind sniff_json(std::string_view text) {
  const JsonOutline outline = outline_json(text);
  FileKind kind = FileKind::unknown;
  if (outline.type == '[') kind = kind_of_list(outline);
  if (outline.type == '{') kind = kind_of_object(outline);
  return kind == FileKind::unknown ? kind_by_words(text) : kind;
}

// "--- Layer 3 ---" or "Layer 3:" before a record, as loops over getLayerInformation() print them.
FileKind kind_after_marker_lines(std::string_view text) {
  constexpr int most_lines = 16;
  const bool is_ruled = starts_with(text, "---") || starts_with(text, "===");
  for (int line = 0; line < most_lines && !starts_with(text, "{"); ++line) {
    const std::size_t newline = text.find('\n');
    if (newline == std::string_view::npos) return FileKind::unknown;
    text = trim(text.substr(newline + 1));
  }
  if (!starts_with(text, "{")) return FileKind::unknown;
  const FileKind kind = sniff_json(text);
  // Prose may quote a profile; records of layers it does not.
  return is_ruled || kind == FileKind::graph ? kind : FileKind::unknown;
}

}  // namespace

std::string_view file_kind_name(FileKind kind) {
  static constexpr std::array<std::string_view, 14> names{"graph",
                                                          "names-only graph",
                                                          "profile",
                                                          "Torch-TensorRT profile",
                                                          "timing",
                                                          "metadata",
                                                          "trtexec log",
                                                          "ONNX model",
                                                          "serialized engine",
                                                          "archive",
                                                          "process info",
                                                          "GPU samples",
                                                          "empty file",
                                                          "unknown file"};
  return names[static_cast<std::size_t>(kind)];
}

FileKind sniff(std::string_view head) {
  const FileKind binary = sniff_binary(head);
  if (binary != FileKind::unknown) return binary;
  if (is_utf16(head)) return sniff(utf8_of_utf16(head));
  if (starts_with(head, "\xef\xbb\xbf")) head.remove_prefix(3);
  const std::string_view text = trim(head);
  if (text.empty()) return FileKind::empty;
  if (trtexec::looks_like_gpu_recording(text)) return FileKind::gpu_samples;
  // A plan graph that a program wrote as a JSON string once more.
  if (text[0] == '"' && contains(text, "\\\"Layers\\\"")) return FileKind::graph;
  const bool may_be_json = text[0] == '{' || text[0] == '[';
  if (may_be_json) {
    const FileKind kind = sniff_json(text);
    if (kind != FileKind::unknown) return kind;
  }
  if (text[0] != '[' && is_plan_text(text)) return FileKind::graph;
  if (trtexec::looks_like_log(head)) return FileKind::trtexec_log;
  return may_be_json ? FileKind::unknown : kind_after_marker_lines(text);
}

}  // namespace trex
