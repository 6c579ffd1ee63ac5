// SPDX-License-Identifier: Apache-2.0
#include "trex/trtexec/options.hpp"

#include <gtest/gtest.h>

#include <set>

#include "trex/base/error.hpp"

namespace trex::trtexec {
namespace {

std::vector<std::string> texts(const std::vector<Argument>& arguments) {
  std::vector<std::string> result;
  for (const Argument& argument : arguments) result.push_back(argument.text());
  return result;
}

std::string refusal(std::vector<std::string> words, Version version,
                    const std::vector<HelpOption>& help = {}) {
  try {
    check_arguments(words, version, help);
  } catch (const Error& error) {
    return error.what();
  }
  return "accepted";
}

using Words = std::vector<std::string>;

TEST(Version, IsComparedByNumbers) {
  EXPECT_LT(*parse_version("8.6"), *parse_version("10.0"));
  EXPECT_LT(*parse_version("9.3.0"), *parse_version("10.0.1"));
  EXPECT_LT(*parse_version("10.9"), *parse_version("10.13.2"));
  EXPECT_EQ(to_string(*parse_version("10.13.2")), "10.13");
  for (const char* text : {"", "10", "x.y", "10.", "-1.2", "1000.0"}) {
    EXPECT_FALSE(parse_version(text)) << text;
  }
}

TEST(Options, TableIsSound) {
  std::set<std::string_view> names;
  for (const OptionInfo& option : known_options()) {
    SCOPED_TRACE(option.name);
    EXPECT_TRUE(names.insert(option.name).second) << "stands there twice";
    EXPECT_TRUE(oldest_known <= option.first);
    EXPECT_TRUE(option.first <= option.last);
    EXPECT_TRUE(option.last <= newest_known);
    EXPECT_EQ(option.last < newest_known, !option.after.empty()) << "gone: what instead?";
  }
}

TEST(Options, TakesBothSpellingsAndSortsThem) {
  const Words words = {"int8", "--fp16", "shapes=input.1:32x3x224x224", "-iterations=5",
                       "loadInputs=x:a=b.bin"};
  const Arguments arguments = check_arguments(words, {8, 6}, {});
  EXPECT_EQ(texts(arguments.build), (Words{"--int8", "--fp16", "--shapes=input.1:32x3x224x224"}));
  EXPECT_EQ(texts(arguments.run),
            (Words{"--shapes=input.1:32x3x224x224", "--iterations=5", "--loadInputs=x:a=b.bin"}));
  EXPECT_TRUE(arguments.notes.empty());
}

TEST(Options, RefusesWhatTheVersionLacks) {
  const struct {
    const char* word;
    Version version;
    const char* message;
  } cases[] = {
      {"workspace=4096",
       {10, 0},
       "--workspace is gone since TensorRT 9.3, and this is 10.0: use --memPoolSize=workspace:N, N "
       "in MiB"},
      {"workspace=4096", {9, 3}, "accepted"},
      {"fp8", {8, 5}, "--fp8 came with TensorRT 8.6, and this is 8.5: FP8 came with 8.6"},
      {"fp8", {8, 6}, "accepted"},
      {"int4", {10, 0}, "--int4 came with TensorRT 10.1, and this is 10.0: INT4 came with 10.1"},
      {"heuristic", {8, 4}, "--heuristic came with TensorRT 8.5, and this is 8.4: leave it out"},
      {"uff",
       {9, 0},
       "--uff is gone since TensorRT 8.6, and this is 9.0: from 9.0 only ONNX is read: convert the "
       "model to ONNX"},
      {"fp16", {10, 16}, "accepted"},
      {"fp16",
       {11, 0},
       "--fp16 is gone since TensorRT 10.16, and this is 11.0: 11.x takes the types from the "
       "model: make it typed, e.g. with ModelOpt (python -m modelopt.onnx.autocast "
       "--onnx_path=model.onnx for FP16 or BF16)"},
      {"saveEngine=x", {10, 0}, "--saveEngine is set by trex process itself: leave it out"},
      {"itertions=3",
       {10, 0},
       "trtexec 10.0 has no option --itertions, did you mean --iterations?"},
      {"zzzzzzzzz", {10, 0}, "trtexec 10.0 has no option --zzzzzzzzz; trtexec --help lists them"},
      {"a b.onnx",
       {10, 0},
       "'a b.onnx' is no option of trtexec; values follow '=', as in --shapes=x:1x3x224x224"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.word);
    EXPECT_EQ(refusal({c.word}, c.version), c.message);
  }
  EXPECT_EQ(refusal({"maxBatch=3", "buildOnly"}, {9, 0}),
            "--maxBatch is gone since TensorRT 8.6, and this is 9.0: from 9.0 the batch is part of "
            "the shapes: use --shapes, or --minShapes, --optShapes and --maxShapes; --buildOnly is "
            "set by trex process itself: leave it out");
}

TEST(Options, AsksTheHelpForWhatTheTableDoesNotKnow) {
  const std::vector<HelpOption> help = read_help(
      "=== Build Options ===\n"
      "  --inputIOFormats=spec       Type and format of each input\n"
      "=== Inference Options ===\n"
      "  --newThing                  Something\n"
      "          --not-at-the-start of a line of words\n"
      "=== System Options ===\n  --lib=x\n");
  ASSERT_EQ(help.size(), 4u);
  EXPECT_EQ(help[0].name, "inputIOFormats");
  const Words words = {"inputIOFormats=fp16:chw", "newThing", "lib=x"};
  const Arguments arguments = check_arguments(words, {10, 3}, help);
  EXPECT_EQ(texts(arguments.build), (Words{"--inputIOFormats=fp16:chw", "--lib=x"}));
  EXPECT_EQ(texts(arguments.run), (Words{"--newThing", "--lib=x"}));
  // Past the table's last version the help decides what is gone.
  EXPECT_EQ(refusal({"verbose"}, {12, 0}, help),
            "--verbose is not in the help of this trtexec (12.0)");
  EXPECT_EQ(refusal({"newThing"}, {12, 0}, help), "accepted");
}

TEST(Options, SaysWhatHasNoEffect) {
  const Words words = {"useCudaGraph", "profilingVerbosity=none"};
  const Arguments arguments = check_arguments(words, {11, 0}, {});
  ASSERT_EQ(arguments.notes.size(), 2u);
  EXPECT_EQ(arguments.notes[0], "--useCudaGraph has no effect: from 11.0 it is always so");
  EXPECT_TRUE(check_arguments(Words{"useCudaGraph"}, {10, 16}, {}).notes.empty());
  EXPECT_EQ(check_arguments(Words{"fp16"}, {10, 14}, {}).notes.size(), 1u);
  EXPECT_EQ(check_arguments(Words{"fp16"}, {10, 13}, {}).notes.size(), 0u);
}

TEST(Options, HostileHelpIsBounded) {
  std::string help;
  for (int i = 0; i < 100000; ++i) help += "--a" + std::to_string(i) + "\n";
  EXPECT_EQ(read_help(help).size(), 2000u);
  EXPECT_TRUE(read_help("--\n--\x01\n--=\n=== ===").empty());
}

}  // namespace
}  // namespace trex::trtexec
