// Is a text well-formed XML, and what text does it hold? A reader for tests of what we write.
//
// Elements, attributes in double quotes, the five named entities and decimal ones, and the
// characters that XML 1.0 allows: what SVG of ours needs. No DTD, comments or CDATA.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "trex/base/utf8.hpp"

namespace trex::test {

class XmlReader {
 public:
  // Throws std::runtime_error that says what is wrong.
  explicit XmlReader(std::string_view text) : text_(text) {
    while (at_ < text_.size()) step();
    if (!open_.empty()) fail("'" + open_.back() + "' is not closed");
    if (elements.empty()) fail("no element");
  }

  std::vector<std::string> elements;  // names, in order
  std::vector<std::string> titles;    // texts of <title>
  std::vector<std::string> texts;     // of <text>
  std::vector<std::string> ids;

 private:
  [[noreturn]] void fail(const std::string& what) const {
    throw std::runtime_error(what + " at byte " + std::to_string(at_));
  }

  void step() {
    if (text_[at_] != '<') return content();
    const std::size_t end = text_.find('>', at_);
    if (end == std::string_view::npos) fail("a tag without end");
    std::string_view tag = text_.substr(at_ + 1, end - at_ - 1);
    if (tag.empty()) fail("an empty tag");
    if (tag.find('<') != std::string_view::npos) fail("'<' in a tag");
    if (tag[0] == '/') {
      if (open_.empty() || open_.back() != tag.substr(1)) fail("wrong end tag");
      open_.pop_back();
    } else {
      const bool closed = tag.back() == '/';
      if (closed) tag.remove_suffix(1);
      element(tag);
      if (closed) open_.pop_back();
    }
    at_ = end + 1;
  }

  void element(std::string_view tag) {
    const std::size_t space = tag.find(' ');
    const std::string name(tag.substr(0, space));
    elements.push_back(name);
    open_.push_back(name);
    if (name == "title") titles.emplace_back();
    if (name == "text") texts.emplace_back();
    while (!tag.empty() && tag.find('=') != std::string_view::npos) {
      const std::size_t equals = tag.find("=\"");
      if (equals == std::string_view::npos) fail("an attribute without quotes");
      const std::size_t quote = tag.find('"', equals + 2);
      if (quote == std::string_view::npos) fail("an attribute without end");
      const std::size_t start = tag.rfind(' ', equals);
      const std::string value = decoded(tag.substr(equals + 2, quote - equals - 2));
      if (tag.substr(start + 1, equals - start - 1) == "id") ids.push_back(value);
      tag = tag.substr(quote + 1);
    }
  }

  void content() {
    const std::size_t end = std::min(text_.find('<', at_), text_.size());
    const std::string said = decoded(text_.substr(at_, end - at_));
    if (!open_.empty() && open_.back() == "title") titles.back() += said;
    if (!open_.empty() && open_.back() == "text") texts.back() += said;
    at_ = end;
  }

  std::string decoded(std::string_view raw) const {
    std::string out;
    for (std::size_t i = 0; i < raw.size();) {
      const Utf8Character c = utf8_at(raw, i);
      if (!c.valid) fail("invalid UTF-8");
      if (c.code < 0x20 && c.code != '\n' && c.code != '\t') fail("a control byte");
      if (c.code == 0xFFFE || c.code == 0xFFFF) fail("no XML character");
      if (c.code != '&') {
        out += raw.substr(i, c.length);
        i += c.length;
        continue;
      }
      const std::size_t semicolon = raw.find(';', i);
      if (semicolon == std::string_view::npos) fail("'&' without ';'");
      out += entity(raw.substr(i + 1, semicolon - i - 1));
      i = semicolon + 1;
    }
    return out;
  }

  std::string entity(std::string_view name) const {
    if (name == "amp") return "&";
    if (name == "lt") return "<";
    if (name == "gt") return ">";
    if (name == "quot") return "\"";
    if (name == "#39") return "'";
    fail("unknown entity");
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<std::string> open_;
};

}  // namespace trex::test
