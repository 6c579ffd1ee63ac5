// What a workbook may hold: texts and names as Excel takes them, and rows past its limit.

// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "trex/base/zip.hpp"
#include "trex/render/formats.hpp"
#include "trex/render/sheet_text.hpp"

namespace trex::render {
namespace {

TEST(SheetNames, AreLegalUniqueAndRecognisable) {
  struct Case {
    const char* what;
    std::string group, subject, expected;
  };
  const Case cases[] = {
      {"plain", "", "Layers", "Layers"},
      {"the same again", "", "Layers", "Layers (2)"},
      {"other case is the same", "", "layers", "layers (3)"},
      {"illegal characters", "", "a[b]:c*d?e/f\\g", "a_b__c_d_e_f_g"},
      {"apostrophes only inside", "", "'it's'", "it's"},
      {"reserved", "", "History", "History (2)"},
      {"nothing left", "", "'", "Sheet"},
      {"of an engine", "fp16", "Layers", "fp16 Layers"},
      // 31 - " Layers" = 24 for the engine: 12, the mark, 11.
      {"a long engine", "resnet50_v2_batch_32_fp16.engine", "Layers",
       "resnet50_v2_\u2026fp16.engine Layers"},
      {"control bytes", "", "a\x1e", "a_x1e"},
      {"two units a character", "",
       std::string("\U0001F600\U0001F600\U0001F600") + std::string(30, 'x'),
       "\U0001F600\U0001F600\U0001F600xxxxxxxxx\u2026xxxxxxxxxxxxxxx"},
  };
  SheetNames names;
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    const std::string name = names.add(c.group, c.subject);
    EXPECT_EQ(name, c.expected);
    EXPECT_LE(utf16_units(name), 31u);
  }
}

TEST(CellText, IsWhatExcelShows) {
  EXPECT_EQ(cell_text("=1+2"), "=1+2");
  EXPECT_EQ(cell_text("a\nb\x01"), "a\\x0ab\\x01");
  EXPECT_EQ(cell_text("a_x000A_b"), "a_x005F_x000A_b");
  EXPECT_EQ(cell_text("_0x1234_x12_"), "_0x1234_x12_");
  EXPECT_EQ(cell_text("\xEF\xBF\xBF"), "\uFFFD");  // U+FFFF
  EXPECT_EQ(cell_text("\xff"), "\uFFFD");
  EXPECT_EQ(cell_text(std::string(32767, 'x')), std::string(32767, 'x'));
  // " (cut)" and the mark are 7 units.
  EXPECT_EQ(cell_text(std::string(32768, 'x')), std::string(32760, 'x') + "\u2026 (cut)");
  EXPECT_EQ(utf16_units(cell_text(std::string(1000000, 'x'))), 32767u);
}

#ifdef TREX_WITH_XLSX
// The text of the first sheet's XML.
std::string first_sheet(const Document& document) {
  const ZipReader zip(Bytes::from(xlsx({&document, 1}, {})), "x.xlsx");
  for (const ZipEntry& entry : zip.entries()) {
    if (entry.name == "xl/worksheets/sheet1.xml") return std::string(zip.read(entry).view());
  }
  return "";
}

TEST(Xlsx, NumbersTheCellsDoNotHoldAreTexts) {
  Table table;
  table.add(Key<std::int64_t>{"id", Unit::none, ""},
            std::vector<std::int64_t>{9007199254740992, 9007199254740993, null_integer});
  table.add(Key<double>{"time_ms", Unit::milliseconds, ""},
            std::vector<double>{0.25, std::numeric_limits<double>::infinity(), null_real});
  const std::string sheet = first_sheet(
      {.title = "", .blocks = {TableBlock{.key = "rows", .title = "", .table = table}}});
  EXPECT_NE(sheet.find("<v>9007199254740992</v>"), std::string::npos);
  EXPECT_NE(sheet.find("<t>9007199254740993</t>"), std::string::npos);
  EXPECT_NE(sheet.find("<v>0.25</v>"), std::string::npos);
  EXPECT_NE(sheet.find("<t>inf</t>"), std::string::npos);
  EXPECT_EQ(sheet.find("r=\"A4\""), std::string::npos);  // unknown: no cell
}

TEST(Xlsx, NoDocumentIsAWorkbookToo) { EXPECT_EQ(xlsx({}, {}).substr(0, 2), "PK"); }
#endif

}  // namespace
}  // namespace trex::render
