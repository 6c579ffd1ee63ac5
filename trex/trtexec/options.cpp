// A user's words -> options for the two commands, or one Error that says what to use instead.

// SPDX-License-Identifier: Apache-2.0
#include "trex/trtexec/options.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "trex/base/error.hpp"
#include "trex/base/suggest.hpp"
#include "trex/base/text.hpp"

namespace trex::trtexec {
namespace {

constexpr std::size_t most_help_options = 2000;  // 11.1 lists about 180

bool is_option_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
           c == '_';
  });
}

Argument parse_argument(const std::string& word) {
  std::string_view rest = word;
  while (starts_with(rest, "-")) rest.remove_prefix(1);
  const std::size_t equals = rest.find('=');
  const std::string_view name = rest.substr(0, equals);
  if (!is_option_name(name)) {
    fail("'{}' is no option of trtexec; values follow '=', as in --shapes=x:1x3x224x224",
         printable(word));
  }
  Argument argument{std::string(name), std::nullopt};
  if (equals != std::string_view::npos) argument.value = std::string(rest.substr(equals + 1));
  return argument;
}

const HelpOption* find_help(std::span<const HelpOption> help, std::string_view name) {
  const auto found = std::find_if(help.begin(), help.end(),
                                  [&](const HelpOption& option) { return option.name == name; });
  return found == help.end() ? nullptr : &*found;
}

// Why this version does not take the option, or "".
std::string refusal(const OptionInfo& option, Version version, std::span<const HelpOption> help) {
  const auto because = [](std::string_view instead) {
    return instead.empty() ? std::string() : fmt::format(": {}", instead);
  };
  if (version < option.first) {
    return fmt::format("--{} came with TensorRT {}, and this is {}{}", option.name,
                       to_string(option.first), to_string(version), because(option.before));
  }
  const bool gone = option.last < newest_known && version > option.last;
  if (gone) {
    return fmt::format("--{} is gone since TensorRT {}, and this is {}{}", option.name,
                       to_string(option.last), to_string(version), because(option.after));
  }
  // Past what the table knows the program itself is asked.
  if (version > newest_known && !help.empty() && find_help(help, option.name) == nullptr) {
    return fmt::format("--{} is not in the help of this trtexec ({})", option.name,
                       to_string(version));
  }
  return "";
}

std::string refuse_unknown(const Argument& argument, Version version,
                           std::span<const HelpOption> help) {
  std::vector<std::string> names;
  for (const OptionInfo& option : known_options()) {
    if (refusal(option, version, help).empty() && option.stage != Stage::ours) {
      names.emplace_back(option.name);
    }
  }
  for (const HelpOption& option : help) names.push_back(option.name);
  const std::optional<std::string> near = nearest(argument.name, names);
  return fmt::format("trtexec {} has no option --{}{}", to_string(version), argument.name,
                     near ? fmt::format(", did you mean --{}?", *near)
                          : std::string("; trtexec --help lists them"));
}

void add(Arguments& result, const Argument& argument, Stage stage) {
  if (stage != Stage::run) result.build.push_back(argument);
  if (stage != Stage::build) result.run.push_back(argument);
}

// 11.x's --noCudaGraph asks an older version for the default that trex changes.
bool take_opposite(const Argument& argument, Version version, Arguments& result) {
  const struct {
    std::string_view name;
    bool* asked;
  } opposites[] = {{"includeDataTransfers", &result.with_transfers},
                   {"noSpinWait", &result.without_spin},
                   {"noCudaGraph", &result.without_graph}};
  for (const auto& opposite : opposites) {
    if (argument.name != opposite.name) continue;
    *opposite.asked = true;
    return version < no_op_from;
  }
  return false;
}

void note_oddities(const Argument& argument, Version version, Arguments& result) {
  if (is_no_op(argument.name, version)) {
    result.notes.push_back(
        fmt::format("--{} has no effect: from 11.0 it is always so", argument.name));
  }
  if (argument.name == "profilingVerbosity" && argument.value != "detailed" &&
      argument.value != "verbose") {
    result.notes.push_back(fmt::format(
        "with {} the engine's file names its layers at most: detailed is what trex reads",
        argument.text()));
  }
  const OptionInfo* known = find_option(argument.name);
  const bool weakly_typed = known != nullptr && known->last == Version{10, 16};
  if (weakly_typed && version >= Version{10, 14} && version < Version{11, 0}) {
    result.notes.push_back(
        fmt::format("--{} goes with TensorRT 11.0: {}", argument.name, known->after));
  }
}

}  // namespace

std::optional<Version> parse_version(std::string_view text) {
  const auto parts = split(text, '.');
  if (parts.size() < 2) return std::nullopt;
  const auto major = parse_integer(parts[0]), minor = parse_integer(parts[1]);
  if (!major || !minor || *major < 1 || *major > 99 || *minor < 0 || *minor > 99) {
    return std::nullopt;
  }
  return Version{static_cast<int>(*major), static_cast<int>(*minor)};
}

std::string to_string(Version version) {
  return fmt::format("{}.{}", version.major, version.minor);
}

std::vector<HelpOption> read_help(std::string_view help) {
  std::vector<HelpOption> result;
  Stage stage = Stage::both;
  for (const std::string_view line : lines(help)) {
    const std::string_view text = trim(line);
    if (starts_with(text, "=== ")) {
      const bool builds = contains(text, "Build") || contains(text, "Model");
      const bool runs = contains(text, "Inference") || contains(text, "Reporting");
      stage = builds ? Stage::build : (runs ? Stage::run : Stage::both);
    }
    if (!starts_with(text, "--") || result.size() >= most_help_options) continue;
    std::size_t end = 2;
    while (end < text.size() && is_option_name(text.substr(end, 1))) ++end;
    const std::string_view name = text.substr(2, end - 2);
    if (is_option_name(name)) result.push_back({std::string(name), stage});
  }
  return result;
}

Arguments check_arguments(std::span<const std::string> words, Version version,
                          std::span<const HelpOption> help) {
  Arguments result;
  std::vector<std::string> refused;
  for (const std::string& word : words) {
    const Argument argument = parse_argument(word);
    const OptionInfo* known = find_option(argument.name);
    if (take_opposite(argument, version, result)) continue;
    const HelpOption* listed = known == nullptr ? find_help(help, argument.name) : nullptr;
    const std::string why = known != nullptr    ? refusal(*known, version, help)
                            : listed == nullptr ? refuse_unknown(argument, version, help)
                                                : "";
    if (!why.empty()) {
      refused.push_back(why);
    } else if (known != nullptr && known->stage == Stage::ours) {
      refused.push_back(
          fmt::format("--{} is set by trex process itself: leave it out", known->name));
    } else {
      add(result, argument, known != nullptr ? known->stage : listed->stage);
      note_oddities(argument, version, result);
    }
  }
  if (!refused.empty()) fail("{}", join(refused, "; "));
  return result;
}

}  // namespace trex::trtexec
