// Completion scripts for shells, made from the list of commands.

// SPDX-License-Identifier: Apache-2.0
#include "trex/cli/completion.hpp"

#include <fmt/format.h>

#include <array>

#include "trex/base/text.hpp"
#include "trex/cli/help.hpp"

namespace trex::cli {
namespace {

const std::vector<std::string>& values_of(const Flag& flag) {
  return flag.choices.empty() ? flag.offers : flag.choices;
}

bool takes_value(const Flag& flag) {
  const FlagWords words = words_of(flag);
  return !words.names.empty() && !words.value.empty();
}

std::vector<Flag> all_flags(const CompletionInput& input, const Command& command) {
  std::vector<Flag> flags;
  for (const Flag& flag : command.flags) {
    if (!words_of(flag).names.empty()) flags.push_back(flag);
  }
  const auto number = static_cast<std::size_t>(&command - input.commands.data());
  const std::vector<Flag>& common = input.common_flags[number];
  flags.insert(flags.end(), common.begin(), common.end());
  return flags;
}

// The values of the command's first argument, where they are known (completion: bash, zsh, fish).
std::vector<std::string> argument_values(const Command& command) {
  for (const Flag& flag : command.flags) {
    if (words_of(flag).names.empty()) return values_of(flag);
  }
  return {};
}

std::string bash(const CompletionInput& input) {
  std::vector<std::string> names;
  std::string options, values, arguments;
  for (const Command& command : input.commands) {
    names.emplace_back(command.name);
    std::vector<std::string> words;
    for (const Flag& flag : all_flags(input, command)) {
      const FlagWords parts = words_of(flag);
      words.insert(words.end(), parts.names.begin(), parts.names.end());
      if (!takes_value(flag)) continue;
      for (const std::string& name : parts.names) {
        // An empty list lets bash complete file names.
        values += fmt::format("    {}:{}) words='{}' ;;\n", command.name, name,
                              join(values_of(flag), " "));
      }
    }
    options += fmt::format("      {}) words='{}' ;;\n", command.name, join(words, " "));
    if (const std::vector<std::string> known = argument_values(command); !known.empty()) {
      arguments += fmt::format("      {}) words='{}' ;;\n", command.name, join(known, " "));
    }
  }
  return fmt::format(R"(# bash completion of trex
_trex() {{
  local current=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}} command= words= word
  COMPREPLY=()
  # "--format=json" comes as three words.
  if [[ $current == = ]]; then
    current=
  elif [[ $before == = ]]; then
    before=${{COMP_WORDS[COMP_CWORD-2]}}
  fi
  for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
    case $word in
      {}|help) command=$word; break ;;
    esac
  done
  if [[ -z $command ]]; then
    COMPREPLY=($(compgen -W '{} help --help --version' -- "$current"))
    return
  fi
  case $command:$before in
{}    *)
    if [[ $current == -* ]]; then
      case $command in
{}      esac
    else
      case $command in
{}        help) words='{}' ;;
        *) ;;
      esac
    fi ;;
  esac
  [[ -n $words ]] && COMPREPLY=($(compgen -W "$words" -- "$current"))
}}
complete -o default -F _trex trex
)",
                     join(names, "|"), join(names, " "), values, options, arguments,
                     join(names, " "));
}

std::string zsh_text(std::string_view text) {
  std::string result = replace_all(text, "'", "'\\''");
  for (const char* special : {"[", "]", ":"}) {
    result = replace_all(result, special, std::string("\\") + special);
  }
  return result;
}

std::string zsh(const CompletionInput& input) {
  std::string names, cases;
  for (const Command& command : input.commands) {
    names += fmt::format("    '{}:{}'\n", command.name, zsh_text(command.summary));
    cases += fmt::format("    {})\n      _arguments \\\n", command.name);
    for (const Flag& flag : all_flags(input, command)) {
      const FlagWords words = words_of(flag);
      std::string value;
      if (takes_value(flag)) {
        const std::string known = join(values_of(flag), " ");
        value = fmt::format(":value:{}", known.empty() ? "_files" : "(" + known + ")");
      }
      for (const std::string& name : words.names) {
        // "=": the value may stand in the same word.
        const bool may_join = !value.empty() && starts_with(name, "--");
        cases += fmt::format("        '{}{}[{}]{}' \\\n", name, may_join ? "=" : "",
                             zsh_text(flag.help), value);
      }
    }
    const std::string known = join(argument_values(command), " ");
    cases +=
        fmt::format("        '*:argument:{}' ;;\n", known.empty() ? "_files" : "(" + known + ")");
  }
  return fmt::format(R"(#compdef trex
# zsh completion of trex
_trex() {{
  local -a commands
  commands=(
{}  )
  if (( CURRENT == 2 )); then
    if [[ $PREFIX == -* ]]; then
      compadd -- --help --version
    else
      commands+=('help:what a command does')
      _describe command commands
    fi
    return
  fi
  case $words[2] in
    help) (( CURRENT == 3 )) && _describe command commands ;;
{}  esac
}}
(( $+functions[compdef] )) && compdef _trex trex
)",
                     names, cases);
}

std::string fish_text(std::string_view text) {
  return replace_all(replace_all(text, "\\", "\\\\"), "'", "\\'");
}

std::string fish(const CompletionInput& input) {
  std::string script = "# fish completion of trex\n";
  for (const std::string_view word : {"help", "version"}) {
    script += fmt::format("complete -c trex -n __fish_use_subcommand -l {}\n", word);
  }
  std::string commands;
  for (const Command& command : input.commands) commands += " " + std::string(command.name);
  script += fmt::format(
      "complete -c trex -n __fish_use_subcommand -f -a help -d 'what a command does'\n"
      "complete -c trex -n '__fish_seen_subcommand_from help' -f -a '{}'\n",
      commands.substr(1));
  for (const Command& command : input.commands) {
    script += fmt::format("complete -c trex -n __fish_use_subcommand -f -a {} -d '{}'\n",
                          command.name, fish_text(command.summary));
  }
  for (const Command& command : input.commands) {
    const std::string seen =
        fmt::format("complete -c trex -n '__fish_seen_subcommand_from {}'", command.name);
    if (const std::string known = join(argument_values(command), " "); !known.empty()) {
      script += fmt::format("{} -f -a '{}'\n", seen, known);
    }
    for (const Flag& flag : all_flags(input, command)) {
      std::string spelt, value;
      for (const std::string& name : words_of(flag).names) {
        spelt += starts_with(name, "--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
      }
      if (takes_value(flag)) {
        const std::string known = join(values_of(flag), " ");
        value = known.empty() ? " -r" : fmt::format(" -x -a '{}'", known);
      }
      script += fmt::format("{}{}{} -d '{}'\n", seen, spelt, value, fish_text(flag.help));
    }
  }
  return script;
}

}  // namespace

std::span<const Shell> shells() {
  static constexpr std::array list{
      Shell{"bash", "source <(trex completion bash)", bash},
      Shell{"zsh", "trex completion zsh > \"${fpath[1]}/_trex\"", zsh},
      Shell{"fish", "trex completion fish > ~/.config/fish/completions/trex.fish", fish},
  };
  return list;
}

}  // namespace trex::cli
