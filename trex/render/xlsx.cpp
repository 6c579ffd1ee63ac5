// Documents as an Excel workbook: a summary with charts, then a sheet a table.
//
// libxlsxwriter keeps one row at a time in memory and writes files only, so the workbook grows in a
// folder of its own under the system's temporary one. Same input, same bytes: the date inside is
// fixed.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cstdlib>

#include "trex/base/error.hpp"
#include "trex/base/file.hpp"
#include "trex/base/scratch.hpp"
#include "trex/base/text.hpp"
#include "trex/render/flat_table.hpp"
#include "trex/render/formats.hpp"
#include "trex/render/people.hpp"
#include "trex/render/sheet_text.hpp"
#include "trex/render/wrap.hpp"
#include "trex/render/xlsx_parts.hpp"

namespace trex::render {
namespace {

constexpr time_t fixed_date = 946684800;  // 2000-01-01, as no input has one for the workbook
constexpr int label_width = 34, value_width = 34, remark_width = 46;
constexpr int text_width = 112, value_text_width = 84;  // of lines, in characters
constexpr std::size_t chart_column = 4;
constexpr int row_pixels = 20, chart_gap = 20;

// One document's sheets.
struct Part {
  const Document* document = nullptr;
  std::string summary_name;  // empty: the only table stands alone
  std::vector<XlsxTable> tables;
};

std::string temporary_folder() {
  const char* folder = std::getenv("TMPDIR");
  return folder != nullptr && *folder != '\0' ? folder : "/tmp";
}

// "by_type" -> "By type".
std::string said_key(std::string_view key) {
  std::string text = replace_all(key, "_", " ");
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 32);
  return text;
}

std::string subject_of(const TableBlock& table) {
  return table.title.empty() ? said_key(table.key) : table.title;
}

// Tables are shown once: what programs alone get stays out where people get the same.
bool is_repeated(const Document& document, const TableBlock& table) {
  if (table.audience != Audience::programs) return false;
  for (const Block& block : document.blocks) {
    const auto* other = std::get_if<TableBlock>(&block);
    if (other == nullptr || other == &table) continue;
    if (equals_ignoring_case(subject_of(*other), subject_of(table))) return true;
  }
  return false;
}

// The first sheet of a document: its facts and sentences, what the other sheets are, charts.
class SummarySheet {
 public:
  SummarySheet(lxw_workbook* book, XlsxCells& cells, const Part& part)
      : book_(book), cells_(cells), part_(part) {}

  void write() {
    sheet_ = lib_.add_worksheet(book_, part_.summary_name.c_str());
    if (sheet_ == nullptr) fail("cannot write the workbook: no sheet '{}'", part_.summary_name);
    XlsxCells::check(lib_.set_column(sheet_, 0, 0, label_width, nullptr));
    XlsxCells::check(lib_.set_column(sheet_, 1, 1, value_width, nullptr));
    XlsxCells::check(lib_.set_column(sheet_, 2, 2, remark_width, nullptr));
    lib_.gridlines(sheet_, LXW_HIDE_ALL_GRIDLINES);
    lib_.set_landscape(sheet_);
    lib_.fit_to_pages(sheet_, 1, 0);
    if (!part_.document->title.empty()) {
      cells_.text(sheet_, row_++, 0, part_.document->title, CellLook::title);
    }
    for (const Block& block : part_.document->blocks) {
      std::visit([this](const auto& b) { show(b); }, block);
    }
    contents();
    for (const Block& block : part_.document->blocks) {
      std::visit([this](const auto& b) { show_data(b); }, block);
    }
    charts();
  }

 private:
  void heading(std::string_view text) {
    if (text.empty()) return;
    cells_.text(sheet_, ++row_, 0, text, CellLook::heading);
    ++row_;
  }

  void line(std::string_view label, const Json& value, Unit unit, std::string_view remark) {
    cells_.text(sheet_, row_, 0, label);
    if (!remark.empty()) cells_.text(sheet_, row_, 2, remark, CellLook::faint);
    if (value.is_null()) {
      cells_.text(sheet_, row_++, 1, "unknown", CellLook::faint);
    } else if (value.text() != nullptr) {
      // A long text would run on below the charts.
      for (const std::string& part : wrap(printable(*value.text()), value_text_width)) {
        cells_.text(sheet_, row_++, 1, part);
      }
    } else {
      cells_.value(sheet_, row_++, 1, value, unit, true);
    }
  }

  // First what people are told ...
  void show(const FactsBlock& block) {
    if (block.audience == Audience::programs || block.facts.empty()) return;
    if (!block.one_line) heading(block.title);
    for (const Fact& fact : block.facts) {
      if (fact.label.empty()) continue;
      const bool grouped = block.one_line && !block.title.empty();
      const std::string label = grouped ? block.title + ", " + fact.label : fact.label;
      line(label, fact.value, fact.unit, fact.remark);
    }
  }
  void show(const JsonBlock&) {}

  // ... then, below the list of sheets, every other figure by its key.
  void show_data(const FactsBlock& block) {
    if (block.audience == Audience::people) return;
    const std::string prefix = block.key.empty() ? "" : block.key + ".";
    for (const Fact& fact : block.facts) {
      if (fact.key.empty() || !fact.label.empty()) continue;
      FlatJson values;
      flatten(prefix + fact.key, fact.value, values);
      for (const auto& [key, value] : values) figure(key, value, fact.unit);
    }
  }
  void show_data(const JsonBlock& block) {
    FlatJson values;
    flatten(block.key, block.value, values);
    for (const auto& [key, value] : values) figure(key, value, Unit::none);
  }
  template <class Other>
  void show_data(const Other&) {}

  void figure(std::string_view key, const Json& value, Unit unit) {
    if (value.is_null() || (value.text() != nullptr && value.text()->empty())) return;
    if (!has_figures_) heading("All figures");
    has_figures_ = true;
    line(key, value, unit, "");
  }

  void paragraph(std::string_view text, CellLook look) {
    for (const std::string& part : wrap(printable(text), text_width)) {
      cells_.text(sheet_, row_++, 0, part, look);
    }
  }

  void show(const ParagraphBlock& block) {
    ++row_;
    paragraph(block.text, block.warning ? CellLook::warning : CellLook::plain);
  }

  void show(const ListBlock& block) {
    if (block.items.empty()) return;
    heading(block.title);
    for (const std::string& item : block.items) paragraph(item, CellLook::plain);
  }

  void show(const TableBlock&) {}  // a sheet of its own

  void contents() {
    if (part_.tables.empty()) return;
    heading("Sheets");
    for (const XlsxTable& table : part_.tables) {
      cells_.link(sheet_, row_, 0, table.sheet_name);
      cells_.value(sheet_, row_, 1, Json(table.block->table.row_count()), Unit::count, true);
      cells_.text(sheet_, row_, 2, table.block->remark, CellLook::faint);
      ++row_;
    }
  }

  // In two columns on the right, each chart where the shorter column ends.
  void charts() {
    int heights[2] = {row_pixels, row_pixels};
    for (const XlsxTable& table : part_.tables) {
      for (const Chart& spec : table.block->charts) {
        const XlsxChart made = make_chart(book_, table, spec);
        if (made.chart == nullptr) continue;
        const int side = heights[1] < heights[0] ? 1 : 0;
        lxw_chart_options options{};
        options.x_offset = side * (made.width + chart_gap);
        options.y_offset = heights[side];
        options.x_scale = made.width / 480.0;  // of the library's own size
        options.y_scale = made.height / 288.0;
        XlsxCells::check(lib_.insert_chart(sheet_, 0, chart_column, made.chart, &options));
        heights[side] += made.height + chart_gap;
      }
    }
  }

  const XlsxLibrary& lib_ = xlsx_library();
  lxw_workbook* book_;
  XlsxCells& cells_;
  const Part& part_;
  lxw_worksheet* sheet_ = nullptr;
  std::size_t row_ = 0;
  bool has_figures_ = false;
};

class Workbook {
 public:
  explicit Workbook(std::span<const Document> documents) {
    SheetNames names;
    for (const Document& document : documents) {
      const std::string group = documents.size() > 1 ? document.title : "";
      Part& part = parts_.emplace_back();
      part.document = &document;
      const bool alone = document.blocks.size() == 1 && documents.size() == 1 &&
                         std::holds_alternative<TableBlock>(document.blocks[0]) &&
                         std::get<TableBlock>(document.blocks[0]).charts.empty();
      if (!alone) part.summary_name = names.add(group, "Summary");
      for (const Block& block : document.blocks) {
        const auto* table = std::get_if<TableBlock>(&block);
        if (table == nullptr || is_repeated(document, *table)) continue;
        if (table->table.row_count() == 0 && !alone) continue;
        part.tables.push_back(xlsx_table(*table, names.add(group, subject_of(*table))));
      }
    }
  }

  void write(const std::string& path, const std::string& folder) {
    const XlsxLibrary& lib = xlsx_library();
    std::string folder_text = folder;
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    options.use_zip64 = LXW_FALSE;
    options.tmpdir = folder_text.data();
    lxw_workbook* book = lib.new_workbook(path.c_str(), &options);
    if (book == nullptr) fail("cannot write the workbook: out of memory");
    fill(book);
    XlsxCells::check(lib.close(book));
  }

 private:
  void fill(lxw_workbook* book) {
    std::string title = parts_.empty() ? "" : cell_text(parts_[0].document->title);
    std::string author = "trex";
    lxw_doc_properties properties{};
    properties.title = title.data();
    properties.author = author.data();
    properties.created = fixed_date;
    XlsxCells::check(xlsx_library().set_properties(book, &properties));
    XlsxCells cells(book);
    for (const Part& part : parts_) {
      if (!part.summary_name.empty()) SummarySheet(book, cells, part).write();
      for (const XlsxTable& table : part.tables) write_table(book, cells, table);
    }
  }

  std::vector<Part> parts_;
};

}  // namespace

std::string xlsx(std::span<const Document> documents, const Style&) {
  const ScratchFolder folder(temporary_folder(), "trex-xlsx");
  const std::string path = folder.file("workbook.xlsx");
  Workbook(documents).write(path, folder.path());
  return std::string(read_file(path).view());
}

}  // namespace trex::render
