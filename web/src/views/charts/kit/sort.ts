// In which order do the rows of a frame stand? Unknown values come last, either way round; equal
// ones keep their order.

// SPDX-License-Identifier: Apache-2.0
import { is_number_column, type Frame } from './frame';

export interface Sorting {
  column: string;
  descending: boolean;
}

export function sorted_rows(frame: Frame, sorting: Sorting | null): number[] {
  const rows = Array.from({ length: frame.rows }, (_, row) => row);
  const column = sorting && frame.columns.find((c) => c.name === sorting.column);
  if (!column) return rows;
  const way = sorting.descending ? -1 : 1;
  if (is_number_column(column)) {
    const { values } = column;
    return rows.sort((a, b) => {
      const [known_a, known_b] = [Number.isFinite(values[a]), Number.isFinite(values[b])];
      if (!known_a || !known_b) return Number(known_b) - Number(known_a);
      return way * (values[a] - values[b]);
    });
  }
  const { texts } = column;
  return rows.sort((a, b) => {
    const [x, y] = [texts[a], texts[b]];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return x === y ? 0 : way * (x < y ? -1 : 1);
  });
}
