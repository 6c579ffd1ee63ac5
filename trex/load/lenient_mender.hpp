// The machinery of mend_json: reads nearly-JSON once, from front to back, and writes JSON.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "trex/load/lenient_json.hpp"
#include "trex/load/note_counter.hpp"

namespace trex {

enum class JsonFlaw : std::uint8_t {
  byte_order_mark,
  utf16,
  control_byte,
  unescaped_quote,
  invalid_utf8,
  escape,
  lone_surrogate,
  not_a_number,
  number_too_large,
  number_form,
  python_word,
  other_quotes,
  bare_word,
  extra_comma,
  missing_comma,
  missing_value,
  comment,
  stray_byte,
  other_lines,
  cut_off,
};

class Mender {
 public:
  Mender(std::string_view text, const std::string& file) : text_(text), file_(file) {}
  MendedJson run();

 private:
  struct Frame {  // an open object or list
    bool is_list;
    bool after_comma = false;
    std::int64_t count = 0;  // elements so far
    std::size_t whole_end;   // of the output, after the last whole element
  };
  struct InnerQuotes {  // quotes that were taken as part of a string
    std::int64_t count = 0;
    std::size_t first_at = 0;      // where the first of them is in the text,
    std::size_t out_at_first = 0;  // and how much was written before it
  };
  enum class Place { key, member, element };  // where a string stands

  // lenient_json.cpp: documents, objects, lists
  void skip_to_document();
  bool starts_document(std::size_t at) const;
  void document();
  void open(bool is_list);
  void close();
  void comma();
  bool element();
  bool key();
  void cut();
  void skip_blanks();
  bool skip_comment();

  // lenient_string.cpp
  bool string(Place place);
  void copy_plain(char quote);
  bool end_at_first(const InnerQuotes& inner);
  void escape(char quote);
  void unicode_escape();
  void raw_byte();
  bool closes(std::size_t quote_at, Place place) const;
  bool closes_member(std::size_t after, bool adjacent) const;
  bool closes_element(std::size_t after) const;
  bool ends_container(std::size_t bracket_at) const;
  bool looks_like_key(std::size_t at) const;
  std::size_t skip_spaces_from(std::size_t at) const;

  // lenient_scalar.cpp
  bool bare(Place place);
  bool number(std::string_view token, std::size_t at);

  void note(JsonFlaw flaw, std::size_t at, std::string_view message);
  std::string place_of(std::size_t at) const;
  [[noreturn]] void fail_here(std::string_view message) const;
  std::string what_is_here() const;
  bool at_end() const { return at_ >= text_.size(); }
  void element_done();

  std::string_view text_;
  const std::string& file_;
  std::size_t at_ = 0;
  std::size_t read_again_ = 0;  // bytes gone back over, after a quote that was taken wrongly
  std::string out_;
  std::vector<Frame> open_;
  NoteCounter<JsonFlaw> notes_;
  MendedJson result_;
};

// UTF-16 with or without a byte-order mark? Then as UTF-8, lone surrogates as U+FFFD.
bool is_utf16(std::string_view text);
std::string utf8_of_utf16(std::string_view text);

}  // namespace trex
