// What the GPU can do: peaks by precision, bandwidth, and where these come from. What each layer
// does of it stands in the layer table.

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <vector>

#include "trex/model/datatype.hpp"
#include "trex/model/gpu.hpp"
#include "trex/page/calls.hpp"

namespace trex::page {
namespace {

constexpr double giga_per_tera = 1000;

template <class Value>
Json known(const std::optional<Value>& value) {
  return value ? Json(*value) : Json();
}

Json text_or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }

struct Peak {
  Datatype type;
  double tflops;
};

// The fastest first; of equal ones the usual order of datatypes.
std::vector<Peak> peaks_of(const Device& device) {
  std::vector<Peak> peaks;
  for (int i = static_cast<int>(Datatype::fp64); i <= static_cast<int>(Datatype::boolean); ++i) {
    const auto type = static_cast<Datatype>(i);
    const std::optional<double> tflops = device.peak_tflops(type);
    if (tflops && *tflops > 0) peaks.push_back({type, *tflops});
  }
  std::stable_sort(peaks.begin(), peaks.end(),
                   [](const Peak& a, const Peak& b) { return a.tflops > b.tflops; });
  return peaks;
}

Json device_json(const Device& device) {
  Json result;
  result.set("name", text_or_null(device.name));
  result.set("compute_capability", known(device.compute_capability));
  result.set("sms", known(device.sms));
  result.set("clock_mhz", known(device.clock_mhz));
  result.set("clock_source", text_or_null(device.clock_source));
  result.set("bandwidth_gbps", known(device.bandwidth_gbps));
  result.set("bandwidth_source", text_or_null(device.bandwidth_source));
  return result;
}

}  // namespace

// {device, peaks: [{precision, tflops, ridge}]}; ridge in FLOP per byte: left of it bandwidth
// binds.
Answer roofline_call(Session& session, const Request& request) {
  const Device& device = engine_of(session, request).context().device;
  const bool has_bandwidth = device.bandwidth_gbps && *device.bandwidth_gbps > 0;
  Json list{Json::Array{}};
  for (const Peak& peak : peaks_of(device)) {
    Json item;
    item.set("precision", datatype_name(peak.type));
    item.set("tflops", peak.tflops);
    item.set("ridge",
             has_bandwidth ? Json(peak.tflops * giga_per_tera / *device.bandwidth_gbps) : Json());
    list.push(std::move(item));
  }
  return Answer().set("device", device_json(device)).set("peaks", list);
}

}  // namespace trex::page
