// Documents as GitHub Markdown: for a comment, a pull request, a wiki.
//
// Every name is untrusted: what Markdown or HTML would read as markup is escaped, so a layer called
// "<script>" or "a|b`c" shows as just that.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "trex/base/text.hpp"
#include "trex/render/formats.hpp"
#include "trex/render/people.hpp"

namespace trex::render {
namespace {

std::string markdown_text(std::string_view text) {
  std::string result;
  for (const char c : printable(text)) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '@':  // an empty comment keeps GitHub from calling a user of that name
        result += "@<!-- -->";
        break;
      case '\\':

      case '`':
      case '*':
      case '_':
      case '[':
      case ']':
      case '|':
      case '~':
      case '$':  // GitHub reads $...$ as mathematics
      case '#':  // and #12 as an issue
        result += '\\';
        [[fallthrough]];
      default:
        result += c;
    }
  }
  return result;
}

class MarkdownWriter {
 public:
  void document(const Document& document) {
    heading("##", document.title);
    for (const Block& block : document.blocks) {
      if (const auto* found = std::get_if<FactsBlock>(&block)) facts(*found);
      if (const auto* found = std::get_if<TableBlock>(&block)) table(*found);
      if (const auto* found = std::get_if<ListBlock>(&block)) list(*found);
      if (const auto* found = std::get_if<JsonBlock>(&block)) json(*found);
      if (const auto* found = std::get_if<ParagraphBlock>(&block)) paragraph(*found);
    }
  }
  std::string take() { return std::move(out_); }

 private:
  // Starts a block of its own; list items that follow each other are one block.
  void start(bool list_item) {
    if (!out_.empty() && !(list_item && in_list_)) out_ += '\n';
    in_list_ = list_item;
  }

  void heading(std::string_view marks, std::string_view title) {
    if (title.empty()) return;
    start(false);
    out_ += fmt::format("{} {}\n", marks, markdown_text(title));
  }

  void item(std::string_view label, std::string_view escaped_text) {
    start(true);
    out_ += fmt::format("- **{}**: {}\n", markdown_text(label), escaped_text);
  }

  void facts(const FactsBlock& block) {
    if (block.audience == Audience::programs) return;
    if (block.one_line) {
      const std::string text = said_in_one_line(block);
      if (!text.empty()) item(block.title, markdown_text(text));
      return;
    }
    bool first = true;
    for (const Fact& fact : block.facts) {
      if (fact.label.empty()) continue;
      if (first) heading("###", block.title);
      first = false;
      item(fact.label, markdown_text(said_with_remark(fact)));
    }
  }

  void table(const TableBlock& block) {
    if (block.audience == Audience::programs) return;
    heading("###", block.title);
    start(false);
    const PeopleTable table = people_table(block);
    std::string header = "|", rule = "|";
    for (const PeopleColumn& column : table.columns) {
      header += fmt::format(" {} |", markdown_text(column.header));
      rule += column.numeric ? " ---: |" : " --- |";
    }
    out_ += header + "\n" + rule + "\n";
    for (std::size_t row = 0; row < table.row_count; ++row) {
      out_ += '|';
      for (const PeopleColumn& column : table.columns) {
        out_ += fmt::format(" {} |", markdown_text(trim(column.cells[row])));
      }
      out_ += '\n';
    }
    if (!table.remark.empty()) paragraph({.text = table.remark});
  }

  void paragraph(const ParagraphBlock& block) {
    start(false);
    out_ += fmt::format("{}{}\n", block.warning ? "**Warning:** " : "", markdown_text(block.text));
  }

  void list(const ListBlock& block) {
    if (block.items.empty()) return;
    heading("###", block.title);
    in_list_ = false;
    for (const std::string& item : block.items) {
      start(true);
      out_ += fmt::format("- {}\n", markdown_text(item));
    }
  }

  void json(const JsonBlock& block) {
    if (block.audience == Audience::programs) return;
    heading("###", block.title);
    start(false);
    // A fence longer than any run of backticks inside cannot be closed from inside.
    const std::string body = block.value.dump(2);
    std::size_t longest = 2, run = 0;
    for (const char c : body) {
      run = c == '`' ? run + 1 : 0;
      longest = std::max(longest, run);
    }
    const std::string fence(longest + 1, '`');
    out_ += fence + "json\n";
    for (const std::string_view line : lines(body)) out_ += printable(line) + "\n";
    out_ += fence + "\n";
  }

  std::string out_;
  bool in_list_ = false;
};

}  // namespace

std::string markdown(std::span<const Document> documents, const Style&) {
  MarkdownWriter writer;
  for (const Document& document : documents) writer.document(document);
  return writer.take();
}

}  // namespace trex::render
