// What the aligner asks of every layer, in numbers that both engines share.
//
// Names, operations and signatures are numbered in one table for both engines, so that equal means
// the same. Batch sizes, tactics, formats and precisions are left out on purpose: they are what two
// builds of one model differ in.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "trex/compare/align_names.hpp"
#include "trex/compare/alignment.hpp"
#include "trex/model/regions.hpp"
#include "trex/table/hash.hpp"
#include "trex/table/strings.hpp"

namespace trex::compare {

// What part a layer can play.
enum class Role : std::uint8_t {
  step,     // computes a piece of the model
  carrier,  // moves or converts data: Reformat, NoOp, Shuffle, copies; graphs look through it
  sync,     // shape_call, signal, wait: no data
};

enum class Family : std::uint8_t {
  unknown,  // names-only
  convolution,
  deconvolution,
  gemm,
  attention,
  pointwise,
  mover,
  kernel,  // generated, anything but a GEMM
  pooling,
  region,  // one row for many nodes: Myelin's ForeignNode, DLA
  constant,
  other,  // told apart by type
};

using Id = std::uint32_t;
inline constexpr Id no_id = UINT32_MAX;

struct LayerFacts {
  Role role = Role::step;
  Family family = Family::unknown;
  NameTrust trust = NameTrust::specific;
  bool is_copy = false;         // "Reformatting CopyNode ...": its node is another layer's
  bool named = false;           // of a carrier: its name tells what it is
  bool own = false;             // of a carrier: names a node that is no other layer's
  Id name = no_id;              // without "_myl2_13" and " [profile 1]" at its end
  Id type = no_id;              // of Family::other
  std::uint64_t out_shape = 0;  // of the first output without the batch; 0: not known
  std::uint64_t in_shape = 0;   // of the first input
  std::int64_t out_volume = 0;  // of the first output without the batch: Myelin flattens 37x37
  std::uint64_t work = 0;       // N, K, groups, window and stride; 0: not known
  Id signature = no_id;         // all of the above but names
};

// One numbering for both engines.
struct Shared {
  explicit Shared(AlignOptions o) : options(o) {}
  AlignOptions options;
  bool bare = false;     // one of the engines is names-only: no graph to look through
  StringPool texts;      // layer names, source ops, words, module paths
  Numbering signatures;  // of hashes
  // Of source ops, by text id.
  std::vector<NameTrust> trust;
  std::vector<std::uint8_t> weight;
  std::vector<Id> word;  // the operation's text id, or no_id

  // Of words, by text id.
  bool is_operation(Id text) const { return text < operation_.size() && operation_[text] != 0; }
  Id intern_word(std::string_view text);  // no_id of ""
  Id spelt(std::string_view raw);         // the word of a raw operation; no_id: it says nothing
  const std::vector<Id>& kernel_words(std::string_view kernel);  // sorted; of "__myl_MulAdd_..."

 private:
  std::vector<std::uint8_t> operation_;
  std::vector<Id> spelt_;              // by text id of the raw operation; `unasked`
  std::vector<std::uint32_t> kernel_;  // by text id of the kernel's name: 1 + index below, or 0
  std::vector<std::vector<Id>> kernels_;
  std::string buffer_;
};

class Side {
 public:
  // Linear in the engine, which must outlive the side.
  Side(const Engine& engine, Shared& shared);
  // Sets the signatures; with operations where both engines name them.
  void sign(Shared& shared, bool with_operations);
  // The part of the pointwise steps and others without stated work that name operations.
  double named_share() const;
  // One of the layer's words is of the operators' vocabulary.
  bool names_operation(Row row) const;

  Row size() const { return static_cast<Row>(facts_.size()); }
  const LayerFacts& operator[](Row row) const { return facts_[row]; }
  // Text ids of its source ops (a carrier's are another layer's). Sorted operation words, without
  // repeats.
  std::span<const Id> ops(Row row) const { return ops_[row]; }
  std::span<const Id> words(Row row) const { return words_[row]; }
  std::string_view name(Row row) const { return names_[row]; }
  const Engine& engine() const { return engine_; }

 private:
  void read_layers(Shared& shared);
  void read_names(Shared& shared);
  void read_ops(Shared& shared);
  void find_carriers(bool bare);
  void read_words(Shared& shared);
  void read_shapes();
  std::string_view kernel_name(Row row) const;
  bool states_no_work(const LayerFacts& facts) const;
  Id op_of(StringId op, Shared& shared);
  // Dimensions of the first tensor without the batch; empty where not known.
  std::span<const std::int64_t> shape_of(Engine::RowRange tensors) const;

  const Engine& engine_;
  View<std::string_view> names_, tactics_;
  View<Integers> dims_;
  const Shared* shared_;
  std::vector<LayerFacts> facts_;
  Lists<Id> ops_, words_, kernel_words_;
  std::string buffer_;
  std::vector<Id> known_ops_;  // by StringId of the engine: the text id, once it is known
};

// How well two layers could be the same work: below `alike` no reason to pair them, above it the
// more the better. Symmetric.
inline constexpr int alike = 30;
int similarity(const Side& a, Row row_a, const Side& b, Row row_b);
// Whether one layer could do (part of) the other's work at all.
bool can_pair(const LayerFacts& a, const LayerFacts& b);

}  // namespace trex::compare
