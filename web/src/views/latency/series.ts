// The timing records, ready to be drawn: a series a kind of time, thinned so that every spike stays.

// SPDX-License-Identifier: Apache-2.0
export interface Series {
  name: string; // latency_ms ...
  title: string;
  values: ArrayLike<number>;
}

// Lowest and highest of each of `slots` parts, in their order: what a line of so many pixels shows.
export function thin(values: ArrayLike<number>, slots: number): { at: number[]; value: number[] } {
  const n = values.length;
  const at: number[] = [];
  const value: number[] = [];
  const take = (i: number) => {
    at.push(i);
    value.push(values[i]);
  };
  if (n <= 2 * slots) {
    for (let i = 0; i < n; ++i) take(i);
    return { at, value };
  }
  for (let slot = 0; slot < slots; ++slot) {
    const [from, to] = [Math.floor((slot * n) / slots), Math.floor(((slot + 1) * n) / slots)];
    let [low, high] = [-1, -1];
    for (let i = from; i < to; ++i) {
      if (!Number.isFinite(values[i])) continue;
      if (low < 0 || values[i] < values[low]) low = i;
      if (high < 0 || values[i] > values[high]) high = i;
    }
    if (low < 0) continue;
    for (const i of low === high ? [low] : [Math.min(low, high), Math.max(low, high)]) take(i);
  }
  return { at, value };
}

// Running median of `window` records around each slot's middle: where the run drifts to.
export function running_median(values: ArrayLike<number>, slots: number): { at: number[]; value: number[] } {
  const n = values.length;
  const count = Math.min(slots, Math.max(1, Math.floor(n / 16)));
  const at: number[] = [];
  const value: number[] = [];
  for (let slot = 0; slot < count; ++slot) {
    const [from, to] = [Math.floor((slot * n) / count), Math.floor(((slot + 1) * n) / count)];
    const part: number[] = [];
    for (let i = from; i < to; ++i) if (Number.isFinite(values[i])) part.push(values[i]);
    if (part.length === 0) continue;
    part.sort((a, b) => a - b);
    at.push((from + to - 1) / 2);
    const half = part.length >> 1;
    value.push(part.length % 2 === 1 ? part[half] : (part[half - 1] + part[half]) / 2);
  }
  return { at, value };
}

// Without the few that are far slower than the rest: past p99 by more than four times its distance
// from the median, they would squeeze all others into a few bars.
export function usual_part(
  values: ArrayLike<number>, figures: { median: number | null; p99: number | null } | undefined,
): { kept: ArrayLike<number>; slower: number } {
  const { median, p99 } = figures ?? {};
  if (typeof median !== 'number' || typeof p99 !== 'number' || !(p99 > median)) return { kept: values, slower: 0 };
  const limit = p99 + 4 * (p99 - median);
  const kept = Array.prototype.filter.call(values, (value: number) => !(value > limit)) as number[];
  return { kept, slower: values.length - kept.length };
}
