// Deflate: blocks of literals and copies, in Huffman codes that each block may bring along.

// SPDX-License-Identifier: Apache-2.0
#include "trex/base/inflate.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <vector>

namespace trex {
namespace {

constexpr int longest_code = 15;
constexpr std::size_t window_bytes = std::size_t{32} << 10;  // how far back a copy reaches
constexpr std::size_t piece_bytes = std::size_t{64} << 10;

struct Damaged {
  const char* what;
};
struct HadEnough {};

class Bits {
 public:
  explicit Bits(std::string_view bytes) : bytes_(bytes) {}

  // The next `count` (at most 16) bits, the first one lowest.
  std::uint32_t take(int count) {
    while (held_count_ < count) {
      if (at_ == bytes_.size()) throw Damaged{"ends too early"};
      held_ |= std::uint32_t{static_cast<unsigned char>(bytes_[at_++])} << held_count_;
      held_count_ += 8;
    }
    const std::uint32_t value = held_ & ((std::uint32_t{1} << count) - 1);
    held_ >>= count;
    held_count_ -= count;
    return value;
  }
  std::string_view take_bytes(std::size_t count) {
    if (bytes_.size() - at_ < count) throw Damaged{"ends too early"};
    at_ += count;
    return bytes_.substr(at_ - count, count);
  }
  // Less than a byte is held before each symbol, so what is left of it is padding.
  void skip_to_byte() { held_ = 0, held_count_ = 0; }
  std::size_t used() const { return at_; }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
  std::uint32_t held_ = 0;
  int held_count_ = 0;
};

// A canonical code (3.2.2): the lengths of the codes are the code.
class Huffman {
 public:
  // As zlib has it, bits may be left over only by a code of one symbol or none.
  explicit Huffman(std::span<const std::uint8_t> lengths, bool may_be_single = true) {
    for (const std::uint8_t length : lengths) ++count_[length];
    count_[0] = 0;
    int free = 1;  // codes of this length that are not taken yet
    std::size_t longest = 0;
    std::array<std::uint16_t, longest_code + 2> start{};
    for (std::size_t length = 1; length <= longest_code; ++length) {
      free = 2 * free - count_[length];
      if (free < 0) throw Damaged{"more codes than bits"};
      if (count_[length] > 0) longest = length;
      start[length + 1] = static_cast<std::uint16_t>(start[length] + count_[length]);
    }
    if (free > 0 && (longest > 1 || !may_be_single)) throw Damaged{"fewer codes than bits"};
    symbols_.resize(start[longest_code + 1]);
    for (std::size_t symbol = 0; symbol < lengths.size(); ++symbol) {
      if (lengths[symbol] > 0) {
        symbols_[start[lengths[symbol]]++] = static_cast<std::uint16_t>(symbol);
      }
    }
  }

  unsigned next(Bits& bits) const {
    int code = 0, first = 0, index = 0;  // `first` code of this length, and its place in symbols_
    for (std::size_t length = 1; length <= longest_code; ++length) {
      code |= static_cast<int>(bits.take(1));
      const int count = count_[length];
      if (code - first < count) return symbols_[static_cast<std::size_t>(index + code - first)];
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    throw Damaged{"an unknown code"};
  }

 private:
  std::array<std::uint16_t, longest_code + 1> count_{};
  std::vector<std::uint16_t> symbols_;
};

// 3.2.5: the symbols 257 to 285 stand for lengths, those of the second code for distances.
constexpr std::array<std::uint16_t, 29> length_bases{3,  4,  5,  6,   7,   8,   9,   10,  11, 13,
                                                     15, 17, 19, 23,  27,  31,  35,  43,  51, 59,
                                                     67, 83, 99, 115, 131, 163, 195, 227, 258};
constexpr std::array<std::uint8_t, 29> length_bits{0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2,
                                                   2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};
constexpr std::array<std::uint16_t, 30> distance_bases{
    1,   2,   3,   4,   5,   7,    9,    13,   17,   25,   33,   49,   65,    97,    129,
    193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577};
constexpr std::array<std::uint8_t, 30> distance_bits{0, 0, 0,  0,  1,  1,  2,  2,  3,  3,
                                                     4, 4, 5,  5,  6,  6,  7,  7,  8,  8,
                                                     9, 9, 10, 10, 11, 11, 12, 12, 13, 13};

class Inflater {
 public:
  Inflater(std::string_view compressed, const std::function<bool(std::string_view)>& take)
      : bits_(compressed), take_(take) {
    buffer_.reserve(window_bytes + piece_bytes);
  }

  std::size_t run() {
    for (bool is_last = false; !is_last;) {
      is_last = bits_.take(1) == 1;
      switch (bits_.take(2)) {
        case 0:
          stored_block();
          break;
        case 1:
          fixed_block();
          break;
        case 2:
          dynamic_block();
          break;
        default:
          throw Damaged{"an unknown kind of block"};
      }
    }
    give(buffer_.size());
    return bits_.used();
  }

 private:
  void stored_block() {
    bits_.skip_to_byte();
    const std::uint32_t size = bits_.take(16), inverse = bits_.take(16);
    if ((size ^ inverse) != 0xffff) throw Damaged{"a stored block of unclear size"};
    for (const char c : bits_.take_bytes(size)) put(c);
  }

  void fixed_block() {
    std::array<std::uint8_t, 288> lengths{};
    std::fill(lengths.begin(), lengths.begin() + 144, std::uint8_t{8});
    std::fill(lengths.begin() + 144, lengths.begin() + 256, std::uint8_t{9});
    std::fill(lengths.begin() + 256, lengths.begin() + 280, std::uint8_t{7});
    std::fill(lengths.begin() + 280, lengths.end(), std::uint8_t{8});
    std::array<std::uint8_t, 32> distances{};  // two more than there are, to fill the bits
    distances.fill(5);
    symbols(Huffman(lengths), Huffman(distances));
  }

  // 3.2.7: the lengths of both codes, packed by a third one.
  void dynamic_block() {
    constexpr std::array<std::uint8_t, 19> order{16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                                 11, 4,  12, 3, 13, 2, 14, 1, 15};
    const std::size_t literals = bits_.take(5) + 257, distances = bits_.take(5) + 1;
    const std::size_t given = bits_.take(4) + 4;
    if (literals > 286 || distances > 30) throw Damaged{"more codes than there are symbols"};
    std::array<std::uint8_t, 19> packing{};
    for (std::size_t i = 0; i < given; ++i) {
      packing[order[i]] = static_cast<std::uint8_t>(bits_.take(3));
    }
    const std::vector<std::uint8_t> lengths =
        code_lengths(Huffman(packing, false), literals + distances);
    if (lengths[256] == 0) throw Damaged{"a block without an end"};
    const std::span<const std::uint8_t> all(lengths);
    symbols(Huffman(all.first(literals)), Huffman(all.subspan(literals)));
  }

  std::vector<std::uint8_t> code_lengths(const Huffman& packing, std::size_t count) {
    std::vector<std::uint8_t> lengths;
    while (lengths.size() < count) {
      const unsigned symbol = packing.next(bits_);
      std::uint8_t value = 0;
      std::size_t times = 1;
      if (symbol < 16) {
        value = static_cast<std::uint8_t>(symbol);
      } else if (symbol == 16) {
        if (lengths.empty()) throw Damaged{"a repetition of nothing"};
        value = lengths.back();
        times = 3 + bits_.take(2);
      } else {
        times = symbol == 17 ? 3 + bits_.take(3) : 11 + bits_.take(7);
      }
      if (lengths.size() + times > count) throw Damaged{"more codes than there are symbols"};
      lengths.insert(lengths.end(), times, value);
    }
    return lengths;
  }

  void symbols(const Huffman& literals, const Huffman& distances) {
    for (;;) {
      const unsigned symbol = literals.next(bits_);
      if (symbol < 256) {
        put(static_cast<char>(symbol));
        continue;
      }
      if (symbol == 256) return;
      const std::size_t kind = symbol - 257;
      if (kind >= length_bases.size()) throw Damaged{"an unknown length"};
      const std::size_t length = length_bases[kind] + bits_.take(length_bits[kind]);
      const unsigned far = distances.next(bits_);
      if (far >= distance_bases.size()) throw Damaged{"an unknown distance"};
      copy(distance_bases[far] + bits_.take(distance_bits[far]), length);
    }
  }

  void put(char c) {
    if (buffer_.size() == window_bytes + piece_bytes) {
      give(piece_bytes);
      buffer_.erase(0, piece_bytes);
      given_ -= piece_bytes;
    }
    buffer_ += c;
  }

  void copy(std::size_t distance, std::size_t length) {
    if (distance > buffer_.size()) throw Damaged{"a copy from before the beginning"};
    for (; length > 0; --length) put(buffer_[buffer_.size() - distance]);
  }

  // What stands in the buffer before `end` and was not given yet.
  void give(std::size_t end) {
    if (end <= given_) return;
    const std::string_view piece = std::string_view(buffer_).substr(given_, end - given_);
    given_ = end;
    if (!take_(piece)) throw HadEnough{};
  }

  Bits bits_;
  const std::function<bool(std::string_view)>& take_;
  std::string buffer_;  // the window, and what follows it
  std::size_t given_ = 0;
};

constexpr std::array<std::uint32_t, 256> make_crc_table() {
  constexpr std::uint32_t polynomial = 0xedb88320;  // RFC 1952 section 8
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t byte = 0; byte < 256; ++byte) {
    std::uint32_t rest = byte;
    for (int bit = 0; bit < 8; ++bit) rest = rest >> 1 ^ ((rest & 1) != 0 ? polynomial : 0);
    table[byte] = rest;
  }
  return table;
}

}  // namespace

std::uint32_t crc32(std::string_view bytes, std::uint32_t before) {
  static constexpr std::array<std::uint32_t, 256> table = make_crc_table();
  std::uint32_t crc = ~before;
  for (const char c : bytes) crc = crc >> 8 ^ table[(crc ^ static_cast<unsigned char>(c)) & 0xff];
  return ~crc;
}

Inflated inflate(std::string_view compressed, const std::function<bool(std::string_view)>& take) {
  try {
    return {Inflater(compressed, take).run(), ""};
  } catch (const HadEnough&) {
    return {};
  } catch (const Damaged& damaged) {
    return {0, std::string("damaged (") + damaged.what + ")"};
  }
}

}  // namespace trex
