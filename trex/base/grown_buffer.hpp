// A block of memory that grows while its final size is not known yet: pipes, decompression.
//
// By realloc, not a std::string: large blocks grow by moving pages, and nothing is zeroed.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>

#include "trex/base/error.hpp"
#include "trex/base/file.hpp"
#include "trex/base/file_handle.hpp"

namespace trex {

class GrownBuffer {
 public:
  // At least `count` writable bytes after what is filled.
  char* room(std::size_t count, const std::string& file) {
    const std::size_t needed = size_ + count + Bytes::padding;
    if (needed > capacity_) {
      void* grown = std::realloc(block_.get(), needed);
      if (grown == nullptr)
        fail("{}: not enough memory for {} bytes", printable_path(file), needed);
      static_cast<void>(block_.release());
      block_.reset(static_cast<char*>(grown));
      capacity_ = needed;
    }
    return block_.get() + size_;
  }
  void advance(std::size_t count) { size_ += count; }
  std::size_t size() const { return size_; }

  // The bytes, with zeros as padding; this is empty afterwards.
  Bytes finish() && {
    if (block_ == nullptr) return {};
    std::memset(block_.get() + size_, 0, Bytes::padding);
    const std::string_view view(block_.get(), size_);
    return Bytes(std::shared_ptr<const void>(block_.release(), std::free), view);
  }

 private:
  struct Free {
    void operator()(char* block) const { std::free(block); }
  };
  std::unique_ptr<char, Free> block_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace trex
