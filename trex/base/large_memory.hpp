// Large pages for large engines.
//
// A page of 4 KB takes the system over a microsecond when it is first written, and the processor
// finds its way to it anew all the time: for the 150 MB of columns and texts of a hundred thousand
// layers that is a third of the time of loading. Linux has pages of 2 MB for those who ask. The
// allocator does not ask, so the space it will take is asked for here before it takes it.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

namespace trex {

// Once, at a program's start: its allocator belongs to the program, not to a library in it. Without
// it, expect_allocations() does nothing.
void allow_large_pages();

// About so many bytes will be allocated and written soon. A hint: it allocates nothing that stays,
// and cannot fail.
void expect_allocations(std::size_t bytes);

}  // namespace trex
