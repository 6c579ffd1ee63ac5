// Mending documents, objects and lists: commas, comments, what stands between documents, and the
// missing end of a file.
//
// A comma is written when the next element begins, never before: so none is left over.

// SPDX-License-Identifier: Apache-2.0
#include "trex/load/lenient_json.hpp"
#include "trex/load/json_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "trex/base/error.hpp"
#include "trex/base/text.hpp"
#include "trex/base/utf8.hpp"
#include "trex/load/lenient_mender.hpp"

namespace trex {
namespace {

constexpr std::size_t max_depth = 500;
bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

}  // namespace

MendedJson mend_json(std::string_view text, const std::string& file) {
  if (!is_utf16(text)) return Mender(text, file).run();
  const std::string utf8 = utf8_of_utf16(text);
  MendedJson mended = Mender(utf8, file).run();
  mended.notes.insert(mended.notes.begin(),
                      {file, "", "UTF-16 text, as PowerShell's '>' writes it; read as such"});
  return mended;
}

MendedJson Mender::run() {
  for (skip_to_document(); !at_end(); skip_to_document()) document();
  result_.end = place_of(text_.size());
  if (result_.documents.empty()) {
    fail_at(printable(file_), {}, "no JSON in it: expected an object or a list");
  }
  notes_.append_to(result_.notes, file_);
  return std::move(result_);
}

// Log lines such as "[TRT] [I] ..." and names such as "{ForeignNode[a...b]}" are no documents.
bool Mender::starts_document(std::size_t at) const {
  const char first = text_[at];
  if (first != '{' && first != '[') return false;
  const std::size_t next = skip_spaces_from(at + 1);
  if (next == text_.size()) return true;
  const char c = text_[next];
  if (c == '"' || c == '\'') return true;
  return first == '{' ? c == '}' : c == '{' || c == '[' || c == ']';
}

void Mender::skip_to_document() {
  while (!at_end()) {
    const char c = text_[at_];
    if (is_json_space(c) || c == ',') {
      ++at_;
    } else if (starts_with(text_.substr(at_), utf8_mark)) {
      note(JsonFlaw::byte_order_mark, at_, "a byte-order mark, which JSON has not; skipped");
      at_ += utf8_mark.size();
    } else if (starts_document(at_)) {
      return;
    } else if (is_control(c)) {
      note(JsonFlaw::stray_byte, at_, "control bytes between the values; skipped");
      ++at_;
    } else {
      note(JsonFlaw::other_lines, at_, "a line that is no JSON; skipped");
      result_.has_other_lines = true;
      at_ = std::min(text_.find('\n', at_), text_.size());
    }
  }
}

void Mender::document() {
  open(text_[at_] == '[');
  while (!open_.empty()) {
    skip_blanks();
    if (at_end()) return cut();
    const char c = text_[at_];
    if (c == '}' || c == ']') {
      if ((c == ']') != open_.back().is_list) {
        fail_here(fmt::format("expected '{}', got '{}': the brackets do not match",
                              open_.back().is_list ? ']' : '}', c));
      }
      close();
    } else if (c == ',') {
      comma();
    } else if (!element()) {
      return cut();
    }
  }
  result_.documents.push_back(std::move(out_));
  out_.clear();
}

void Mender::open(bool is_list) {
  if (open_.size() == max_depth) {
    fail_here(fmt::format("nested deeper than {} levels, as no file of TensorRT's is", max_depth));
  }
  out_ += is_list ? '[' : '{';
  open_.push_back({.is_list = is_list, .whole_end = out_.size()});
  ++at_;
}

void Mender::close() {
  if (open_.back().after_comma) {
    note(JsonFlaw::extra_comma, at_, "a comma before the closing bracket; left out");
  }
  out_ += open_.back().is_list ? ']' : '}';
  open_.pop_back();
  ++at_;
  if (!open_.empty()) element_done();
}

void Mender::comma() {
  Frame& frame = open_.back();
  if (frame.after_comma || frame.count == 0) {
    note(JsonFlaw::extra_comma, at_, "a comma with no value before it; left out");
  }
  frame.after_comma = frame.count > 0;
  ++at_;
}

void Mender::element_done() {
  Frame& frame = open_.back();
  ++frame.count;
  frame.after_comma = false;
  frame.whole_end = out_.size();
}

// A value, with its key in an object; at its first byte. False: the text ends in it.
bool Mender::element() {
  const bool is_list = open_.back().is_list;
  if (open_.back().count > 0) {
    if (!open_.back().after_comma) {
      note(JsonFlaw::missing_comma, at_, "no comma between two values; put in");
    }
    out_ += ',';
  }
  if (!is_list && !key()) return false;
  if (at_end()) return false;
  const char c = text_[at_];
  if (c == '{' || c == '[') {
    open(c == '[');
    return true;
  }
  if (!is_list && (c == ',' || c == '}')) {
    note(JsonFlaw::missing_value, at_, "a key without a value; read as unknown (null)");
    out_ += "null";
  } else if (c == '"' || c == '\'') {
    if (!string(is_list ? Place::element : Place::member)) return false;
  } else if (!bare(is_list ? Place::element : Place::member)) {
    return false;
  }
  element_done();
  return true;
}

// The key, the colon and the blanks after it.
bool Mender::key() {
  const char c = text_[at_];
  const bool whole = c == '"' || c == '\'' ? string(Place::key) : bare(Place::key);
  if (!whole) return false;
  skip_blanks();
  if (at_end()) return false;
  if (text_[at_] != ':') {
    fail_here(fmt::format("expected ':' after a key, got {}", what_is_here()));
  }
  out_ += ':';
  ++at_;
  skip_blanks();
  return true;
}

// The text ends inside a document. Records stand in the outermost list: those that are whole stay.
void Mender::cut() {
  note(JsonFlaw::cut_off, text_.size(),
       "the file is cut off here: what was whole before is kept, the rest is missing; copy or "
       "export it again");
  result_.cut_off = true;
  if (result_.documents.empty()) {
    const auto list =
        std::find_if(open_.begin(), open_.end(), [](const Frame& frame) { return frame.is_list; });
    if (list != open_.end()) open_.erase(list + 1, open_.end());
    if (list == open_.end()) open_.erase(open_.begin() + 1, open_.end());
    out_.resize(open_.back().whole_end);
    for (auto frame = open_.rbegin(); frame != open_.rend(); ++frame) {
      out_ += frame->is_list ? ']' : '}';
    }
    result_.documents.push_back(std::move(out_));
  }
  out_.clear();
  open_.clear();
}

void Mender::skip_blanks() {
  while (!at_end()) {
    const char c = text_[at_];
    if (is_json_space(c)) {
      ++at_;
    } else if (is_control(c)) {
      note(JsonFlaw::stray_byte, at_, "control bytes between the values; skipped");
      ++at_;
    } else if (c != '/' || !skip_comment()) {
      return;
    }
  }
}

bool Mender::skip_comment() {
  const std::string_view rest = text_.substr(at_);
  if (!starts_with(rest, "//") && !starts_with(rest, "/*")) return false;
  note(JsonFlaw::comment, at_, "a comment, which JSON has not; skipped");
  const bool is_line = rest[1] == '/';
  const std::size_t end = is_line ? text_.find('\n', at_) : text_.find("*/", at_ + 2);
  at_ = end == std::string_view::npos ? text_.size() : end + (is_line ? 1 : 2);
  return true;
}

void Mender::note(JsonFlaw flaw, std::size_t at, std::string_view message) {
  if (notes_.is_first(flaw)) notes_.describe(place_of(at), std::string(message));
}

std::string Mender::place_of(std::size_t at) const {
  const std::string_view before = text_.substr(0, at);
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0
  return fmt::format("line {}, column {}", line, at - line_start + 1);
}

void Mender::fail_here(std::string_view message) const {
  fail("{}: {}: {}; the file is damaged, export it again", printable(file_), place_of(at_),
       message);
}

std::string Mender::what_is_here() const {
  if (at_end()) return "the end of the file";
  return fmt::format("'{}'", printable(text_.substr(at_, utf8_at(text_, at_).length)));
}

}  // namespace trex
