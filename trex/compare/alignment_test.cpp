// What must hold for any two engines, and the single kinds of evidence one by one.

// SPDX-License-Identifier: Apache-2.0
#include "trex/compare/alignment.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include <fmt/format.h>

#include "trex/compare/align_diff.hpp"
#include "trex/compare/align_names.hpp"
#include "trex/model/engine_builder.hpp"

namespace trex::test {
namespace {

using compare::align;
using compare::AlignedGroup;
using compare::Alignment;
using compare::AlignReason;
using compare::Relation;

// A layer of a test engine: names of tensors, one shape for all it writes.
struct L {
  std::string name, type;
  std::vector<std::string> reads, writes;
  std::vector<std::int64_t> dims = {1, 8, 4, 4};
  std::string metadata;
  std::string origin;
};

Engine engine_of(const std::vector<L>& layers) {
  EngineBuilder builder;
  std::int64_t index = 0;
  for (const L& l : layers) {
    RawLayer raw;
    raw.name = l.name;
    raw.layer_type = raw.parameter_type = l.type;
    raw.metadata = l.metadata;
    raw.has_metadata = !l.metadata.empty();
    raw.origin = l.origin;
    raw.index = index++;
    const auto tensor = [&](const std::string& name) {
      RawTensor t;
      t.name = name;
      t.dims = l.dims;
      t.format = "Row major linear FP16 format";
      return t;
    };
    for (const std::string& name : l.reads) raw.inputs.push_back(tensor(name));
    for (const std::string& name : l.writes) raw.outputs.push_back(tensor(name));
    builder.add_layer(raw);
  }
  return builder.finish();
}

// "0=0 1=1,2 2- +3": a group a word, in the result's order.
std::string text_of(const Alignment& alignment) {
  std::string text;
  for (const AlignedGroup& group : alignment.groups) {
    if (!text.empty()) text += ' ';
    const auto list = [](const std::vector<Row>& rows) {
      return fmt::format("{}", fmt::join(rows, ","));
    };
    text += group.a.empty()   ? "+" + list(group.b)
            : group.b.empty() ? list(group.a) + "-"
                              : list(group.a) + "=" + list(group.b);
  }
  return text;
}

TEST(Alignment, OfSmallEngines) {
  const L conv1{"/a/Conv", "Convolution", {"x"}, {"y"}};
  const L conv1_relu{"/a/Conv + /a/Relu",
                     "Convolution",
                     {"x"},
                     {"z"},
                     {1, 8, 4, 4},
                     "[ONNX Layer: /a/Conv]\x1e[ONNX Layer: /a/Relu]"};
  const L relu{"/a/Relu", "PointWise", {"y"}, {"z"}};
  const L reformat{"Reformatting CopyNode for Input Tensor 0 to /b/Conv",
                   "Reformat",
                   {"z"},
                   {"w"},
                   {1, 8, 4, 4},
                   "",
                   "REFORMAT"};
  const L conv2{"/b/Conv", "Convolution", {"z"}, {"v"}, {1, 16, 2, 2}};
  const L conv2_after{"/b/Conv", "Convolution", {"w"}, {"v"}, {1, 16, 2, 2}};
  const L renamed1{"first", "Convolution", {"p"}, {"q"}};
  const L renamed2{"second", "Convolution", {"q"}, {"r"}, {1, 16, 2, 2}};
  const L same_name1{"twice", "Convolution", {"x"}, {"y"}};
  const L same_name2{"twice", "Convolution", {"y"}, {"z"}};
  struct Case {
    const char* what;
    std::vector<L> a, b;
    const char* expected;
  };
  const Case cases[] = {
      {"nothing with nothing", {}, {}, ""},
      {"something with nothing", {conv1}, {}, "0-"},
      {"nothing with something", {}, {conv1}, "+0"},
      {"equal names", {conv1, relu}, {conv1, relu}, "0=0 1=1"},
      {"fused in a", {conv1_relu, conv2}, {conv1, relu, conv2}, "0=0,1 1=2"},
      {"fused in b", {conv1, relu, conv2}, {conv1_relu, conv2}, "0,1=0 2=1"},
      {"a reformat added", {conv1_relu, conv2}, {conv1_relu, reformat, conv2_after}, "0=0 +1 1=2"},
      {"a reformat removed",
       {conv1_relu, reformat, conv2_after},
       {conv1_relu, conv2},
       "0=0 1- 2=1"},
      {"a reformat kept",
       {conv1_relu, reformat, conv2_after},
       {conv1_relu, reformat, conv2_after},
       "0=0 1=1 2=2"},
      {"other names, equal graph", {conv1, conv2}, {renamed1, renamed2}, "0=0 1=1"},
      {"one name twice in both: in order",
       {same_name1, same_name2},
       {same_name1, same_name2},
       "0=0 1=1"},
      {"added at the end", {conv1}, {conv1, relu}, "0=0 +1"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    EXPECT_EQ(text_of(align(engine_of(c.a), engine_of(c.b))), c.expected);
  }
}

TEST(Alignment, SaysWhyAndHowSure) {
  const Engine a = engine_of({{"/a/Conv", "Convolution", {"x"}, {"y"}},
                              {"Conv_7", "Convolution", {"y"}, {"z"}, {1, 16, 2, 2}},
                              {"gone", "Plugin", {"q"}, {"r"}}});
  const Engine b = engine_of({{"/a/Conv", "Convolution", {"x"}, {"y"}},
                              {"Conv_9", "Convolution", {"y"}, {"z"}, {1, 16, 2, 2}}});
  const Alignment alignment = align(a, b);
  ASSERT_EQ(alignment.groups.size(), 3u);
  EXPECT_EQ(alignment.groups[0].reason, AlignReason::same_name);
  EXPECT_EQ(alignment.groups[1].reason, AlignReason::same_work);
  EXPECT_EQ(alignment.groups[2].reason, AlignReason::no_counterpart);
  EXPECT_GT(alignment.groups[0].confidence, alignment.groups[1].confidence);
  EXPECT_LT(alignment.groups[1].confidence, 1);
}

// Numbers that an exporter counted are chance: Conv_1 of one is not Conv_1 of the other.
TEST(Alignment, DoesNotTrustCountedNamesThatDisagree) {
  std::vector<L> a, b;
  for (int i = 0; i < 12; ++i) {
    const std::vector<std::int64_t> dims = {1, 8 + i, 4, 4};
    a.push_back({fmt::format("Conv_{}", i),
                 "Convolution",
                 {fmt::format("t{}", i)},
                 {fmt::format("t{}", i + 1)},
                 dims});
    b.push_back({fmt::format("Conv_{}", i + 2),
                 "Convolution",
                 {fmt::format("u{}", i)},
                 {fmt::format("u{}", i + 1)},
                 dims});
  }
  EXPECT_EQ(text_of(align(engine_of(a), engine_of(b))),
            "0=0 1=1 2=2 3=3 4=4 5=5 6=6 7=7 8=8 9=9 10=10 11=11");
}

// Thirty-two blocks alike, without one name in common: block k goes with block k.
TEST(Alignment, KeepsRepeatedBlocksApart) {
  const auto blocks = [](const char* prefix, int count) {
    std::vector<L> layers = {{fmt::format("{}in", prefix), "Gather", {"ids"}, {"t0"}, {1, 3, 5}}};
    for (int i = 0; i < count; ++i) {
      const auto t = [&](int k) { return fmt::format("t{}", 3 * i + k); };
      layers.push_back(
          {fmt::format("{}{}x", prefix, 3 * i), "MatrixMultiply", {t(0)}, {t(1)}, {1, 7, 9}});
      layers.push_back(
          {fmt::format("{}{}x", prefix, 3 * i + 1), "SoftMax", {t(1)}, {t(2)}, {1, 7, 9}});
      layers.push_back(
          {fmt::format("{}{}x", prefix, 3 * i + 2), "MatrixMultiply", {t(2)}, {t(3)}, {1, 3, 5}});
    }
    return layers;
  };
  const Engine a = engine_of(blocks("n", 32)), b = engine_of(blocks("m", 32));
  const Alignment alignment = align(a, b);
  for (Row row = 0; row < a.layer_count(); ++row) {
    EXPECT_EQ(alignment.groups[alignment.group_of_a[row]].b, std::vector<Row>{row});
  }
  // A block less: what is left of each block still goes with one block, but for the seam, which
  // nothing places.
  const Engine fewer = engine_of(blocks("m", 31));
  const Alignment thinner = align(a, fewer);
  std::size_t whole = 0;
  for (Row block = 0; block < 31; ++block) {
    std::set<Row> from;
    for (Row k = 1; k <= 3; ++k) {
      const AlignedGroup& group = thinner.groups[thinner.group_of_b[3 * block + k]];
      for (const Row row : group.a) from.insert((row - 1) / 3);
    }
    whole += from.size() == 1;
  }
  EXPECT_GE(whole, 30u);
}

TEST(Alignment, PairsAMyelinRegionWithItsKernels) {
  const Engine a =
      engine_of({{"/in/Conv", "Convolution", {"x"}, {"a"}},
                 {"{ForeignNode[/b/MatMul.../b/Add]}", "Myelin", {"a"}, {"b"}, {1, 5, 6}},
                 {"/out/Conv", "Convolution", {"b"}, {"c"}, {1, 2, 4, 4}}});
  const Engine b = engine_of({{"/in/Conv", "Convolution", {"x"}, {"a"}},
                              {"__myl_Fc_myl1_0", "kgen", {"a"}, {"p"}, {1, 5, 7}},
                              {"__myl_MulAdd_myl1_1", "kgen", {"p"}, {"q"}, {1, 5, 9}},
                              {"__myl_Add_myl1_2", "kgen", {"q"}, {"b"}, {1, 5, 8}},
                              {"/out/Conv", "Convolution", {"b"}, {"c"}, {1, 2, 4, 4}}});
  EXPECT_EQ(text_of(align(a, b)), "0=0 1=1,2,3 2=4");
  EXPECT_EQ(text_of(align(b, a)), "0=0 1,2,3=1 4=2");
}

TEST(Alignment, PairsNamesWithADetailedEngine) {
  const Engine names =
      engine_of({{"/a/Conv + /a/Relu", "", {}, {}},
                 {"Reformatting CopyNode for Input Tensor 0 to /b/Conv", "", {}, {}},
                 {"/b/Conv", "", {}, {}}});
  const Engine detailed =
      engine_of({{"/a/Conv", "Convolution", {"x"}, {"y"}},
                 {"/a/Relu", "PointWise", {"y"}, {"z"}},
                 {"Reformatting CopyNode for Input Tensor 0 to /b/Conv", "Reformat", {"z"}, {"w"}},
                 {"/b/Conv", "Convolution", {"w"}, {"v"}}});
  EXPECT_EQ(text_of(align(names, detailed)), "0=0,1 1=2 2=3");
  EXPECT_EQ(text_of(align(detailed, names)), "0,1=0 2=1 3=2");
}

std::vector<L> random_layers(std::mt19937& random) {
  const char* const types[] = {"Convolution", "PointWise", "Reformat", "NoOp", "kgen",
                               "Constant",    "signal",    "Myelin",   "gemm", "",
                               "PluginV2",    "Shuffle",   "Pooling",  "wait", "SoftMax"};
  const std::string names[] = {"",
                               "a",
                               "/x/Conv",
                               "/x/Conv + /x/Relu",
                               "Conv_1",
                               "__myl_MulAdd_myl0_1",
                               "__myl_MulAdd_myl0_2",
                               "{ForeignNode[/x/Conv.../y/Add]}",
                               "Reformatting CopyNode for Input Tensor 0 to /x/Conv",
                               "PWN(PWN(/x/Sigmoid), /x/Mul)",
                               "(Unnamed Layer* 3) [Shuffle]",
                               "\xff\x01</script>",
                               std::string(3000, 'q')};
  std::vector<L> layers(random() % 40);
  for (L& layer : layers) {
    layer.name = names[random() % std::size(names)];
    if (random() % 2) layer.name += fmt::format("{}", random() % 20);
    layer.type = types[random() % std::size(types)];
    layer.dims = {1, static_cast<std::int64_t>(random() % 3) - 1,
                  1 + static_cast<std::int64_t>(random() % 3)};
    if (random() % 3 == 0) layer.metadata = "[ONNX Layer: /x/Conv]\x1f[ONNX Layer: /y/Add]";
    // Any tensor may be read or written by any layer: cycles, several writers, its own output.
    for (auto i = random() % 3; i > 0; --i)
      layer.reads.push_back(fmt::format("t{}", random() % 15));
    for (auto i = random() % 3; i > 0; --i)
      layer.writes.push_back(fmt::format("t{}", random() % 15));
  }
  return layers;
}

void expect_sound(const Alignment& alignment, std::size_t rows_a, std::size_t rows_b) {
  ASSERT_EQ(alignment.group_of_a.size(), rows_a);
  ASSERT_EQ(alignment.group_of_b.size(), rows_b);
  std::vector<int> seen_a(rows_a, 0), seen_b(rows_b, 0);
  Row last = 0;
  for (std::uint32_t g = 0; g < alignment.groups.size(); ++g) {
    const AlignedGroup& group = alignment.groups[g];
    EXPECT_FALSE(group.a.empty() && group.b.empty());
    EXPECT_TRUE(std::is_sorted(group.a.begin(), group.a.end()));
    EXPECT_TRUE(std::is_sorted(group.b.begin(), group.b.end()));
    EXPECT_GT(group.confidence, 0);
    EXPECT_LT(group.confidence, 1);
    EXPECT_EQ(group.relation == Relation::added, group.a.empty());
    EXPECT_EQ(group.relation == Relation::removed, group.b.empty());
    EXPECT_EQ(group.reason == AlignReason::no_counterpart, group.a.empty() || group.b.empty());
    if (!group.a.empty()) {
      EXPECT_GE(group.a[0], last);
      last = group.a[0];
    }
    for (const Row row : group.a) {
      EXPECT_EQ(alignment.group_of_a[row], g);
      ++seen_a[row];
    }
    for (const Row row : group.b) {
      EXPECT_EQ(alignment.group_of_b[row], g);
      ++seen_b[row];
    }
  }
  EXPECT_EQ(std::count(seen_a.begin(), seen_a.end(), 1), static_cast<std::ptrdiff_t>(rows_a));
  EXPECT_EQ(std::count(seen_b.begin(), seen_b.end(), 1), static_cast<std::ptrdiff_t>(rows_b));
}

TEST(Alignment, PutsEveryLayerOfAnyEnginesInOneGroup) {
  std::mt19937 random(11);
  for (int turn = 0; turn < 150; ++turn) {
    const std::vector<L> a = random_layers(random);
    const std::vector<L> b = turn % 3 == 0 ? a : random_layers(random);
    const Engine engine_a = engine_of(a), engine_b = engine_of(b);
    for (const compare::AlignOptions options :
         {compare::AlignOptions{}, {.use_names = false}, {.use_source_ops = false}}) {
      const Alignment alignment = align(engine_a, engine_b, options);
      expect_sound(alignment, a.size(), b.size());
      EXPECT_EQ(text_of(alignment), text_of(align(engine_a, engine_b, options)));
    }
    if (HasFailure()) FAIL() << "turn " << turn;
  }
}

std::size_t longest_common(const std::vector<std::uint32_t>& a,
                           const std::vector<std::uint32_t>& b) {
  std::vector<std::vector<std::size_t>> best(a.size() + 1,
                                             std::vector<std::size_t>(b.size() + 1, 0));
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      best[i][j] =
          a[i - 1] == b[j - 1] ? best[i - 1][j - 1] + 1 : std::max(best[i - 1][j], best[i][j - 1]);
    }
  }
  return best[a.size()][b.size()];
}

TEST(CommonSubsequence, IsTheLongest) {
  std::mt19937 random(5);
  for (int turn = 0; turn < 2000; ++turn) {
    std::vector<std::uint32_t> a(random() % 30), b(random() % 30);
    for (auto* list : {&a, &b}) {
      for (std::uint32_t& id : *list) id = static_cast<std::uint32_t>(random() % 4);
    }
    const auto common = compare::common_subsequence(a, b);
    ASSERT_EQ(common.size(), longest_common(a, b)) << turn;
    for (std::size_t i = 0; i < common.size(); ++i) {
      EXPECT_EQ(a[common[i].first], b[common[i].second]);
      if (i == 0) continue;
      EXPECT_LT(common[i - 1].first, common[i].first);
      EXPECT_LT(common[i - 1].second, common[i].second);
    }
  }
}

// Where nothing fits, the cost stays bounded and what is found is still common and ascending.
TEST(CommonSubsequence, SettlesForLessWhereItWouldCostTooMuch) {
  std::mt19937 random(6);
  std::vector<std::uint32_t> a(20000), b(20000);
  for (auto* list : {&a, &b}) {
    for (std::uint32_t& id : *list) id = static_cast<std::uint32_t>(random() % 1000);
  }
  const auto common = compare::common_subsequence(a, b, 64);
  EXPECT_GT(common.size(), 100u);
  for (std::size_t i = 1; i < common.size(); ++i) {
    EXPECT_LT(common[i - 1].first, common[i].first);
    EXPECT_LT(common[i - 1].second, common[i].second);
  }
}

TEST(AlignNames, SpellsTheSameNodeOfTwoExportersAlike) {
  std::string x, y;
  const auto same = [&](const char* onnx, const char* torch) {
    EXPECT_EQ(compare::canonical_op(onnx, x), compare::canonical_op(torch, y)) << onnx;
    EXPECT_NE(x, "");
  };
  same("/layer1/layer1.0/conv1/Conv", "/layer1/0/conv1/convolution_1");
  same("/features/features.3/conv/conv.0/conv.0.0/Conv", "/features/3/conv_0/0/convolution_6");
  same("/layer2/layer2.0/downsample/downsample.0/Conv", "/layer2/0/downsample/0/convolution_7");
  same("/fc/Gemm", "/fc/addmm_mm");
  same("/avgpool/GlobalAveragePool", "/avgpool/mean");
  same("/maxpool/MaxPool", "/maxpool/max_pool2d_default");
  EXPECT_EQ(compare::canonical_op("Conv_12", x), "");
  EXPECT_EQ(compare::canonical_op("/", x), "");
  EXPECT_EQ(compare::canonical_op("", x), "");
}

TEST(AlignNames, TellsCountedNamesFromNamesThatMeanSomething) {
  using compare::NameTrust;
  for (const char* op : {"/layer1/Conv", "/layer1/Add_1", "features.0.weight", "conv_out_up"}) {
    EXPECT_EQ(compare::op_trust(op), NameTrust::specific) << op;
  }
  for (const char* op :
       {"Conv_12", "(Unnamed Layer* 14) [Shuffle]", "onnx::Mul_4109", "__mye55480", "a", ""}) {
    EXPECT_EQ(compare::op_trust(op), NameTrust::numbered) << op;
  }
}

}  // namespace
}  // namespace trex::test
