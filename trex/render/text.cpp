// Documents as people read them in a terminal: aligned, fitted to its width, quiet in colour.
//
// Colour is a help, never the only carrier of a meaning. Names and metadata are untrusted: every
// text passes printable(), so no control byte reaches the terminal.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "trex/base/text.hpp"
#include "trex/render/formats.hpp"
#include "trex/render/people.hpp"
#include "trex/render/text_table.hpp"
#include "trex/render/wrap.hpp"

namespace trex::render {
namespace {

class TextWriter {
 public:
  explicit TextWriter(const Style& style) : style_(style) {}

  void document(const Document& document) {
    if (!document.title.empty()) paragraph(document.title, ink::bold);
    for (std::size_t i = 0; i < document.blocks.size();) i = blocks_from(document.blocks, i);
  }
  std::string take() { return std::move(out_); }

 private:
  // Writes the block, or the run of fact blocks that share one label column; gives the next one.
  std::size_t blocks_from(const std::vector<Block>& blocks, std::size_t i) {
    if (std::holds_alternative<FactsBlock>(blocks[i])) return facts_from(blocks, i);
    if (const auto* table = std::get_if<TableBlock>(&blocks[i])) this->table(*table);
    if (const auto* text = std::get_if<ParagraphBlock>(&blocks[i])) {
      blank_line();
      paragraph(text->text, text->warning ? ink::yellow : ink::none);
    }
    if (const auto* list = std::get_if<ListBlock>(&blocks[i])) this->list(*list);
    if (const auto* json = std::get_if<JsonBlock>(&blocks[i])) this->json(*json);
    return i + 1;
  }

  void blank_line() {
    if (!out_.empty()) out_ += '\n';
  }

  void paragraph(std::string_view text, std::string_view ink) {
    for (const std::string& line : wrap(printable(text), style_.width)) {
      out_ += painted(line, ink, style_.color) + "\n";
    }
  }

  static bool has_label(const FactsBlock& block) {
    return block.audience != Audience::programs &&
           std::any_of(block.facts.begin(), block.facts.end(),
                       [](const Fact& fact) { return !fact.label.empty(); });
  }

  std::size_t facts_from(const std::vector<Block>& blocks, std::size_t first) {
    std::size_t last = first;
    int width = 0;
    for (; last < blocks.size(); ++last) {
      const auto* block = std::get_if<FactsBlock>(&blocks[last]);
      if (block == nullptr) break;
      if (!has_label(*block)) continue;
      if (block->one_line) width = std::max(width, display_width(printable(block->title)));
      for (const Fact& fact : block->facts) {
        if (!block->one_line) width = std::max(width, display_width(printable(fact.label)));
      }
    }
    bool started = false;
    for (std::size_t i = first; i < last; ++i) {
      const auto& block = std::get<FactsBlock>(blocks[i]);
      if (!has_label(block)) continue;
      if (!started || !(block.one_line || block.title.empty())) blank_line();
      started = true;
      facts(block, width);
    }
    return last;
  }

  void facts(const FactsBlock& block, int width) {
    if (block.one_line) {
      labelled(block.title, said_in_one_line(block), width);
      return;
    }
    if (!block.title.empty()) paragraph(block.title, ink::bold);
    for (const Fact& fact : block.facts) {
      if (!fact.label.empty()) labelled(fact.label, said_with_remark(fact), width);
    }
  }

  // The label, then the text, later lines hanging under its start.
  void labelled(std::string_view label, std::string_view text, int width) {
    const int indent = width + 2;
    const int rest = style_.width == 0 ? 0 : std::max(20, style_.width - indent);
    bool first = true;
    for (const std::string& line : wrap(printable(text), rest)) {
      out_ +=
          first ? painted(pad(printable(label), indent), ink::dim, style_.color) : pad("", indent);
      out_ += line;
      out_ += '\n';
      first = false;
    }
  }

  void table(const TableBlock& block) {
    if (block.audience == Audience::programs) return;
    blank_line();
    if (!block.title.empty()) paragraph(block.title, ink::bold);
    const std::string remark = append_text_table(out_, block, style_);
    if (!remark.empty()) paragraph(remark, ink::dim);
  }

  void list(const ListBlock& block) {
    if (block.items.empty()) return;
    blank_line();
    if (!block.title.empty()) paragraph(block.title, ink::bold);
    const int width = style_.width == 0 ? 0 : std::max(20, style_.width - 2);
    for (const std::string& item : block.items) {
      bool first = true;
      for (const std::string& line : wrap(printable(item), width)) {
        out_ += (first ? "- " : "  ") + line + "\n";
        first = false;
      }
    }
  }

  void json(const JsonBlock& block) {
    if (block.audience == Audience::programs) return;
    blank_line();
    if (!block.title.empty()) paragraph(block.title, ink::bold);
    const std::string body = block.value.dump(2);  // the lines are views of it
    for (const std::string_view line : lines(body)) out_ += printable(line) + "\n";
  }

  const Style& style_;
  std::string out_;
};

}  // namespace

std::string text(std::span<const Document> documents, const Style& style) {
  std::string result;
  for (const Document& document : documents) {
    TextWriter writer(style);
    writer.document(document);
    if (!result.empty()) result += '\n';
    result += writer.take();
  }
  return result;
}

}  // namespace trex::render
