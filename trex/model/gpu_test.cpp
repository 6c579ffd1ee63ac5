// SPDX-License-Identifier: Apache-2.0
#include "trex/model/gpu.hpp"

#include <gtest/gtest.h>

#include <set>

#include "trex/model/engine.hpp"

namespace trex {
namespace {

Device table_device(std::string_view name) {
  const GpuSpec* spec = find_gpu(name);
  if (spec == nullptr) return {};
  Device device;
  device.spec = spec;
  device.compute_capability = spec->compute_capability;
  device.sms = spec->sms;
  device.clock_mhz = spec->boost_mhz;
  return device;
}

// The peaks of NVIDIA's data sheets, dense.
TEST(Gpu, PeaksOfTheDataSheets) {
  struct Case {
    const char* name;
    Datatype type;
    double tflops;
  };
  using enum Datatype;
  const Case cases[] = {
      {"NVIDIA A100-SXM4-40GB", fp16, 312},
      {"NVIDIA A100-SXM4-40GB", tf32, 156},
      {"NVIDIA A100-SXM4-40GB", int8, 624},
      {"NVIDIA A100-SXM4-40GB", int4, 1248},
      {"NVIDIA A100-SXM4-40GB", fp32, 19.5},
      {"NVIDIA A100-SXM4-40GB", fp64, 19.5},
      {"Tesla T4", fp16, 65},
      {"Tesla T4", int8, 130},
      {"Tesla T4", int4, 260},
      {"Tesla T4", fp32, 8.1},
      {"Tesla V100-SXM2-16GB", fp16, 125},
      {"Tesla V100-SXM2-16GB", fp32, 15.7},
      {"Tesla V100-PCIE-16GB", fp16, 112},
      {"Tesla P40", int8, 47},
      {"Tesla P4", fp32, 5.5},
      {"NVIDIA A10", fp16, 125},
      {"NVIDIA A10", int8, 250},
      {"NVIDIA A30", fp16, 165},
      {"NVIDIA A40", fp16, 149.7},
      {"NVIDIA A40", tf32, 74.8},
      {"NVIDIA A2", fp16, 18},
      {"NVIDIA L4", fp16, 121},
      {"NVIDIA L4", fp8, 242.5},
      {"NVIDIA L4", tf32, 60},
      {"NVIDIA A10G", fp32, 35},
      {"NVIDIA A10G", fp16, 70},
      {"NVIDIA A10G", int8, 140},
      {"NVIDIA A16", fp16, 17.9},
      {"NVIDIA L40", fp32, 90.5},
      {"NVIDIA L40", tf32, 90.5},
      {"NVIDIA L40", fp16, 181},
      {"NVIDIA L40", fp8, 362},
      {"NVIDIA L40", int4, 724},
      {"NVIDIA L20", fp16, 119.5},
      {"NVIDIA L20", int8, 239},
      {"NVIDIA RTX 4000 Ada Generation", fp32, 26.7},
      {"NVIDIA RTX 4000 Ada Generation", fp8, 163.8},
      {"NVIDIA RTX 4500 Ada Generation", fp8, 317},
      {"NVIDIA RTX 6000 Ada Generation", fp8, 728.5},
      {"NVIDIA RTX A4000", fp32, 19.2},
      {"NVIDIA RTX A4000", fp16, 76.7},
      {"NVIDIA RTX A6000", fp16, 154.8},
      {"Quadro RTX 5000", fp16, 89.2},
      {"NVIDIA TITAN V", fp16, 110},
      {"NVIDIA TITAN V", fp32, 14.9},
      {"NVIDIA H20", fp64, 1},
      {"NVIDIA H20", tf32, 74},
      {"NVIDIA H800", fp64, 1},
      {"NVIDIA GeForce RTX 5070 Laptop GPU", fp32, 21.6},
      {"NVIDIA GeForce RTX 5090 Laptop GPU", fp32, 45.3},
      {"NVIDIA L40S", fp8, 733},
      {"NVIDIA L40S", fp16, 362},
      {"NVIDIA H100 80GB HBM3", fp16, 989},
      {"NVIDIA H100 80GB HBM3", fp8, 1979},
      {"NVIDIA H100 80GB HBM3", tf32, 494.7},
      {"NVIDIA H100 PCIe", fp16, 756},
      {"NVIDIA H100 NVL", fp16, 835},
      {"NVIDIA H20", fp16, 148},
      {"NVIDIA H20", int8, 296},
      {"NVIDIA B200", fp4, 9000},
      {"NVIDIA B200", fp16, 2250},
      {"NVIDIA GB200", fp4, 10000},
      {"NVIDIA GB300", fp4, 15000},
      {"NVIDIA GB300", fp8, 5000},
      {"NVIDIA TITAN RTX", fp16, 130.5},
      {"NVIDIA GeForce RTX 2080 Ti", fp16, 107.6},
      {"NVIDIA GeForce RTX 3090", fp16, 142},
      {"NVIDIA GeForce RTX 3090", bf16, 71},
      {"NVIDIA GeForce RTX 3090", tf32, 35.6},
      {"NVIDIA GeForce RTX 3090", fp32, 35.6},
      {"NVIDIA GeForce RTX 4090", fp16, 330},
      {"NVIDIA GeForce RTX 4090", tf32, 82.6},
      {"NVIDIA GeForce RTX 4090", fp8, 660.6},
      {"NVIDIA GeForce RTX 5090", fp4, 1676},
      {"NVIDIA GeForce RTX 5090", fp16, 419},
      {"NVIDIA GeForce RTX 5090", tf32, 104.8},
      {"NVIDIA RTX PRO 6000 Blackwell Server Edition", fp4, 2000},
      {"NVIDIA GeForce GTX 1080 Ti", fp32, 11.3},
      {"NVIDIA Jetson AGX Orin", int8, 85},
      {"Xavier", int8, 22.5},
      {"NVIDIA Thor", fp4, 1035},
  };
  for (const Case& c : cases) {
    const auto peak = table_device(c.name).peak_tflops(c.type);
    ASSERT_TRUE(peak.has_value()) << c.name << ' ' << datatype_name(c.type);
    EXPECT_NEAR(*peak, c.tflops, 0.025 * c.tflops) << c.name << ' ' << datatype_name(c.type);
  }
}

TEST(Gpu, TypesWithoutMathHaveNoPeak) {
  using enum Datatype;
  EXPECT_EQ(table_device("Tesla T4").peak_tflops(fp8), std::nullopt);
  EXPECT_EQ(table_device("Tesla T4").peak_tflops(bf16), std::nullopt);
  EXPECT_EQ(table_device("Tesla T4").peak_tflops(unknown), std::nullopt);
  EXPECT_EQ(table_device("NVIDIA H100 80GB HBM3").peak_tflops(fp4), std::nullopt);
  EXPECT_EQ(table_device("Tesla T4").peak_tflops(fp32, true), std::nullopt);
  EXPECT_EQ(table_device("Tesla T4").peak_tflops(uint8),
            table_device("Tesla T4").peak_tflops(int8));
  // GTX 16 has Turing's cores without the Tensor Cores: 22 * 1.785 GHz * 256.
  const Device gtx = table_device("NVIDIA GeForce GTX 1660");
  EXPECT_EQ(gtx.peak_tflops(fp16, true), std::nullopt);
  EXPECT_NEAR(*gtx.peak_tflops(fp16), 10.05, 0.01);
  // On the CUDA cores, when asked: 68 * 1.71 GHz * 256.
  EXPECT_NEAR(*table_device("GeForce RTX 3080").peak_tflops(fp16, false), 29.77, 0.01);
  EXPECT_EQ(Device{}.peak_tflops(fp32), std::nullopt);
}

TEST(Gpu, NamesOfDevices) {
  struct Case {
    const char* name;
    int sms;  // 0: not known
    const char* spec;
  };
  const Case cases[] = {
      {"NVIDIA A100-SXM4-40GB", 0, "A100-SXM4-40GB"},
      {"A100-SXM-80GB", 0, "A100-SXM4-80GB"},
      {"NVIDIA A100 80GB PCIe", 0, "A100 80GB PCIe"},
      {"NVIDIA A100-PCIE-40GB", 0, "A100-PCIE-40GB"},
      {"Tesla V100S-PCIE-32GB", 0, "Tesla V100S-PCIE"},
      {"NVIDIA TITAN RTX", 0, "TITAN RTX"},
      {"TITAN RTX", 72, "TITAN RTX"},
      {"Quadro RTX 6000", 0, "Quadro RTX 6000"},
      {"NVIDIA RTX 6000 Ada Generation", 0, "RTX 6000 Ada"},
      {"NVIDIA RTX A6000", 0, "RTX A6000"},
      {"NVIDIA GeForce RTX 3060 Laptop GPU", 30, "GeForce RTX 3060 Laptop"},
      {"NVIDIA GeForce RTX 3060", 0, "GeForce RTX 3060"},
      {"NVIDIA GeForce RTX 3060 Ti", 0, "GeForce RTX 3060 Ti"},
      {"nvidia geforce rtx 4070 ti super", 0, "GeForce RTX 4070 Ti SUPER"},
      {"NVIDIA GeForce RTX 4090 D", 0, "GeForce RTX 4090 D"},
      {"NVIDIA H200", 0, "H200 SXM"},
      {"NVIDIA GH200 480GB", 0, "GH200 480GB"},
      {"Orin", 0, "Jetson AGX Orin 64GB"},
      {"Orin", 8, "Jetson Orin NX"},
      {"Orin (nvgpu)", 14, "Jetson AGX Orin 32GB"},
      {"Xavier", 6, "Jetson Xavier NX"},
      {"NVIDIA Tegra X1", 1, "Jetson Nano"},
      // Other chips under a known number are not guessed.
      {"NVIDIA GeForce RTX 2070 with Max-Q Design", 0, nullptr},
      {"NVIDIA GeForce RTX 2080 Laptop GPU", 0, nullptr},
      {"NVIDIA A100-SXM4-40GB MIG 1g.5gb", 0, nullptr},
      {"NVIDIA GeForce GTX 750 Ti", 0, nullptr},
      {"NVIDIA DRIVE Thor", 20, nullptr},
      {"NVIDIA Q99", 0, nullptr},
      {"", 0, nullptr},
  };
  for (const Case& c : cases) {
    const GpuSpec* spec = find_gpu(c.name, c.sms == 0 ? std::nullopt : std::optional<int>(c.sms));
    if (c.spec == nullptr) {
      EXPECT_EQ(spec, nullptr) << c.name << " is taken for " << (spec ? spec->name : "");
    } else {
      ASSERT_NE(spec, nullptr) << c.name;
      EXPECT_EQ(spec->name, c.spec) << c.name;
    }
  }
}

TEST(Gpu, TableIsSound) {
  EXPECT_GE(gpu_specs().size(), 60u);
  for (const GpuSpec& spec : gpu_specs()) {
    SCOPED_TRACE(spec.name);
    EXPECT_GE(spec.sms, 1);
    EXPECT_GT(spec.boost_mhz, 400);
    EXPECT_LT(spec.boost_mhz, 3000);
    EXPECT_GT(spec.bandwidth_gbps, 20);
    EXPECT_LT(spec.bandwidth_gbps, 9000);
    EXPECT_FALSE(spec.source.empty());
    // Every row is reached by its own words, and has a rate for FP32.
    const GpuSpec* found = find_gpu(spec.match, spec.sms);
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(found->sms, spec.sms);
    EXPECT_EQ(found->compute_capability, spec.compute_capability);
    Device device;
    device.compute_capability = spec.compute_capability;
    device.sms = spec.sms;
    device.clock_mhz = spec.boost_mhz;
    EXPECT_TRUE(device.peak_tflops(Datatype::fp32).has_value());
  }
  std::set<std::tuple<int, int, bool>> seen;
  for (const RateSpec& rate : rate_specs()) {
    EXPECT_TRUE(
        seen.insert({rate.compute_capability, static_cast<int>(rate.type), rate.tensor_core})
            .second)
        << rate.compute_capability << ' ' << datatype_name(rate.type);
    EXPECT_FALSE(rate.source.empty());
  }
}

Engine engine_with(std::vector<std::pair<const char*, Json>> entries) {
  Engine engine;
  for (auto& [key, value] : entries) {
    engine.profile_metadata.entries.push_back({"device_information", key, value, "m.json"});
  }
  return engine;
}

// TREx's metadata of 8.2: numbers. 384 bit / 8 * 2 * 7.001 GHz = 672.096 GB/s.
TEST(DeviceOf, NumbersOfTheEarlierEra) {
  const Device d = device_of(engine_with({{"Selected Device", "NVIDIA TITAN RTX"},
                                          {"Compute Capability", 7.5},
                                          {"SMs", 72.0},
                                          {"Compute Clock Rate", 1.77},
                                          {"Device Global Memory", "24219 MiB"},
                                          {"Memory Bus Width", 384.0},
                                          {"Memory Clock Rate", 7.001}}));
  EXPECT_EQ(d.name, "NVIDIA TITAN RTX");
  EXPECT_EQ(d.compute_capability, 75);
  EXPECT_EQ(d.sms, 72);
  EXPECT_DOUBLE_EQ(*d.clock_mhz, 1770);
  EXPECT_EQ(d.clock_source, "metadata: Compute Clock Rate");
  EXPECT_NEAR(*d.bandwidth_gbps, 672.096, 1e-9);
  EXPECT_EQ(d.bandwidth_source, "metadata: bus width x memory clock x 2");
  EXPECT_EQ(d.memory_bytes, 24219.0 * 1048576);
  ASSERT_NE(d.spec, nullptr);
  EXPECT_NEAR(*d.peak_tflops(Datatype::fp16), 130.5, 0.05);
}

TEST(DeviceOf, TextsOfTheLaterEra) {
  const Device d = device_of(engine_with({{"Selected Device", "NVIDIA GeForce RTX 3060 Laptop GPU"},
                                          {"Compute Capability", "8.6"},
                                          {"SMs", "30"},
                                          {"Application Compute Clock Rate", "1.425 GHz"},
                                          {"Memory Bus Width", "192 bits (ECC disabled)"},
                                          {"Application Memory Clock Rate", "7.001 GHz"}}));
  EXPECT_EQ(d.compute_capability, 86);
  EXPECT_DOUBLE_EQ(*d.clock_mhz, 1425);
  EXPECT_EQ(d.clock_source, "metadata: Application Compute Clock Rate");
  EXPECT_NEAR(*d.bandwidth_gbps, 336.048, 1e-9);  // 192 / 8 * 2 * 7.001
  ASSERT_NE(d.spec, nullptr);
  EXPECT_EQ(d.spec->name, "GeForce RTX 3060 Laptop");
}

TEST(DeviceOf, CompletedFromTheTable) {
  const Device d = device_of(engine_with({{"Selected Device", "Tesla T4"}}));
  EXPECT_EQ(d.compute_capability, 75);
  EXPECT_EQ(d.sms, 40);
  EXPECT_EQ(d.clock_mhz, 1590);
  EXPECT_EQ(d.clock_source, "GPU table: boost clock");
  EXPECT_EQ(d.bandwidth_gbps, 320);
  EXPECT_EQ(d.bandwidth_source, "GPU table");
}

TEST(DeviceOf, BuildMetadataFillsGapsAndNonsenseIsUnknown) {
  Engine engine = engine_with({{"SMs", "many"},
                               {"Compute Capability", -1.0},
                               {"Compute Clock Rate", "nan GHz"},
                               {"Memory Bus Width", Json(Json::Array{})},
                               {"Memory Clock Rate", 1e308}});
  const Device none = device_of(engine);
  EXPECT_EQ(none.name, "");
  EXPECT_EQ(none.sms, std::nullopt);
  EXPECT_EQ(none.compute_capability, std::nullopt);
  EXPECT_EQ(none.clock_mhz, std::nullopt);
  EXPECT_EQ(none.bandwidth_gbps, std::nullopt);
  EXPECT_EQ(none.spec, nullptr);
  engine.build_metadata.entries.push_back(
      {"device_information", "Selected Device", Json("NVIDIA L4"), ""});
  EXPECT_EQ(device_of(engine).name, "NVIDIA L4");
  EXPECT_EQ(device_of(engine).sms, 58);
  EXPECT_EQ(device_of(Engine{}).clock_source, "");
}

}  // namespace
}  // namespace trex
