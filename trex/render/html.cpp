// Documents as one static page: nothing is loaded, nothing runs, light or dark as the reader has
// it.
//
// Every text is untrusted and escaped; the page's own policy allows no script, whatever slips
// through. The interactive page is another matter: this one is for a CI artifact or a mail.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "trex/base/text.hpp"
#include "trex/render/formats.hpp"
#include "trex/render/html_chart.hpp"
#include "trex/render/people.hpp"
#include "trex/render/xml.hpp"

namespace trex::render {
namespace {

constexpr std::string_view style_sheet = R"(
:root{color-scheme:light dark;--ink:#1b1f24;--soft:#57606a;--line:#d0d7de;--bar:#2f7ed8;--warn:#8a5a00;--page:#fff}
@media(prefers-color-scheme:dark){:root{--ink:#e6edf3;--soft:#9aa4af;--line:#30363d;--bar:#4c9be8;--warn:#e3b341;--page:#0d1117}}
body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--page);margin:2rem auto;max-width:76rem;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.1rem;margin:2rem 0 .5rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem}dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
.wide{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums}
th,td{text-align:left;padding:.2rem .7rem .2rem 0;border-bottom:1px solid var(--line);white-space:nowrap}
th{color:var(--soft);font-weight:600}.n{text-align:right}.drawn{font-family:ui-monospace,monospace}
.bar{display:inline-block;height:.6em;background:var(--bar);margin-left:.5em}
.warn{color:var(--warn);font-weight:600}.remark{color:var(--soft)}li{overflow-wrap:anywhere}
pre{overflow-x:auto;border:1px solid var(--line);padding:.7rem}
)";

class HtmlWriter {
 public:
  void document(const Document& document) {
    if (!document.title.empty()) element("h1", document.title);
    for (const Block& block : document.blocks) {
      if (const auto* found = std::get_if<FactsBlock>(&block)) facts(*found);
      if (const auto* found = std::get_if<TableBlock>(&block)) table(*found);
      if (const auto* found = std::get_if<ListBlock>(&block)) list(*found);
      if (const auto* found = std::get_if<JsonBlock>(&block)) json(*found);
      if (const auto* found = std::get_if<ParagraphBlock>(&block)) paragraph(*found);
    }
    close_list();
  }
  std::string take() { return std::move(out_); }

 private:
  void element(std::string_view tag, std::string_view text) {
    out_ += fmt::format("<{0}>{1}</{0}>\n", tag, printable_xml(text));
  }
  void heading(std::string_view title) {
    if (!title.empty()) element("h2", title);
  }

  // Facts of blocks that follow each other stand in one list.
  void fact(std::string_view label, std::string_view text) {
    if (!in_list_) out_ += "<dl>\n";
    in_list_ = true;
    element("dt", label);
    element("dd", text);
  }
  void close_list() {
    if (in_list_) out_ += "</dl>\n";
    in_list_ = false;
  }

  void facts(const FactsBlock& block) {
    if (block.audience == Audience::programs) return;
    if (block.one_line) {
      const std::string text = said_in_one_line(block);
      if (!text.empty()) fact(block.title, text);
      return;
    }
    bool first = true;
    for (const Fact& item : block.facts) {
      if (item.label.empty()) continue;
      if (first && !block.title.empty()) {
        close_list();
        heading(block.title);
      }
      first = false;
      fact(item.label, said_with_remark(item));
    }
  }

  void table(const TableBlock& block) {
    if (block.audience == Audience::programs) return;
    close_list();
    heading(block.title);
    for (const Chart& chart : block.charts) out_ += html_chart(chart, block.table);
    const PeopleTable people = people_table(block);
    out_ += "<div class=\"wide\"><table>\n<thead><tr>";
    for (const PeopleColumn& column : people.columns) {
      out_ += fmt::format("<th{}>{}</th>", column.numeric ? " class=\"n\"" : "",
                          printable_xml(column.header));
    }
    out_ += "</tr></thead>\n<tbody>\n";
    const std::vector<double> largest = largest_values(block, people);
    for (std::size_t row = 0; row < people.row_count; ++row) {
      out_ += "<tr>";
      for (std::size_t c = 0; c < people.columns.size(); ++c) {
        cell(people.columns[c], static_cast<Row>(row), largest[c]);
      }
      out_ += "</tr>\n";
    }
    out_ += "</tbody></table></div>\n";
    if (!people.remark.empty()) remark(people.remark);
  }

  static std::vector<double> largest_values(const TableBlock& block, const PeopleTable& people) {
    std::vector<double> largest(people.columns.size(), 0);
    for (std::size_t c = 0; c < people.columns.size(); ++c) {
      const auto& bars = block.bar_columns;
      if (std::find(bars.begin(), bars.end(), people.columns[c].column->name()) == bars.end()) {
        continue;
      }
      for (std::size_t row = 0; row < people.row_count; ++row) {
        largest[c] =
            std::max(largest[c], people.columns[c].column->real(static_cast<Row>(row)).value_or(0));
      }
    }
    return largest;
  }

  // A bar drawn with characters ("··▆▆··") needs them all of one width.
  static bool is_drawn(std::string_view text) {
    constexpr std::string_view dot = "\u00b7", block = "\u2586";
    if (text.empty()) return false;
    while (starts_with(text, dot) || starts_with(text, block)) {
      text.remove_prefix(starts_with(text, dot) ? dot.size() : block.size());
    }
    return text.empty();
  }

  void cell(const PeopleColumn& column, Row row, double largest) {
    const std::string_view text = trim(column.cells[row]);
    const std::string_view look = column.numeric   ? " class=\"n\""
                                  : is_drawn(text) ? " class=\"drawn\""
                                                   : "";
    out_ += fmt::format("<td{}>{}", look, printable_xml(text));
    if (largest > 0) {
      const double part = std::clamp(column.column->real(row).value_or(0) / largest, 0.0, 1.0);
      out_ += fmt::format("<span class=\"bar\" style=\"width:{:.2f}em\"></span>", 8 * part);
    }
    out_ += "</td>";
  }

  void remark(std::string_view text) {
    out_ += fmt::format("<p class=\"remark\">{}</p>\n", printable_xml(text));
  }

  void paragraph(const ParagraphBlock& block) {
    close_list();
    out_ += fmt::format("<p{}>{}</p>\n", block.warning ? " class=\"warn\"" : "",
                        printable_xml(block.text));
  }

  void list(const ListBlock& block) {
    if (block.items.empty()) return;
    close_list();
    heading(block.title);
    out_ += "<ul>\n";
    for (const std::string& item : block.items) element("li", item);
    out_ += "</ul>\n";
  }

  void json(const JsonBlock& block) {
    if (block.audience == Audience::programs) return;
    close_list();
    heading(block.title);
    out_ += "<pre>";
    const std::string body = block.value.dump(2);
    for (const std::string_view line : lines(body)) out_ += printable_xml(line) + "\n";
    out_ += "</pre>\n";
  }

  std::string out_;
  bool in_list_ = false;
};

}  // namespace

std::string html(std::span<const Document> documents, const Style&) {
  HtmlWriter writer;
  for (const Document& document : documents) writer.document(document);
  const std::string title = documents.empty() ? "" : documents[0].title;
  return fmt::format(
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
      "'unsafe-inline'\">\n<meta name=\"viewport\" content=\"width=device-width\">\n"
      "<title>{}</title>\n<style>{}{}</style>\n</head>\n<body>\n{}</body>\n</html>\n",
      printable_xml(title), style_sheet, html_chart_style, writer.take());
}

}  // namespace trex::render
