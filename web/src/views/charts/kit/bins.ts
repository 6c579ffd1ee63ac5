// Which bars does a histogram have? Equal bins with round borders, and what falls into each.
//
// The width follows Freedman and Diaconis (1981): 2 x quartile distance / cube root of the count,
// rounded to 1, 2 or 5 times a power of ten, so that borders can be read; at most `most` bins.
// Values that are not finite are left out and counted: a chart must say so.

// SPDX-License-Identifier: Apache-2.0
export interface Bins {
  start: number; // lower border of bin 0
  width: number;
  counts: Uint32Array;
  weights: Float64Array; // sum of weights in each bin; NaN-free
  left_out: number; // values that are not finite
}

// The nearest of 1, 2, 5 x 10^n that is not below `width`.
export function round_up_step(width: number): number {
  const power = 10 ** Math.floor(Math.log10(width));
  for (const factor of [1, 2, 5, 10]) {
    if (factor * power >= width * (1 - 1e-9)) return factor * power;
  }
  return 10 * power;
}

function quantile(sorted: Float64Array, part: number): number {
  const place = part * (sorted.length - 1);
  const low = Math.floor(place);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (sorted[high] - sorted[low]) * (place - low);
}

export function bin_width(sorted: Float64Array, most: number): number {
  const range = sorted[sorted.length - 1] - sorted[0];
  if (!(range > 0)) return Math.abs(sorted[0]) > 0 ? round_up_step(Math.abs(sorted[0]) / 50) : 1;
  const spread = quantile(sorted, 0.75) - quantile(sorted, 0.25);
  const wanted = spread > 0 ? (2 * spread) / Math.cbrt(sorted.length) : range / 10;
  // At least a handful of bins: fewer show no shape.
  const least_bins = Math.min(8, sorted.length);
  return round_up_step(Math.max(Math.min(wanted, range / least_bins), range / most));
}

// The usual step from one distinct value to the next; 0 where values hardly repeat.
function tick_of(sorted: Float64Array): number {
  const steps: number[] = [];
  for (let i = 1; i < sorted.length; ++i) if (sorted[i] > sorted[i - 1]) steps.push(sorted[i] - sorted[i - 1]);
  if (steps.length === 0 || steps.length > sorted.length / 2) return 0;
  return steps.sort((x, y) => x - y)[steps.length >> 1];
}

// Where bins begin, and how wide they are. Bins of a few ticks of a coarse clock hold whole ticks:
// round borders would put two ticks into one bin and three into the next.
function layout(sorted: Float64Array, most: number): { start: number; width: number } {
  const width = bin_width(sorted, most);
  const tick = tick_of(sorted);
  if (tick > 0 && width < 8 * tick) {
    return { start: sorted[0] - tick / 2, width: tick * Math.max(1, Math.round(width / tick)) };
  }
  const start = Math.floor(sorted[0] / width + 1e-9) * width;
  return { start: Number.isFinite(start) ? start : sorted[0], width };
}

function slot_of(value: number, start: number, width: number): number {
  return Math.floor((value - start) / width + 1e-9);
}

export function bin(values: ArrayLike<number>, weights?: ArrayLike<number>, most = 80): Bins {
  const rows: number[] = [];
  for (let i = 0; i < values.length; ++i) if (Number.isFinite(values[i])) rows.push(i);
  const left_out = values.length - rows.length;
  if (rows.length === 0) {
    return { start: 0, width: 1, counts: new Uint32Array(0), weights: new Float64Array(0), left_out };
  }
  const sorted = Float64Array.from(rows, (row) => values[row]).sort();
  const { start, width } = layout(sorted, most);
  const last = Math.max(slot_of(sorted[sorted.length - 1], start, width) || 0, 0);
  const counts = new Uint32Array(last + 1);
  const sums = new Float64Array(last + 1);
  for (const row of rows) {
    const slot = Math.min(Math.max(slot_of(values[row], start, width) || 0, 0), last);
    counts[slot] += 1;
    const weight = weights ? weights[row] : values[row];
    if (Number.isFinite(weight)) sums[slot] += weight;
  }
  return { start, width, counts, weights: sums, left_out };
}

// The bin of a value, or -1.
export function bin_of(bins: Bins, value: number): number {
  if (!Number.isFinite(value)) return -1;
  const slot = slot_of(value, bins.start, bins.width);
  return slot >= 0 && slot < bins.counts.length ? slot : -1;
}
