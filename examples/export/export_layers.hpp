// Writes an engine's layers and their times as trex (and TREx) reads them. TensorRT 8.5 and later.
//
//   LayerTimes times;
//   context->setProfiler(&times);              // layer by layer: slower than without
//   for (int i = 0; i < 100; ++i) context->enqueueV3(stream);
//   cudaStreamSynchronize(stream);
//   write_layers(*engine, *context, "net.graph.json");
//   times.write("net.profile.json");
//
// The engine must be built with config->setProfilingVerbosity(ProfilingVerbosity::kDETAILED), and
// the context must have its input shapes and tensor addresses set.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <NvInfer.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

inline void write_layers(const nvinfer1::ICudaEngine& engine,
                         const nvinfer1::IExecutionContext& context, const std::string& path) {
  const std::unique_ptr<nvinfer1::IEngineInspector> inspector(engine.createEngineInspector());
  inspector->setExecutionContext(&context);  // else dynamic shapes are -1, formats missing
  std::ofstream(path) << inspector->getEngineInformation(nvinfer1::LayerInformationFormat::kJSON);
}

class LayerTimes : public nvinfer1::IProfiler {
 public:
  // By name and not by position: a layer may be left out of an inference. Layers of one name
  // are summed, as one.
  void reportLayerTime(const char* name, float ms) noexcept override {
    const auto [place, is_new] = index_.try_emplace(name, layers_.size());
    if (is_new) layers_.push_back({name, {}});
    layers_[place->second].ms.push_back(ms);
  }

  void write(const std::string& path) {
    double total = 0;
    std::size_t count = 0;
    for (const Layer& layer : layers_) {
      for (const float ms : layer.ms) total += ms;
      count = std::max(count, layer.ms.size());
    }
    std::ofstream out(path);
    out.precision(9);
    out << "[\n  {\"count\": " << count << "}";
    for (Layer& layer : layers_) {
      double sum = 0;
      for (const float ms : layer.ms) sum += ms;
      std::sort(layer.ms.begin(), layer.ms.end());
      out << ",\n  {\"name\": \"" << escaped(layer.name) << "\", \"timeMs\": " << sum
          << ", \"averageMs\": " << sum / static_cast<double>(layer.ms.size())
          << ", \"medianMs\": " << layer.ms[layer.ms.size() / 2]
          << ", \"percentage\": " << (total > 0 ? 100 * sum / total : 0) << "}";
    }
    out << "\n]\n";
  }

 private:
  struct Layer {
    std::string name;
    std::vector<float> ms;
  };

  // Names hold 0x1E and 0x1F between the parts of a fusion: trtexec writes them as they are, which
  // is no JSON.
  static std::string escaped(const std::string& name) {
    constexpr char digits[] = "0123456789abcdef";
    std::string text;
    for (const char c : name) {
      const auto byte = static_cast<unsigned char>(c);
      if (c == '"' || c == '\\') {
        text += '\\';
        text += c;
      } else if (byte < 0x20) {
        text += "\\u00";
        text += digits[byte >> 4];
        text += digits[byte & 15];
      } else {
        text += c;
      }
    }
    return text;
  }

  std::vector<Layer> layers_;
  std::unordered_map<std::string, std::size_t> index_;
};
