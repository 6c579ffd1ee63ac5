// The GPU as the evidence describes it: profile metadata first, then build metadata, then the
// table.
//
// Log keys changed in 8.6: "Compute Clock Rate" and "Memory Clock Rate" became "Application ...".
// TREx's metadata holds numbers (GHz, bits), logs hold "1.77 GHz" and "384 bits (ECC enabled)".

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cmath>
#include <initializer_list>

#include "trex/base/text.hpp"
#include "trex/model/engine.hpp"

namespace trex {
namespace {

struct Found {
  std::string_view key;
  const Json* value = nullptr;
};

Found find_any(const Engine& engine, std::initializer_list<std::string_view> keys) {
  for (const Metadata* metadata : {&engine.profile_metadata, &engine.build_metadata}) {
    for (const std::string_view key : keys) {
      if (const Json* value = metadata->find("device_information", key)) return {key, value};
    }
  }
  return {};
}

struct Quantity {
  double number;
  std::string_view unit;  // "GHz", "bits", "MiB"; "" for a bare number
};

// "1.77 GHz", "384 bits (ECC enabled)", 7.5.
std::optional<Quantity> quantity(const Json* value) {
  if (value == nullptr) return std::nullopt;
  if (const auto number = value->number()) return Quantity{*number, {}};
  const std::string* text = value->text();
  if (text == nullptr) return std::nullopt;
  const std::string_view trimmed = trim(*text);
  const std::size_t end = std::min(trimmed.find_first_not_of("0123456789.+-eE"), trimmed.size());
  const auto number = parse_real(trimmed.substr(0, end));
  if (!number) return std::nullopt;
  std::string_view unit = trim(trimmed.substr(end));
  unit = unit.substr(0, unit.find(' '));
  return Quantity{*number, unit};
}

bool is_sensible(double value) { return std::isfinite(value) && value > 0; }

// A bare number is in GHz, as trtexec's and TREx's are; larger ones can only be MHz or kHz.
std::optional<double> megahertz(const Json* value) {
  const auto q = quantity(value);
  if (!q || !is_sensible(q->number)) return std::nullopt;
  if (equals_ignoring_case(q->unit, "MHz")) return q->number;
  if (equals_ignoring_case(q->unit, "kHz")) return q->number / 1e3;
  if (equals_ignoring_case(q->unit, "GHz")) return q->number * 1e3;
  if (q->number < 100) return q->number * 1e3;
  return q->number < 1e5 ? q->number : q->number / 1e3;
}

std::optional<double> bytes(const Json* value) {
  const auto q = quantity(value);
  if (!q || !is_sensible(q->number)) return std::nullopt;
  struct Factor {
    std::string_view unit;
    double bytes;
  };
  constexpr Factor factors[] = {
      {"B", 1},    {"KiB", 1024.0}, {"MiB", 1048576.0}, {"GiB", 1073741824.0},
      {"KB", 1e3}, {"MB", 1e6},     {"GB", 1e9}};
  for (const Factor& f : factors) {
    if (equals_ignoring_case(q->unit, f.unit)) return q->number * f.bytes;
  }
  return std::nullopt;
}

std::optional<int> whole_number(const Json* value, double scale, double most) {
  const auto q = quantity(value);
  if (!q || !is_sensible(q->number) || q->number * scale > most) return std::nullopt;
  return static_cast<int>(std::lround(q->number * scale));
}

void read_clock(const Engine& engine, Device& device) {
  const Found clock = find_any(engine, {"Application Compute Clock Rate", "Compute Clock Rate"});
  device.clock_mhz = megahertz(clock.value);
  if (device.clock_mhz) device.clock_source = fmt::format("metadata: {}", clock.key);
}

// Two transfers a clock: 384 bit x 7.001 GHz x 2 / 8 = 672 GB/s for a TITAN RTX.
void read_bandwidth(const Engine& engine, Device& device) {
  const auto bits = quantity(find_any(engine, {"Memory Bus Width"}).value);
  const auto clock_mhz =
      megahertz(find_any(engine, {"Application Memory Clock Rate", "Memory Clock Rate"}).value);
  if (!bits || !is_sensible(bits->number) || !clock_mhz) return;
  device.bandwidth_gbps = bits->number / 8 * 2 * *clock_mhz / 1e3;
  device.bandwidth_source = "metadata: bus width x memory clock x 2";
}

void complete_from_table(Device& device) {
  device.spec = find_gpu(device.name, device.sms);
  if (device.spec == nullptr) return;
  const GpuSpec& spec = *device.spec;
  if (!device.compute_capability) device.compute_capability = spec.compute_capability;
  if (!device.sms) device.sms = spec.sms;
  if (!device.clock_mhz) {
    device.clock_mhz = spec.boost_mhz;
    device.clock_source = "GPU table: boost clock";
  }
  if (!device.bandwidth_gbps) {
    device.bandwidth_gbps = spec.bandwidth_gbps;
    device.bandwidth_source = "GPU table";
  }
}

}  // namespace

Device device_of(const Engine& engine) {
  Device device;
  const Json* name = find_any(engine, {"Selected Device", "Device Name"}).value;
  if (name != nullptr && name->text() != nullptr) device.name = std::string(trim(*name->text()));
  device.compute_capability =
      whole_number(find_any(engine, {"Compute Capability"}).value, 10, 1000);
  device.sms = whole_number(find_any(engine, {"SMs"}).value, 1, 10000);
  device.memory_bytes = bytes(find_any(engine, {"Device Global Memory", "Global Memory"}).value);
  read_clock(engine, device);
  read_bandwidth(engine, device);
  complete_from_table(device);
  return device;
}

}  // namespace trex
