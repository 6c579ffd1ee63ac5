// One engine of any number of layers, for tests of scale: residual blocks of convolutions and
// transformer blocks in turn (8.6: convolutions only), written without holding its text in memory.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "trex/sample/layer.hpp"
#include "trex/sample/output.hpp"

namespace trex::sample {

// A text that is repeated with a number in it: '@n' stands for the block's number, '@p' for the
// tensor that the block before wrote.
class Template {
 public:
  explicit Template(std::string_view text);
  void append(std::string& out, std::int64_t block) const;

 private:
  enum class Kind : std::uint8_t { text, number, previous };
  struct Part {
    Kind kind;
    std::string text;
  };
  std::vector<Part> parts_;
};

class ScalePlan {
 public:
  ScalePlan(std::int64_t layers, Generation generation);

  const Plan& plan() const { return plan_; }  // all but the layers
  std::int64_t layers() const { return layers_; }
  // The `i`th layer of the engine: which pattern, of which block (from 1).
  struct Place {
    std::size_t pattern;
    std::int64_t block;
  };
  // In turn: conv block, transformer block, conv block ...
  template <class Visitor>
  void each(Visitor visit) const {
    std::int64_t left = layers_;
    for (std::int64_t block = 1; left > 0; ++block) {
      const std::size_t kind = static_cast<std::size_t>(block - 1) % ends_.size();
      const std::size_t first = kind == 0 ? 0 : ends_[kind - 1];
      for (std::size_t i = first; i < ends_[kind] && left > 0; ++i, --left) visit(Place{i, block});
    }
  }

  struct Pattern {
    Layer layer;
    Template json, name;
  };
  const std::vector<Pattern>& patterns() const { return patterns_; }

 private:
  void add_block(std::vector<Layer> layers);

  Plan plan_;
  std::int64_t layers_;
  std::vector<Pattern> patterns_;
  std::vector<std::size_t> ends_;  // of each kind of block, in patterns_
};

void write_scale(const ScalePlan& scale, const Options& options, OutputFolder& folder);

}  // namespace trex::sample
