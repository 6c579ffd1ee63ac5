// Reads trex.toml, with toml++.
//
//   rules = "all"                    # as --rules
//   fail-on = "warning"
//   min-ms = 0.01
//   baseline = "lint-baseline.json"  # beside this file
//   [thresholds]
//   reformat-share.min_share = 0.1
//   [[suppress]]
//   rule = "reformat-share"
//   layers = "^stem/"                # a regular expression; left out: any layer
//   reason = "the camera delivers NCHW"
//   expires = 2026-12-31

// SPDX-License-Identifier: Apache-2.0
#include "trex/cli/lint_settings.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <cmath>

#include "trex/base/error.hpp"
#include "trex/base/file.hpp"
#include "trex/base/suggest.hpp"
#include "trex/lint/thresholds.hpp"

namespace trex::cli {
namespace {

class Reader {
 public:
  explicit Reader(const std::string& path) : path_(path) {
    const Bytes bytes = read_file(path);
    try {
      root_ = toml::parse(bytes.view(), path);
    } catch (const toml::parse_error& error) {
      fail("{}: line {}: {}", path, error.source().begin.line, error.description());
    }
  }

  const toml::table& root() const { return root_; }

  void check_keys(const toml::table& table, const std::vector<std::string>& known) const {
    for (const auto& [key, node] : table) {
      const std::string name(key.str());
      if (std::find(known.begin(), known.end(), name) == known.end()) {
        fail_here(node, fmt::format("unknown key '{}'{}", name, did_you_mean(name, known)));
      }
    }
  }

  std::string text(const toml::table& table, std::string_view key) const {
    const toml::node* node = table.get(key);
    if (node == nullptr) return "";
    if (const auto value = node->value_exact<std::string>()) return *value;
    fail_here(*node, fmt::format("'{}' must be a text", key));
  }

  std::string date(const toml::table& table, std::string_view key) const {
    const toml::node* node = table.get(key);
    if (node == nullptr || !node->is_date()) return text(table, key);
    const toml::date value = **node->as_date();
    return fmt::format("{:04}-{:02}-{:02}", value.year, value.month, value.day);
  }

  std::optional<double> number(const toml::table& table, std::string_view key) const {
    const toml::node* node = table.get(key);
    if (node == nullptr) return std::nullopt;
    if (const auto value = node->value<double>();
        value && node->is_number() && std::isfinite(*value)) {
      return value;
    }
    fail_here(*node, fmt::format("'{}' must be a number", key));
  }

  [[noreturn]] void fail_here(const toml::node& node, std::string_view message) const {
    fail("{}: line {}: {}", path_, node.source().begin.line, message);
  }

  std::vector<report::Suppression> suppressions() const {
    std::vector<report::Suppression> result;
    const toml::node* node = root_.get("suppress");
    if (node == nullptr) return result;
    const toml::array* list = node->as_array();
    if (list == nullptr) fail_here(*node, "'suppress' must be [[suppress]] tables");
    for (const toml::node& item : *list) {
      const toml::table* table = item.as_table();
      if (table == nullptr) fail_here(item, "'suppress' must be [[suppress]] tables");
      check_keys(*table, {"rule", "layers", "reason", "expires"});
      report::Suppression s;
      s.rule = text(*table, "rule");
      s.layers = text(*table, "layers");
      s.reason = text(*table, "reason");
      s.expires = date(*table, "expires");
      s.file = path_;
      s.where = fmt::format("line {}", item.source().begin.line);
      if (s.rule.empty()) fail_here(item, "no 'rule'");
      result.push_back(std::move(s));
    }
    return result;
  }

 private:
  std::string path_;
  toml::table root_;
};

// [thresholds] rule.name = value, or a table a rule.
void read_thresholds(const Reader& reader, LintSettings& settings) {
  const toml::node* node = reader.root().get("thresholds");
  if (node == nullptr) return;
  const toml::table* rules = node->as_table();
  if (rules == nullptr) reader.fail_here(*node, "'thresholds' must be a table");
  for (const auto& [rule, entry] : *rules) {
    const toml::table* names = entry.as_table();
    if (names == nullptr) reader.fail_here(entry, "write thresholds as rule-id.name = value");
    for (const auto& [name, value] : *names) {
      const double number = *reader.number(*names, name.str());
      try {
        lint::Thresholds().set(rule.str(), name.str(), number);  // is there such a one?
      } catch (const Error& error) {
        reader.fail_here(value, error.what());
      }
      settings.thresholds.emplace_back(fmt::format("{}.{}", rule.str(), name.str()), number);
    }
  }
}

}  // namespace

LintSettings read_lint_settings(const std::string& path) {
  const Reader reader(path);
  const toml::table& root = reader.root();
  reader.check_keys(root, {"rules", "fail-on", "min-ms", "baseline", "thresholds", "suppress"});
  LintSettings settings;
  settings.rules = reader.text(root, "rules");
  settings.fail_on = reader.text(root, "fail-on");
  settings.min_ms = reader.number(root, "min-ms");
  const std::string baseline = reader.text(root, "baseline");
  if (!baseline.empty()) settings.baseline = join_path(directory_of(path), baseline);
  read_thresholds(reader, settings);
  settings.suppressions = reader.suppressions();
  return settings;
}

std::vector<report::Suppression> read_suppressions(const std::string& path) {
  const Reader reader(path);
  reader.check_keys(reader.root(), {"suppress"});
  return reader.suppressions();
}

}  // namespace trex::cli
