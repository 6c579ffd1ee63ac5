// Where TREx is wrong on the two MobileNets: its figure, ours, and why ours is right.

// SPDX-License-Identifier: Apache-2.0

#include "tests/support/golden.hpp"
#include "trex/analyze/memory.hpp"
#include "trex/analyze/summary.hpp"
#include "trex/analyze/tactics.hpp"
#include "trex/analyze/work.hpp"
#include "trex/base/text.hpp"

namespace trex {
namespace {

using test::at;
using test::expect_close;
using test::integer_at;
using test::real_at;
using test::rows_of;
using test::text_at;

class Difference : public test::GoldenTest {};
INSTANTIATE_TEST_SUITE_P(MobileNets, Difference, ::testing::Values(0, 1));

// "Int8 NC/32HW32" -> 32, "FP32 NCHW" -> 1.
std::int64_t vector_width(std::string_view format) {
  const std::size_t slash = format.rfind("HW");
  return parse_integer(format.substr(slash + 2)).value_or(1);
}

// TREx multiplies the dimensions; a vectorised layout stores whole vectors of channels.
TEST_P(Difference, VectorisedTensorsArePaddedToWholeVectors) {
  const auto& rows = rows_of(trex(), "layers");
  std::size_t padded = 0;
  for (std::size_t i = 0; i + 1 < rows.size(); ++i) {
    const auto range = engine().outputs(shown()[i]);
    const Json& golden = rows_of(rows[i], "outputs").at(0);
    SCOPED_TRACE(text_at(golden, "name"));
    const auto dims = engine().tensors[tensor::dims][range[0]];
    const std::int64_t width = vector_width(text_at(golden, "format"));
    const std::int64_t vectors = (dims[1] + width - 1) / width;
    const std::int64_t size = integer_at(golden, "size_bytes");
    EXPECT_EQ(engine().tensors[tensor::bytes][range[0]], size / dims[1] * vectors * width);
    padded += vectors * width != dims[1];
  }
  EXPECT_EQ(padded, GetParam() == 0 ? 10u : 8u);
}

// The quantized input image, 1 x 3 x 224 x 224 in NC/4HW4: TREx counts 3 channels, 150528 bytes;
// 4 are stored, 200704 bytes. So the layer moves 602112 + 200704, not 752640 bytes.
TEST_P(Difference, FirstReformatMovesFourChannels) {
  EXPECT_EQ(integer_at(rows_of(trex(), "layers").at(0), "outputs_size_bytes"), 150528);
  EXPECT_EQ(integer_at(rows_of(trex(), "layers").at(0), "total_io_size_bytes"), 752640);
  EXPECT_EQ(engine().tensors[tensor::bytes][engine().outputs(0)[0]], 200704);
  EXPECT_EQ(engine().layers[layer::io_bytes][0], 802816);
}

// TREx adds every tensor once as an output and once for each reader, without padding.
TEST_P(Difference, ActivationTotalCountsEachTensorOnce) {
  const std::int64_t theirs[] = {16629344, 14863776};
  // Sum over the distinct tensors with padding, the end's NoOp folded (its copy is not made).
  const std::int64_t ours[] = {8950144, 8090880};
  EXPECT_EQ(integer_at(at(trex(), "totals"), "total_act_size"), theirs[GetParam()]);
  const ActivationMemory memory = activation_memory(engine());
  EXPECT_EQ(memory.total_bytes, ours[GetParam()]);
  EXPECT_EQ(memory.unknown_regions, 0);
  EXPECT_FALSE(memory.lower_bound);
}

// TREx has no such figure. The first expansion is the peak: 16 channels, stored as 32, at 112 x 112
// (401408 bytes) beside 96 channels (1204224).
TEST_P(Difference, PeakOfActivationsIsTheFirstExpansion) {
  const ActivationMemory memory = activation_memory(engine());
  EXPECT_EQ(memory.peak_bytes, 401408 + 1204224);
  EXPECT_EQ(memory.peak_layer, 4u);
}

// TREx counts no bias.
TEST_P(Difference, WeightsIncludeTheBias) {
  EXPECT_EQ(integer_at(at(trex(), "totals"), "total_weights_size"), 3469760);
  std::int64_t bias = 0;
  for (const Json& golden : rows_of(trex(), "layers")) bias += integer_at(golden, "bias_size");
  EXPECT_EQ(bias, 72224);
  EXPECT_EQ(totals(engine()).weights_bytes, 3469760 + 72224);
}

// TREx divides MACs, not FLOPs, by bytes, and leaves out padding and bias. The first convolution:
// theirs 10838016 / 552800 = 19.6; ours 2 x 10838016 / (200704 + 401408 + 864 + 128) = 35.9.
TEST_P(Difference, ArithmeticIntensityIsFlopsPerByteMoved) {
  const Json& golden = rows_of(at(trex(), "convolutions"), "rows").at(0);
  expect_close(real_at(golden, "attr.arithmetic_intensity"), 10838016.0 / 552800);
  const Table work = work_table(engine());
  EXPECT_EQ(work[work::bytes_moved][1], 603104);
  expect_close(work[work::intensity][1].value(), 21676032.0 / 603104);
}

// "compute_efficiency" is MACs per ms and "memory_efficiency" bytes per ms (1e6 B/s), no fractions.
TEST_P(Difference, RatesAreInTeraflopsAndGigabytesPerSecond) {
  const Json& golden = rows_of(at(trex(), "convolutions"), "rows").at(0);
  const Table work = work_table(engine());
  expect_close(work[work::tflops][1].value(),
               2 * real_at(golden, "attr.compute_efficiency") * 1e-9);
  // the padded bytes and the bias more than TREx's 552800
  expect_close(work[work::gbps][1].value(),
               real_at(golden, "attr.memory_efficiency") * 1e-6 * 603104 / 552800);
}

// TREx gives a depthwise convolution the depth of a dense one, K = C R S = 288 for 32 channels: its
// M x N x K is 32 times its MACs. A group sees C / groups = 1 channel: K = 9.
TEST_P(Difference, DepthOfAGroupedConvolutionIsPerGroup) {
  const Table work = work_table(engine());
  std::size_t grouped = 0;
  for (const Json& golden : rows_of(at(trex(), "convolutions"), "rows")) {
    const std::int64_t groups = integer_at(golden, "attr.groups");
    const Row row = static_cast<Row>(integer_at(golden, "_index"));
    EXPECT_EQ(work[work::k][row], integer_at(golden, "attr.K") / groups);
    EXPECT_EQ(*work[work::m][row] * *work[work::n][row] * *work[work::k][row],
              work[work::macs][row]);
    grouped += groups > 1;
  }
  EXPECT_EQ(grouped, 17u);
  EXPECT_EQ(integer_at(rows_of(at(trex(), "convolutions"), "rows").at(1), "attr.K"), 288);
  EXPECT_EQ(work[work::k][2], 9);
}

// TREx interpolates (numpy); trtexec, whose figure users know, takes the slowest of the fastest
// 99 % of the inferences.
TEST_P(Difference, PercentilesAreTrtexecs) {
  const double theirs[] = {0.47311075999999996, 0.3869216399999999};
  const double ours[] = {0.47312, 0.387009};
  expect_close(real_at(at(trex(), "timing"), "p99"), theirs[GetParam()]);
  const EndToEnd result = end_to_end(engine());
  EXPECT_EQ(result.p99, ours[GetParam()]);
  const double p90[] = {0.352295, 0.276489};
  const double p95[] = {0.370361, 0.346336};
  EXPECT_EQ(result.p90, p90[GetParam()]);
  EXPECT_EQ(result.p95, p95[GetParam()]);
}

// `trex summary` of TREx shows the MEAN share of a tactic's layers, which does not add up to 100 %.
TEST_P(Difference, TacticSharesAddUpToOne) {
  const Json& means = at(at(at(trex(), "group_mean"), "tactic"), "latency.pct_time");
  double theirs = 0;
  for (const auto& [tactic, share] : *means.object()) theirs += share.number().value();
  EXPECT_LT(theirs, 30);
  double ours = 0;
  const Table tactics = breakdown(engine(), "tactic");
  for (const double share : tactics[layer::share].values()) ours += share;
  expect_close(ours, 1);
}

// TREx's Tensor Core test accepts any name with "xmma", so the SIMT kernel of the classifier passes
// in both engines.
TEST_P(Difference, SimtKernelIsNotOnTensorCores) {
  const Table tactics = tactics_table(engine());
  std::size_t simt = 0;
  for (const Row row : shown()) {
    if (!contains(engine().layers[layer::tactic][row], "_simt_")) continue;
    ++simt;
    EXPECT_EQ(tactics[tactics::tensor_core][row], "no");
    for (const Json& finding : rows_of(at(at(trex(), "lint"), "ConvLinter_parts"), "tc_lint")) {
      EXPECT_NE(text_at(finding, "name"), engine().layers[layer::name][row]);
    }
  }
  EXPECT_EQ(simt, 1u);
}

// TREx renames the classifier's output to the binding that its NoOp writes; we keep the file's.
TEST_P(Difference, TheNoOpAtTheEndIsKept) {
  const char* bindings[] = {"1179", "1304"};
  const Json& golden = rows_of(trex(), "layers").back();
  EXPECT_EQ(text_at(rows_of(golden, "outputs").at(0), "name"), bindings[GetParam()]);
  const Row noop = shown().back() + 1;
  ASSERT_EQ(noop + 1, engine().layer_count());
  EXPECT_EQ(engine().layers[layer::type][noop], "NoOp");
  EXPECT_TRUE(engine().layers[layer::hidden].is_true(noop));
  const Row written = engine().outputs(shown().back())[0];
  EXPECT_EQ(engine().tensors[tensor::name][written],
            engine().tensors[tensor::name][engine().inputs(noop)[0]]);
  EXPECT_EQ(engine().tensors[tensor::name][engine().outputs(noop)[0]], bindings[GetParam()]);
}

// TREx fills every gap of its table with 0; what the file does not say is unknown.
TEST_P(Difference, UnknownIsNotZero) {
  const Table work = work_table(engine());
  EXPECT_EQ(engine().layers[layer::type][0], "Reformat");
  EXPECT_FALSE(work[work::macs][0]);
  EXPECT_FALSE(engine().layers[layer::stream][0]);  // 8.2 writes no StreamId
  EXPECT_TRUE(engine().layers[layer::tactic].is_null(0));
}

// The metadata's own values end at their second colon ("Memory Pools: workspace"): TREx cut them
// when it wrote the file. We keep what is there; logs keep all (see known_bugs_test.cpp).
TEST_P(Difference, CutMetadataValuesAreKeptAsTheyStand) {
  EXPECT_EQ(text_at(at(trex(), "builder_cfg"), "Memory Pools"), "workspace");
  const Json* pools = engine().build_metadata.find("build_options", "Memory Pools");
  ASSERT_NE(pools, nullptr);
  EXPECT_EQ(*pools->text(), "workspace");
}

}  // namespace
}  // namespace trex
