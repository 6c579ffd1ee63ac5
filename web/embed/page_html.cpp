// The file is taken into the read-only data by the assembler: nothing is read or copied before it
// is asked for.

// SPDX-License-Identifier: Apache-2.0
#include "web/embed/page_html.hpp"

#include "trex/base/error.hpp"

#ifdef TREX_PAGE_FILE

asm(".section .rodata\n"
    ".global trex_page_begin\n"
    ".global trex_page_end\n"
    "trex_page_begin:\n"
    ".incbin \"" TREX_PAGE_FILE
    "\"\n"
    "trex_page_end:\n"
    ".byte 0\n"
    ".text\n");

extern "C" const char trex_page_begin[], trex_page_end[];

namespace trex {
bool has_page() { return true; }
std::string_view page_html() {
  return {trex_page_begin, static_cast<std::size_t>(trex_page_end - trex_page_begin)};
}
}  // namespace trex

#else

namespace trex {
bool has_page() { return false; }
std::string_view page_html() {
  fail("this trex was built without its page; run make page, then build again");
}
}  // namespace trex

#endif
