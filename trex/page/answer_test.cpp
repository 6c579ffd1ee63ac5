// The bytes of answers, and tables in them.

// SPDX-License-Identifier: Apache-2.0
#include "trex/page/answer.hpp"

#include <cmath>

#include "trex/page/table_answer.hpp"
#include "trex/page/test_answer.hpp"

namespace trex::page {
namespace {

TEST(Answer, IsLengthJsonAndArraysPaddedToEight) {
  Answer answer;
  const std::vector<std::uint8_t> bytes{1, 2, 3};
  const std::vector<float> reals{0.5f};
  answer.set("a", answer.array(std::span<const std::uint8_t>(bytes)));
  answer.set("b", answer.array(std::span<const float>(reals)));
  const std::string json =
      R"({"a":{"$array":0},"b":{"$array":1},"$arrays":[{"type":"u8","offset":0,"length":3},)"
      R"({"type":"f32","offset":8,"length":1}]})";
  std::string expected;
  expected += static_cast<char>(json.size());  // below 256
  expected += std::string(3, '\0') + json;
  expected.resize((expected.size() + 7) / 8 * 8);
  expected += std::string("\1\2\3\0\0\0\0\0", 8);
  expected += std::string("\0\0\0\x3f\0\0\0\0", 8);  // 0.5f, little-endian
  EXPECT_EQ(answer.encode(), expected);
}

TEST(Answer, TakesOverAnObjectsMembers) {
  Answer answer = Answer::of_object("{\n  \"x\": 1\n}\n");
  answer.set("y", "</script>");
  EXPECT_EQ(read_answer(answer.encode()).json.dump(), R"({"x":1,"y":"</script>","$arrays":[]})");
  EXPECT_EQ(read_answer(Answer::of_object("{}").encode()).json.dump(), R"({"$arrays":[]})");
}

Table odd_table() {
  Table table;
  table.add(Key<bool>{"flag", Unit::none, ""}, std::vector<std::uint8_t>{1, 2, 0});
  table.add(Key<std::int64_t>{"count", Unit::bytes, "how many"},
            std::vector<std::int64_t>{7, null_integer, -1});
  table.add(Key<double>{"time", Unit::milliseconds, ""},
            std::vector<double>{null_real, 0.5, 1e308});
  const StringId b = table.strings()->intern("b"), a = table.strings()->intern("a");
  table.add(Key<std::string_view>{"name", Unit::none, ""},
            std::vector<StringId>{b, null_string, b});
  Lists<std::int64_t> dims;
  dims.push(std::vector<std::int64_t>{1, -1});
  dims.push_null();
  dims.push(std::vector<std::int64_t>{});
  table.add(Key<Integers>{"dims", Unit::none, ""}, std::move(dims));
  Lists<StringId> ops;
  ops.push(std::vector<StringId>{a, b, a});
  ops.push({});
  ops.push(std::vector<StringId>{b});
  table.add(Key<Texts>{"ops", Unit::none, ""}, std::move(ops));
  return table;
}

TEST(TableAnswer, KeepsTypesAndWhatIsUnknown) {
  Answer answer;
  set_table(answer, odd_table());
  const ReadAnswer read = read_answer(answer.encode());
  EXPECT_EQ(read["rows"].dump(), "3");
  const Json& count = read.column("count");
  EXPECT_EQ(*count.find("unit")->text(), "B");
  EXPECT_EQ(*count.find("doc")->text(), "how many");
  EXPECT_EQ(*count.find("type")->text(), "integer");
  const auto counts = read.values<double>(*count.find("values"), "f64");
  EXPECT_EQ(counts[0], 7);
  EXPECT_TRUE(std::isnan(counts[1]));
  EXPECT_EQ(counts[2], -1);
  const auto times = read.values<double>(*read.column("time").find("values"), "f64");
  EXPECT_TRUE(std::isnan(times[0]));
  EXPECT_EQ(times[2], 1e308);
  EXPECT_EQ(read.values<std::uint8_t>(*read.column("flag").find("values"), "u8"),
            (std::vector<std::uint8_t>{1, 2, 0}));
  EXPECT_EQ(read.values<std::uint32_t>(*read.column("name").find("values"), "u32"),
            (std::vector<std::uint32_t>{0, UINT32_MAX, 0}));
  EXPECT_EQ(read.column("name").find("texts")->dump(), R"(["b"])");
}

TEST(TableAnswer, ListsHaveStartsAndADictionary) {
  Answer answer;
  set_table(answer, odd_table(), {"ops", "dims"});
  const ReadAnswer read = read_answer(answer.encode());
  EXPECT_EQ(read["columns"].array()->size(), 2u);
  const Json& dims = read.column("dims");
  EXPECT_EQ(read.values<double>(*dims.find("values"), "f64"), (std::vector<double>{1, -1}));
  EXPECT_EQ(read.values<std::uint32_t>(*dims.find("starts"), "u32"),
            (std::vector<std::uint32_t>{0, 2, 2, 2}));
  EXPECT_EQ(read.values<std::uint8_t>(*dims.find("unknown"), "u8"),
            (std::vector<std::uint8_t>{0, 1, 0}));
  const Json& ops = read.column("ops");
  EXPECT_EQ(ops.find("texts")->dump(), R"(["a","b"])");
  EXPECT_EQ(read.values<std::uint32_t>(*ops.find("values"), "u32"),
            (std::vector<std::uint32_t>{0, 1, 0, 1}));
  EXPECT_EQ(read.values<std::uint32_t>(*ops.find("starts"), "u32"),
            (std::vector<std::uint32_t>{0, 3, 3, 4}));
  EXPECT_EQ(ops.find("unknown"), nullptr);
}

}  // namespace
}  // namespace trex::page
