// Which layers run on DLA, by the evidence of profile rows and logs?
//
// TensorRT's graph JSON says it only in some releases. A profile shows it by the copies around
// each run of layers; a build log lists it and says why a layer could not go there. What no
// evidence touches keeps the device that the graph gave it.

// SPDX-License-Identifier: Apache-2.0
#include "trex/load/dla.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <unordered_map>

#include "trex/load/quoted.hpp"

namespace trex {
namespace {

// What a transfer row copies or waits for: "head_3 from nvm" -> "head_3".
std::string_view transfer_subject(std::string_view name) {
  for (const std::string_view after : {" to nvm", " from nvm", " copy finish", " finish"}) {
    if (ends_with(name, after)) return name.substr(0, name.size() - after.size());
  }
  return {};
}

bool is_foreign_node(std::string_view name) { return starts_with(name, "{ForeignNode["); }

// Which of the ForeignNodes are on DLA: the one there is, or the one that the copies belong to.
class ForeignNodes {
 public:
  ForeignNodes(const Engine& engine, const Profile& profile) : engine_(engine) {
    const auto names = engine.layers[layer::name];
    for (Row row = 0; row < engine.layer_count(); ++row) {
      if (is_foreign_node(names[row])) nodes_.push_back(row);
    }
    for (const ProfileRow& row : profile.rows) {
      const std::string_view subject = transfer_subject(row.name);
      if (!subject.empty()) subjects_.push_back(subject);
    }
    std::sort(subjects_.begin(), subjects_.end());
  }

  std::vector<Row> on_dla() const {
    std::vector<Row> result;
    if (subjects_.empty()) return result;
    if (nodes_.size() == 1) return nodes_;
    for (const Row row : nodes_) {
      if (has_copied_tensor(row)) result.push_back(row);
    }
    return result;
  }

 private:
  bool is_subject(std::string_view name) const {
    return !name.empty() && std::binary_search(subjects_.begin(), subjects_.end(), name);
  }
  bool has_copied_tensor(Row row) const {
    const auto tensors = engine_.tensors[tensor::name];
    for (const Row t : engine_.inputs(row)) {
      if (is_subject(tensors[t])) return true;
    }
    for (const Row t : engine_.outputs(row)) {
      if (is_subject(tensors[t])) return true;
    }
    for (const std::string_view op : source_ops_of(row)) {
      if (is_subject(op)) return true;
    }
    return false;
  }
  std::vector<std::string_view> source_ops_of(Row row) const {
    std::vector<std::string_view> result;
    const TextList ops = engine_.layers[layer::source_ops][row];
    for (std::size_t i = 0; i < ops.size(); ++i) result.push_back(ops[i]);
    return result;
  }

  const Engine& engine_;
  std::vector<Row> nodes_;
  std::vector<std::string_view> subjects_;
};

// Copies of the two columns, changed and put back.
class DeviceColumns {
 public:
  explicit DeviceColumns(Engine& engine) : engine_(engine) {
    const auto devices = engine.layers[layer::device];
    const auto reasons = engine.layers[layer::device_reason];
    for (Row row = 0; row < engine.layer_count(); ++row) {
      device_.push_back(devices.id(row));
      reason_.push_back(reasons.id(row));
    }
  }
  void set(Row row, std::string_view device) {
    device_[row] = engine_.strings->intern(device);
    changed_ = true;
  }
  // Reasons of several ops in one layer stand side by side, as far as a line goes.
  void add_reason(Row row, std::string_view reason) {
    constexpr std::size_t longest = 400;
    std::string all;
    if (reason_[row] != null_string) all = (*engine_.strings)[reason_[row]];
    if (contains(all, reason) || all.size() > longest) return;
    if (!all.empty()) all += "; ";
    all += reason;
    reason_[row] = engine_.strings->intern(all);
    changed_ = true;
  }
  bool is(Row row, std::string_view device) const {
    return device_[row] != null_string && (*engine_.strings)[device_[row]] == device;
  }
  void write() {
    if (!changed_) return;
    engine_.layers.add(layer::device, std::move(device_))
        .add(layer::device_reason, std::move(reason_));
  }

 private:
  Engine& engine_;
  std::vector<StringId> device_, reason_;
  bool changed_ = false;
};

// Text -> layers, for names and source ops alike: pairs sorted by text id.
class LayersByText {
 public:
  void add(StringId text, Row layer) { pairs_.emplace_back(text, layer); }
  void sort() { std::sort(pairs_.begin(), pairs_.end()); }
  std::pair<const std::pair<StringId, Row>*, const std::pair<StringId, Row>*> find(
      StringId text) const {
    const auto first = std::lower_bound(pairs_.begin(), pairs_.end(), std::pair(text, Row{0}));
    auto last = first;
    while (last != pairs_.end() && last->first == text) ++last;
    const std::pair<StringId, Row>* data = pairs_.data();
    return {data + (first - pairs_.begin()), data + (last - pairs_.begin())};
  }

 private:
  std::vector<std::pair<StringId, Row>> pairs_;
};

}  // namespace

bool is_dla_transfer(std::string_view row_name) { return !transfer_subject(row_name).empty(); }

bool is_dla_group(std::string_view row_name) {
  return row_name.size() > 2 && row_name.front() == '{' && row_name.back() == '}' &&
         !is_foreign_node(row_name);
}

void mark_dla_layers(Engine& engine, const Profile& profile) {
  DeviceColumns columns(engine);
  const auto names = engine.layers[layer::name];
  for (Row row = 0; row < engine.layer_count(); ++row) {
    if (is_dla_group(names[row]) || is_dla_transfer(names[row])) columns.set(row, "DLA");
  }
  for (const Row row : ForeignNodes(engine, profile).on_dla()) {
    columns.set(row, "DLA");
    columns.add_reason(row, "the profile times copies to and from the DLA around it");
  }
  columns.write();
}

void place_layers(Engine& engine, const std::vector<LogContents::Placement>& placements,
                  const std::string& file) {
  if (placements.empty()) return;
  LayersByText by_name, by_op;
  const auto names = engine.layers[layer::name];
  const auto ops = engine.layers[layer::source_ops];
  for (Row row = 0; row < engine.layer_count(); ++row) {
    if (names.id(row) != null_string) by_name.add(names.id(row), row);
    for (const StringId op : ops[row].ids()) by_op.add(op, row);
  }
  by_name.sort();
  by_op.sort();

  DeviceColumns columns(engine);
  std::vector<std::string> unknown;
  std::unordered_map<StringId, int> times_named;  // looked up only
  for (const LogContents::Placement& placement : placements) {
    const StringId text = engine.strings->find(placement.layer);
    // The log repeats itself; a few words on a layer are enough, and keep this linear.
    if (text != null_string && ++times_named[text] > 8) continue;
    auto [first, last] = by_name.find(text);
    const bool is_whole_layer = text != null_string && first != last;
    if (!is_whole_layer) std::tie(first, last) = by_op.find(text);
    if (text == null_string || first == last) {
      if (placement.device == "DLA") unknown.push_back(placement.layer);
      continue;
    }
    for (; first != last; ++first) {
      const Row row = first->second;
      if (placement.reason.empty()) {
        // A list of layers; an op within a layer says where that op's layer runs.
        columns.set(row, placement.device);
      } else if (!columns.is(row, "DLA")) {
        columns.set(row, placement.device);
        columns.add_reason(row, placement.reason);
      }
    }
  }
  columns.write();
  if (!unknown.empty()) {
    engine.notes.push_back(
        {file, "",
         fmt::format("the log places {} layers on DLA that the graph does not have, the first is "
                     "{}: is it the log of another build?",
                     unknown.size(), quoted_name(unknown.front()))});
  }
}

}  // namespace trex
