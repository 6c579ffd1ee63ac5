// The words of a command line into a command's options.
//
// CLI11 splits the words (--name=value, -abc, --); the messages are ours: one line, lower case, the
// known names and the fix.

// SPDX-License-Identifier: Apache-2.0
#include "trex/cli/parse.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>

#include "trex/base/error.hpp"
#include "trex/base/suggest.hpp"
#include "trex/base/text.hpp"
#include "trex/cli/help.hpp"
#include "trex/render/formats.hpp"

namespace trex::cli {
namespace {

struct Binding {
  const Flag* flag;
  FlagWords words;
  CLI::Option* option = nullptr;
  std::vector<std::string> values;
  bool given = false;

  std::string name() const { return words.names.empty() ? words.value : words.names.back(); }
};

struct Store {
  const Binding& binding;

  const std::string& last() const { return binding.values.back(); }
  void operator()(bool* target) const { *target = binding.given; }
  void operator()(std::string* target) const {
    if (!binding.values.empty()) *target = last();
  }
  void operator()(std::vector<std::string>* target) const { *target = binding.values; }
  void operator()(std::optional<std::int64_t>* target) const {
    if (binding.values.empty()) return;
    *target = parse_integer(last());
    if (!*target) fail("{} takes a whole number, not '{}'", binding.name(), last());
  }
  void operator()(std::optional<double>* target) const {
    if (binding.values.empty()) return;
    *target = parse_real(last());
    if (!*target) fail("{} takes a number, not '{}'", binding.name(), last());
  }
};

void check_choice(const Binding& binding) {
  const std::vector<std::string>& choices = binding.flag->choices;
  for (const std::string& value : binding.values) {
    if (choices.empty() || std::find(choices.begin(), choices.end(), value) != choices.end()) {
      continue;
    }
    fail("{} cannot be '{}'{}", binding.name(), value, did_you_mean(value, choices));
  }
}

void add_option(CLI::App& app, Binding& binding) {
  if (binding.words.names.empty()) return;
  const std::string names = join(binding.words.names, ",");
  if (binding.words.value.empty()) {
    binding.option = app.add_flag(names, binding.given);
    return;
  }
  binding.option = app.add_option(names, binding.values);
  // One value each time: the word behind it is an argument.
  binding.option->expected(1)->allow_extra_args(false);
  binding.option->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

[[noreturn]] void fail_unknown_option(const Command& command, const std::vector<Binding>& bindings,
                                      std::string_view word) {
  const std::string_view name = word.substr(0, word.find('='));
  std::vector<std::string> names;
  for (const Binding& binding : bindings) {
    names.insert(names.end(), binding.words.names.begin(), binding.words.names.end());
  }
  const std::optional<std::string> near = nearest(name, names);
  const bool passes_on =
      std::any_of(command.flags.begin(), command.flags.end(),
                  [](const Flag& flag) { return starts_with(flag.spec, "[-- "); });
  fail("unknown option '{}'{}{}", name,
       near ? fmt::format(", did you mean '{}'?", *near)
            : fmt::format("; trex {} --help lists them", command.name),
       passes_on ? "; those of the program that it runs stand after '--'" : "");
}

// Where the next argument goes.
struct Place {
  Binding* last = nullptr;
  std::size_t next = 0;
};

// What CLI11 did not take: the arguments, and options it does not know.
void take_arguments(const Command& command, std::vector<Binding>& bindings,
                    const std::vector<std::string>& words, bool after_dashes, Place& place) {
  auto& [last, next] = place;
  std::vector<Binding*> positional;
  for (Binding& binding : bindings) {
    if (binding.words.names.empty()) positional.push_back(&binding);
  }
  // What stands after "--" goes on where the words before it ended.
  while (next < positional.size() && !positional[next]->values.empty() &&
         !std::holds_alternative<std::vector<std::string>*>(positional[next]->flag->target)) {
    ++next;
  }
  for (const std::string& word : words) {
    if (!after_dashes && word.size() > 1 && word[0] == '-') {
      fail_unknown_option(command, bindings, word);
    }
    if (next < positional.size()) last = positional[next];
    const bool many =
        last != nullptr && std::holds_alternative<std::vector<std::string>*>(last->flag->target);
    if (last == nullptr || (!many && next >= positional.size())) {
      fail("trex {} takes no argument '{}'", command.name, word);
    }
    last->values.push_back(word);
    if (!many) ++next;
  }
}

// CLI11 would take "--json=3" for "--json", and "--json=false" for nothing.
void refuse_value_on_switch(const std::vector<Binding>& bindings,
                            const std::vector<std::string>& words) {
  for (const std::string& word : words) {
    if (word == "--") return;
    const std::size_t equals = word.find('=');
    if (!starts_with(word, "--") || equals == std::string::npos) continue;
    const std::string_view name = std::string_view(word).substr(0, equals);
    for (const Binding& binding : bindings) {
      const std::vector<std::string>& names = binding.words.names;
      const bool is_it = std::find(names.begin(), names.end(), name) != names.end();
      if (is_it && binding.words.value.empty()) {
        fail("{} takes no value, not '{}'; give it alone", name,
             std::string_view(word).substr(equals + 1));
      }
    }
  }
}

void parse_words(CLI::App& app, const std::vector<Binding>& bindings,
                 std::vector<std::string> words) {
  refuse_value_on_switch(bindings, words);
  std::reverse(words.begin(), words.end());  // CLI11 takes them from the back
  try {
    app.parse(std::move(words));
  } catch (const CLI::ArgumentMismatch& error) {
    for (const Binding& binding : bindings) {
      if (binding.option != nullptr && contains(error.what(), binding.option->get_name())) {
        fail("{} needs a value: {}", binding.name(), binding.flag->spec);
      }
    }
    fail("{}", error.what());
  } catch (const CLI::ParseError& error) {
    fail("{}", error.what());
  }
}

void require_arguments(const Command& command, const std::vector<Binding>& bindings) {
  for (const Binding& binding : bindings) {
    if (!binding.words.names.empty() || !binding.values.empty()) continue;
    if (starts_with(binding.words.value, "[") || ends_with(binding.words.value, "...")) continue;
    if (binding.words.value.find(' ') != std::string::npos) continue;  // the command says it better
    const std::string choices = join(binding.flag->choices, ", ");
    fail("trex {} needs {}: {}{}{}", command.name, binding.words.value, binding.flag->help,
         choices.empty() ? "" : " ", choices);
  }
}

}  // namespace

std::vector<Flag> common_flags(CommonOptions& o, const Command& command) {
  std::vector<Flag> flags;
  if (command.has_document) {
    std::vector<std::string> formats = render::format_names();
    for (const std::string& name : command.own_formats) {  // a drawing and a table both have json
      if (std::find(formats.begin(), formats.end(), name) == formats.end()) formats.push_back(name);
    }
    flags = {
        {"--format NAME", &o.format, "one of", formats},
        {"--json", &o.json, "short for --format json"},
        {"--color WHEN", &o.color, "one of", {"auto", "always", "never"}},
        {"--width N", &o.width, "columns of text; 0: no limit (default: the terminal's, else 100)"},
        {"-o,--output FILE", &o.output, "write the result there"},
    };
  }
  flags.push_back({"-v,--verbose", &o.verbose, "say which files were found and used"});
  flags.push_back({"-h,--help", &o.help, "this text"});
  return flags;
}

void parse(const Command& command, const std::vector<Flag>& common,
           const std::vector<std::string>& words) {
  CLI::App app;
  app.set_help_flag();
  app.allow_extras();
  std::vector<Binding> bindings;
  for (const auto* list : {&command.flags, &common}) {
    for (const Flag& flag : *list) bindings.push_back({&flag, words_of(flag), nullptr, {}, false});
  }
  for (Binding& binding : bindings) add_option(app, binding);

  // After "--" everything is an argument, whatever it begins with.
  const auto dashes = std::find(words.begin(), words.end(), "--");
  parse_words(app, bindings, {words.begin(), dashes});
  Place place;
  take_arguments(command, bindings, app.remaining(), false, place);
  if (dashes != words.end()) {
    take_arguments(command, bindings, {dashes + 1, words.end()}, true, place);
  }

  for (const Binding& binding : bindings) {
    check_choice(binding);
    std::visit(Store{binding}, binding.flag->target);
  }
  const auto help = std::find_if(bindings.begin(), bindings.end(),
                                 [](const Binding& b) { return b.name() == "--help"; });
  if (help == bindings.end() || !help->given) require_arguments(command, bindings);
}

std::vector<std::string> listed(const std::vector<std::string>& values) {
  std::vector<std::string> result;
  for (const std::string& value : values) {
    for (const std::string_view part : split(value, ',')) {
      if (!trim(part).empty()) result.emplace_back(trim(part));
    }
  }
  return result;
}

}  // namespace trex::cli
