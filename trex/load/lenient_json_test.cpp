// Damaged JSON of every kind: what is made of it, and what is said of it.

// SPDX-License-Identifier: Apache-2.0
#include "trex/load/lenient_json.hpp"

#include <gtest/gtest.h>

#include "trex/base/error.hpp"
#include "trex/base/json.hpp"

namespace trex {
namespace {

using namespace std::string_literals;

std::vector<std::string> notes_of(const MendedJson& mended) {
  std::vector<std::string> result;
  for (const Note& note : mended.notes) result.push_back(note.path + ": " + note.message);
  return result;
}

struct Case {
  const char* what;
  std::string text;
  std::vector<std::string> documents;
  std::vector<std::string> notes;
  bool cut_off = false;
};

void check(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    MendedJson mended;
    ASSERT_NO_THROW(mended = mend_json(c.text, "x.json"));
    EXPECT_EQ(mended.documents, c.documents);
    EXPECT_EQ(notes_of(mended), c.notes);
    EXPECT_EQ(mended.cut_off, c.cut_off);
    for (const std::string& document : mended.documents) {
      EXPECT_NO_THROW(parse_json(document, "mended"));
    }
  }
}

TEST(LenientJson, KeepsWhatIsWhole) {
  check({
      {"an object",
       R"({ "a" : [ 1, -2.5e3, true, null, "x" ] })",
       {R"({"a":[1,-2.5e3,true,null,"x"]})"},
       {}},
      {"empty containers", "[{}, []]", {"[{},[]]"}, {}},
      {"escapes",
       R"(["\"\\\/\b\f\n\r\t\u001e\ud83d\ude00"])",
       {R"(["\"\\\/\b\f\n\r\t\u001e\ud83d\ude00"])"},
       {}},
      {"UTF-8", "[\"\xC3\xA9\xF0\x9F\x98\x80\"]", {"[\"\xC3\xA9\xF0\x9F\x98\x80\"]"}, {}},
      {"brackets and commas in strings",
       R"({"a": "}, {\"b\": ]", "c": ["],", "}"]})",
       {R"({"a":"}, {\"b\": ]","c":["],","}"]})"},
       {}},
  });
}

TEST(LenientJson, MendsStrings) {
  check({
      {"raw control bytes",
       "{\"a\": \"x\x1ey\x1fz\tw\"}",
       {R"({"a":"x\u001ey\u001fz\u0009w"})"},
       {"line 1, column 9: a raw control byte (0x1e) in a string; kept (3 times, here first)"}},
      {"a raw NUL",
       "[\"a\0b\"]"s,
       {R"(["a\u0000b"])"},
       {"line 1, column 4: a raw control byte (0x00) in a string; kept"}},
      {"a raw line end",
       "[\"a\nb\"]",
       {R"(["a\u000ab"])"},
       {"line 1, column 4: a raw control byte (0x0a) in a string; kept"}},
      {"quotes in a member",
       R"({"name": "say "hi" + x", "timeMs": 1})",
       {R"({"name":"say \"hi\" + x","timeMs":1})"},
       {"line 1, column 15: a quote inside a string, not escaped; kept (2 times, here first)"}},
      {"a quote before a comma",
       R"({"name": "a", b", "timeMs": 1})",
       {R"({"name":"a\", b","timeMs":1})"},
       {"line 1, column 12: a quote inside a string, not escaped; kept"}},
      {"a quote before a bracket",
       R"({"name": "a"}b", "timeMs": 1})",
       {R"({"name":"a\"}b","timeMs":1})"},
       {"line 1, column 12: a quote inside a string, not escaped; kept"}},
      {"a quote in the last member",
       R"([{"name": "a"b"}])",
       {R"([{"name":"a\"b"}])"},
       {"line 1, column 13: a quote inside a string, not escaped; kept"}},
      {"a quote in an element",
       R"(["a"b", "c"])",
       {R"(["a\"b","c"])"},
       {"line 1, column 4: a quote inside a string, not escaped; kept"}},
      {"a quote in a key",
       R"({"a"b": 1})",
       {R"({"a\"b":1})"},
       {"line 1, column 4: a quote inside a string, not escaped; kept"}},
      {"a backslash for nothing",
       R"(["C:\models", "50\%"])",
       {R"(["C:\\models","50\\%"])"},
       {"line 1, column 5: a backslash that escapes nothing; kept (2 times, here first)"}},
      {"bad hexadecimal digits",
       R"(["\u12g4"])",
       {R"(["\\u12g4"])"},
       {"line 1, column 3: a backslash that escapes nothing; kept"}},
      {"lone surrogates",
       R"(["\ud800x", "\udc00", "\ud800\u0041"])",
       {"[\"\xEF\xBF\xBDx\",\"\xEF\xBF\xBD\",\"\xEF\xBF\xBD\\u0041\"]"},
       {"line 1, column 3: half of a surrogate pair; read as U+FFFD (3 times, here first)"}},
      {"invalid UTF-8: a lone continuation, an overlong slash, a surrogate",
       "[\"\x80\", \"\xC0\xAF\", \"\xED\xA0\x80\"]",
       {"[\"\xEF\xBF\xBD\",\"\xEF\xBF\xBD\xEF\xBF\xBD\",\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"]"},
       {"line 1, column 3: a byte that is no UTF-8; read as U+FFFD (6 times, here first)"}},
      {"UTF-8 cut by the quote",
       "[\"\xE2\x82\"]",
       {"[\"\xEF\xBF\xBD\xEF\xBF\xBD\"]"},
       {"line 1, column 3: a byte that is no UTF-8; read as U+FFFD (2 times, here first)"}},
      {"Python's quotes and words",
       R"({'a': 'it\'s "x"', "b": True, 'c': None, 'd': '\x1e'})",
       {R"({"a":"it's \"x\"","b":true,"c":null,"d":"\u001e"})"},
       {"line 1, column 2: single quotes around a string (5 times, here first)",
        "line 1, column 25: 'True' for 'true' (2 times, here first)",
        "line 1, column 48: an escape that JSON has not ('\\x'); read as C and Python do"}},
  });
}

TEST(LenientJson, MendsScalars) {
  check({
      {"not a number, as it is printed",
       "[[nan, -nan, NaN, -nan(ind), inf, -Infinity, 1.#INF]]",
       {"[[null,null,null,null,null,null,null]]"},
       {"line 1, column 3: 'nan', which is no JSON; read as unknown (null) (7 times, here "
        "first)"}},
      {"too large",
       "[[1e999, -1e999]]",
       {"[[null,null]]"},
       {"line 1, column 3: a number too large for 64 bits; read as unknown (null) (2 times, here "
        "first)"}},
      {"odd numbers",
       "[[+1, 007, 1., .5, -.5, 1.e3, 00]]",
       {"[[1,7,1.0,0.5,-0.5,1.0e3,0]]"},
       {"line 1, column 3: a number in a form that JSON has not (7 times, here first)"}},
      {"bare words",
       "[{a: N/A, \"b\": [x, 0x1F]}]",
       {R"([{"a":"N/A","b":["x","0x1F"]}])"},
       {"line 1, column 3: a word without quotes; read as text (4 times, here first)"}},
  });
}

TEST(LenientJson, MendsStructure) {
  check({
      {"commas left over",
       R"({"a": [1, 2, ], "b": 1, })",
       {R"({"a":[1,2],"b":1})"},
       {"line 1, column 14: a comma before the closing bracket; left out (2 times, here first)"}},
      {"commas with nothing before",
       "[[, 1,, 2]]",
       {"[[1,2]]"},
       {"line 1, column 3: a comma with no value before it; left out (2 times, here first)"}},
      {"commas that are missing",
       "[{\"a\": \"x\"\n\"b\": 2} {\"a\": 3}]",
       {R"([{"a":"x","b":2},{"a":3}])"},
       {"line 2, column 1: no comma between two values; put in (2 times, here first)"}},
      {"a key without a value",
       R"({"a": , "b": })",
       {R"({"a":null,"b":null})"},
       {"line 1, column 7: a key without a value; read as unknown (null) (2 times, here first)"}},
      {"comments",
       "// top\n{\"a\": 1, /* b */ \"c\": \"x\" // end\n}",
       {R"({"a":1,"c":"x"})"},
       {"line 1, column 1: a line that is no JSON; skipped",
        "line 2, column 10: a comment, which JSON has not; skipped (2 times, here first)"}},
      {"control bytes between values",
       "{\"a\": \0 1}\0"s,
       {R"({"a":1})"},
       {"line 1, column 7: control bytes between the values; skipped (2 times, here first)"}},
      {"a byte-order mark",
       "\xEF\xBB\xBF{\"a\": 1}",
       {R"({"a":1})"},
       {"line 1, column 1: a byte-order mark, which JSON has not; skipped"}},
  });
}

TEST(LenientJson, ReadsUtf16) {
  const auto wide = [](std::u16string_view text, bool big_endian) {
    std::string bytes;
    for (const char16_t unit : text) {
      const char high = static_cast<char>(unit >> 8), low = static_cast<char>(unit & 0xFF);
      bytes += big_endian ? high : low;
      bytes += big_endian ? low : high;
    }
    return bytes;
  };
  const std::string note = ": UTF-16 text, as PowerShell's '>' writes it; read as such";
  check({
      {"little endian", wide(u"\uFEFF[\"é😀\"]", false), {"[\"é😀\"]"}, {note}},
      {"big endian", wide(u"\uFEFF[\"é😀\"]", true), {"[\"é😀\"]"}, {note}},
      {"no byte-order mark", wide(u"{\"a\": 1}", false), {R"({"a":1})"}, {note}},
      {"half a pair",
       wide(u"[\"" + std::u16string(1, char16_t{0xD800}) + u"\"]", false),
       {"[\"\xEF\xBF\xBD\"]"},
       {note}},
  });
}

TEST(LenientJson, SplitsDocuments) {
  check({
      {"run together",
       R"({"a":1}{"a":2}[3])",
       {R"({"a":1})", R"({"a":2})"},
       {"line 1, column 15: a line that is no JSON; skipped"}},
      {"a line each, the last without its end",
       "{\"a\":1}\n{\"a\":2}\n{\"a\":",
       {R"({"a":1})", R"({"a":2})"},
       {"line 3, column 6: the file is cut off here: what was whole before is kept, the rest is "
        "missing; copy or export it again"},
       true},
      {"with marker lines",
       "--- Layer 0 ---\n{\"a\":1}\n--- Layer 1 ---\n{\"a\":2}\n",
       {R"({"a":1})", R"({"a":2})"},
       {"line 1, column 1: a line that is no JSON; skipped (2 times, here first)"}},
      {"behind the lines of a log",
       "[TRT] [I] Loaded\n[01/02/2026-10:11:12] [I] {x}\n{ForeignNode[a...b]}\n{\"a\":1}",
       {R"({"a":1})"},
       {"line 1, column 1: a line that is no JSON; skipped (3 times, here first)"}},
      {"a list that lost its brackets", "{\"a\":1},\n{\"a\":2}", {R"({"a":1})", R"({"a":2})"}, {}},
  });
}

TEST(LenientJson, KeepsWholeRecordsOfACutFile) {
  const auto cut = [](const char* place) {
    return std::string(place) +
           ": the file is cut off here: what was whole before is kept, the rest is missing; copy "
           "or export it again";
  };
  check({
      {"in a record",
       R"({"L": [{"a": 1}, {"a": )",
       {R"({"L":[{"a":1}]})"},
       {cut("line 1, column 24")},
       true},
      {"in a list of a record",
       R"({"L": [{"a": 1}, {"a": [1, 2)",
       {R"({"L":[{"a":1}]})"},
       {cut("line 1, column 29")},
       true},
      {"in a string",
       R"({"L": [{"a": 1}, {"a": "b)",
       {R"({"L":[{"a":1}]})"},
       {cut("line 1, column 26")},
       true},
      {"in an escape",
       R"({"L": [{"a": 1}, {"a": "b\)",
       {R"({"L":[{"a":1}]})"},
       {"line 1, column 26: a backslash that escapes nothing; kept", cut("line 1, column 27")},
       true},
      {"in a number", "[[1], [2], [3", {"[[1],[2]]"}, {cut("line 1, column 14")}, true},
      {"in a key", R"({"a": 1, "b)", {R"({"a":1})"}, {cut("line 1, column 12")}, true},
      {"after a key", R"({"a": 1, "b":)", {R"({"a":1})"}, {cut("line 1, column 14")}, true},
      {"after a comma", "[{},", {"[{}]"}, {cut("line 1, column 5")}, true},
      {"before the first record",
       R"({"L": [{"a")",
       {R"({"L":[]})"},
       {cut("line 1, column 12")},
       true},
      {"after the first byte", "{", {"{}"}, {cut("line 1, column 2")}, true},
      {"in a later list",
       R"({"L": [1, 2], "B": ["x", "y)",
       {R"({"L":[1,2],"B":["x"]})"},
       {cut("line 1, column 28")},
       true},
  });
}

TEST(LenientJson, SaysWhatItCannotMend) {
  const struct {
    const char* what;
    std::string text;
    const char* message;
  } cases[] = {
      {"nothing", "", "x.json: no JSON in it: expected an object or a list"},
      {"plain text", "Hello\nworld\n", "x.json: no JSON in it: expected an object or a list"},
      {"brackets that do not match", "{\"a\": [1, 2}\n}",
       "x.json: line 1, column 12: expected ']', got '}': the brackets do not match; the file is "
       "damaged, export it again"},
      {"a key without a colon", "{\"a\" 1}",
       "x.json: line 1, column 6: expected ':' after a key, got '1'; the file is damaged, export "
       "it again"},
      {"a colon in a list", "[\"a\": 1]",
       "x.json: line 1, column 5: expected a value, got ':'; the file is damaged, export it "
       "again"},
      {"a string without its end", "{\"a\": \"x,\n\"b\": 2\n}",
       "x.json: line 2, column 3: expected ':' after a key, got '\"'; the file is damaged, "
       "export it again"},
      {"too deep", "[" + std::string(600, '['),
       "x.json: line 1, column 501: nested deeper than 500 levels, as no file of TensorRT's is; "
       "the file is damaged, export it again"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.what);
    try {
      mend_json(c.text, "x.json");
      ADD_FAILURE() << "no error";
    } catch (const Error& error) {
      EXPECT_STREQ(error.what(), c.message);
    }
  }
}

// Text made to go back over itself, or to look far ahead, as often as it can. Quadratic work on
// these would take minutes.
TEST(LenientJson, IsLinear) {
  constexpr std::size_t size = 1'000'000;
  const auto repeat = [](std::string_view part) {
    std::string text;
    while (text.size() < size) text += part;
    return text;
  };
  const std::string texts[] = {
      "{\"a\": \"" + repeat("\""),
      "{\"a\": \"" + repeat("\" x"),
      "[" + repeat("\"a\" x "),
      "[" + repeat("\"a\"    \n"),
      "{\"a\": \"" + repeat("\", \""),
      "{\"a\": \"" + repeat("\"} x"),
      repeat("{\"a\":1}"),
      repeat("{\n"),
      repeat("/* "),
      "[" + repeat("/"),
      "[\"" + repeat("\\u"),
  };
  for (const std::string& text : texts) {
    SCOPED_TRACE(text.substr(0, 20));
    try {
      mend_json(text, "x.json");
    } catch (const Error&) {
    }
  }
}

}  // namespace
}  // namespace trex
