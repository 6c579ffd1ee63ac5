// A scanner that stops at what it does not understand and keeps what it has.

// SPDX-License-Identifier: Apache-2.0
#include "trex/load/json_outline.hpp"

namespace trex {
namespace {

constexpr std::size_t most_members = 64;
constexpr std::size_t most_elements = 8;

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  JsonOutline read_top() {
    JsonOutline outline;
    outline.type = type_here();
    if (outline.type == '{') read_object(outline);
    if (outline.type == '[') read_list(outline);
    return outline;
  }

 private:
  void skip_space() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\r' ||
                                  text_[at_] == '\t' || text_[at_] == ',')) {
      ++at_;
    }
  }
  char type_here() {
    skip_space();
    if (at_ >= text_.size()) return 0;
    const char c = text_[at_];
    if (c == '{' || c == '[' || c == '"' || c == '}' || c == ']') return c;
    return (c >= '0' && c <= '9') || c == '-' ? '0' : 'w';
  }
  // The string that begins here, without escapes undone: keys have none.
  std::string_view take_string() {
    const std::size_t begin = ++at_;
    while (at_ < text_.size() && text_[at_] != '"') at_ += text_[at_] == '\\' ? 2 : 1;
    const std::size_t end = at_ < text_.size() ? at_ : text_.size();
    at_ = end + 1;
    return begin < end ? text_.substr(begin, end - begin) : std::string_view();
  }
  std::string_view take_scalar() {
    const std::size_t begin = at_;
    const std::size_t end = text_.find_first_of(",]} \t\r\n", begin);
    at_ = end == std::string_view::npos ? text_.size() : end;
    return text_.substr(begin, at_ - begin);
  }
  void skip_nested() {
    std::size_t depth = 0;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '"') {
        take_string();
        continue;
      }
      ++at_;
      if (c == '{' || c == '[') ++depth;
      if ((c == '}' || c == ']') && --depth == 0) return;
    }
  }
  void read_object(JsonOutline& object) {
    ++at_;
    while (type_here() == '"' && object.members.size() < most_members) {
      JsonOutline::Member member;
      member.key = take_string();
      skip_space();
      if (at_ >= text_.size() || text_[at_] != ':') return;
      ++at_;
      member.value_type = type_here();
      read_value(member);
      object.members.push_back(std::move(member));
    }
    if (type_here() == '}') ++at_;
  }
  void read_value(JsonOutline::Member& member) {
    if (member.value_type == '"') {
      take_string();
    } else if (member.value_type == '[') {
      const std::size_t begin = at_++;
      member.first_element = type_here();
      at_ = begin;
      skip_nested();
    } else if (member.value_type == '{') {
      skip_nested();
    } else if (member.value_type == '0' || member.value_type == 'w') {
      member.is_real = take_scalar().find_first_of(".eE") != std::string_view::npos;
    }
  }
  void read_list(JsonOutline& list) {
    ++at_;
    while (list.elements.size() < most_elements) {
      JsonOutline element;
      element.type = type_here();
      if (element.type == 0 || element.type == ']' || element.type == '}') return;
      if (element.type == '{') {
        read_object(element);
      } else if (element.type == '[') {
        skip_nested();
      } else if (element.type == '"') {
        take_string();
      } else if (take_scalar().empty()) {
        return;
      }
      list.elements.push_back(std::move(element));
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

JsonOutline outline_json(std::string_view text) { return Scanner(text).read_top(); }

}  // namespace trex
