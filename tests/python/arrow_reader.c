/* Reads an Arrow C stream as any consumer would, by the specification alone:
 * https://arrow.apache.org/docs/format/CDataInterface.html
 * Prints "name format length nulls sum": the sum of numbers, of the lengths of texts. */

/* SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

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
  int64_t length, null_count, offset, n_buffers, n_children;
  const void** buffers;
  struct ArrowArray** children;
  struct ArrowArray* dictionary;
  void (*release)(struct ArrowArray*);
  void* private_data;
};
struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream*, struct ArrowSchema*);
  int (*get_next)(struct ArrowArrayStream*, struct ArrowArray*);
  const char* (*get_last_error)(struct ArrowArrayStream*);
  void (*release)(struct ArrowArrayStream*);
  void* private_data;
};

static int is_valid(const struct ArrowArray* array, int64_t i) {
  const uint8_t* bits = array->buffers[0];
  return bits == NULL || ((bits[i / 8] >> (i % 8)) & 1);
}

static double sum_of(const char* format, const struct ArrowArray* array) {
  double sum = 0;
  for (int64_t i = 0; i < array->length; ++i) {
    if (!is_valid(array, i)) continue;
    if (strcmp(format, "g") == 0) sum += ((const double*)array->buffers[1])[i];
    if (strcmp(format, "l") == 0) sum += (double)((const int64_t*)array->buffers[1])[i];
    if (strcmp(format, "b") == 0) sum += (((const uint8_t*)array->buffers[1])[i / 8] >> (i % 8)) & 1;
    if (strcmp(format, "U") == 0 || strcmp(format, "+L") == 0) {
      const int64_t* ends = array->buffers[1];
      sum += (double)(ends[i + 1] - ends[i]);
    }
  }
  return sum;
}

/* Returns the number of rows, or -1. `numbers` gets the address of the first real column's values. */
int64_t read_stream(struct ArrowArrayStream* stream, char* out, int64_t size, const void** numbers) {
  struct ArrowSchema schema;
  struct ArrowArray batch;
  int64_t rows = 0, used = 0;
  if (stream->get_schema(stream, &schema) != 0 || strcmp(schema.format, "+s") != 0) return -1;
  *numbers = NULL;
  while (stream->get_next(stream, &batch) == 0 && batch.release != NULL) {
    if (batch.n_children != schema.n_children) return -1;
    rows += batch.length;
    for (int64_t c = 0; c < batch.n_children; ++c) {
      const char* format = schema.children[c]->format;
      const struct ArrowArray* column = batch.children[c];
      if (column->length != batch.length) return -1;
      if (*numbers == NULL && strcmp(format, "g") == 0) *numbers = column->buffers[1];
      used += snprintf(out + used, (size_t)(size - used), "%s %s %lld %lld %.17g\n",
                       schema.children[c]->name, format, (long long)column->length,
                       (long long)column->null_count, sum_of(format, column));
      if (used >= size) return -1;
    }
    batch.release(&batch);
  }
  schema.release(&schema);
  stream->release(stream);
  return rows;
}
