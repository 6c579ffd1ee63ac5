// The ribbon: layers in execution order, each as wide as its time.

// SPDX-License-Identifier: Apache-2.0
import type { Columns } from '../../core/table';

export interface Ribbon {
  rows: Uint32Array; // layers, in order
  ends: Float64Array; // where each ends, of `total`
  total: number; // ms; without any time each layer counts 1
  timed: boolean;
}

export function ribbon_of(layers: Columns, rows: Uint32Array): Ribbon {
  const times = layers.numbers('time_ms');
  const timed = rows.some((row) => times[row] > 0);
  const ends = new Float64Array(rows.length);
  let total = 0;
  rows.forEach((row, i) => {
    total += timed ? Math.max(times[row] || 0, 0) : 1;
    ends[i] = total;
  });
  return { rows, ends, total, timed };
}

// The place in the ribbon of that part of its length: the first that ends after it.
export function place_at({ ends, total }: Ribbon, part: number): number {
  const wanted = part * total;
  let low = 0;
  let high = ends.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle] > wanted) high = middle;
    else low = middle + 1;
  }
  return low;
}

export function start_of(ribbon: Ribbon, place: number): number {
  return place === 0 ? 0 : ribbon.ends[place - 1];
}

// Round steps, about so many of them.
export function ticks(total: number, wanted: number): number[] {
  if (!(total > 0)) return [];
  const rough = total / Math.max(wanted, 1);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= rough) ?? rough;
  return Array.from({ length: Math.floor(total / step + 1e-9) + 1 }, (_, i) => i * step);
}

export interface Bar {
  x: number;
  width: number;
  place: number; // in the ribbon
}

// What to paint at that width: layers thinner than a third of a pixel are painted as one, in the
// colour of the slowest of them.
export function bars(ribbon: Ribbon, width: number): Bar[] {
  const scale = ribbon.total > 0 ? width / ribbon.total : 0;
  const result: Bar[] = [];
  let place = 0;
  while (place < ribbon.rows.length) {
    const x = start_of(ribbon, place) * scale;
    let last = place;
    let widest = place;
    while (last + 1 < ribbon.rows.length && ribbon.ends[last] * scale - x < 1 / 3) {
      ++last;
      if (length_of(ribbon, last) > length_of(ribbon, widest)) widest = last;
    }
    result.push({ x, width: ribbon.ends[last] * scale - x, place: widest });
    place = last + 1;
  }
  return result;
}

function length_of(ribbon: Ribbon, place: number): number {
  return ribbon.ends[place] - start_of(ribbon, place);
}
