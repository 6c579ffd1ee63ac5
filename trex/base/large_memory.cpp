// With the GNU C library: the heap is made to grow at once by what is expected, and the new part is
// marked for large pages before anything is written to it. (A range of 2 MB in which one small page
// is in use gets no large one, and the allocator writes beside every block it gives: marking blocks
// one by one would come too late.)

// SPDX-License-Identifier: Apache-2.0
#include "trex/base/large_memory.hpp"

#ifdef __GLIBC__
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#endif

namespace trex {

#ifdef __GLIBC__
namespace {

constexpr std::size_t large_page = std::size_t{2} << 20;
// Fewer small pages than this take less than a millisecond in all.
constexpr std::size_t smallest_bytes = std::size_t{2} << 20;
constexpr std::size_t most_bytes = std::size_t{1} << 30;  // mallopt() takes an int
constexpr int usual_top_pad = 128 << 10;

bool is_allowed = false;

}  // namespace

void allow_large_pages() {
  // Blocks from the heap, not each from a mapping of its own. 32 MB is the most that counts.
  is_allowed = mallopt(M_MMAP_THRESHOLD, 32 << 20) != 0;
}

void expect_allocations(std::size_t bytes) {
  if (!is_allowed || bytes < smallest_bytes) return;
  const auto before = reinterpret_cast<std::uintptr_t>(sbrk(0));
  mallopt(M_TOP_PAD, static_cast<int>(std::min(bytes, most_bytes)));
  mallopt(M_TRIM_THRESHOLD, static_cast<int>(most_bytes));  // or free() would give it back
  void* volatile block = std::malloc(large_page);  // volatile: or the compiler leaves both out
  std::free(block);
  mallopt(M_TOP_PAD, usual_top_pad);
  const auto after = reinterpret_cast<std::uintptr_t>(sbrk(0));
  const std::uintptr_t first = (before + large_page - 1) / large_page * large_page;
  if (after <= first) return;
  // Refused where the kernel has no large pages, which is no harm.
  static_cast<void>(madvise(reinterpret_cast<void*>(first), after - first, MADV_HUGEPAGE));
}
#else
void allow_large_pages() {}
void expect_allocations(std::size_t) {}
#endif

}  // namespace trex
