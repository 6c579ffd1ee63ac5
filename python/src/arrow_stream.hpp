// A Table as an Arrow C stream, which polars, pyarrow, DuckDB and pandas read without a copy of
// their own. https://arrow.apache.org/docs/format/CStreamInterface.html
//
// Numeric columns are handed over where they stand; validity bitmaps, booleans (bits in Arrow),
// texts and lists are made here. It knows nothing of Python.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "trex/table/table.hpp"

// The structures that the Arrow specification gives, to be copied by whoever speaks it.
extern "C" {
struct ArrowSchema {
  const char* format;
  const char* name;
  const char* metadata;
  int64_t flags;
  int64_t n_children;
  struct ArrowSchema** children;
  struct ArrowSchema* dictionary;
  void (*release)(struct ArrowSchema*);
  void* private_data;
};

struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void** buffers;
  struct ArrowArray** children;
  struct ArrowArray* dictionary;
  void (*release)(struct ArrowArray*);
  void* private_data;
};

struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream*, struct ArrowSchema* out);
  int (*get_next)(struct ArrowArrayStream*, struct ArrowArray* out);
  const char* (*get_last_error)(struct ArrowArrayStream*);
  void (*release)(struct ArrowArrayStream*);
  void* private_data;
};
}

namespace trex::python {

// A stream of one record batch; whoever takes it calls its release, then deletes it. The arrays
// keep the columns alive.
ArrowArrayStream* arrow_stream(const Table& table);
// Releases what was not taken over, and deletes it.
void drop(ArrowArrayStream* stream);

}  // namespace trex::python
