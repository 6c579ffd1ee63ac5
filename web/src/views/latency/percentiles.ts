// Percentiles as trtexec takes them, for the times of a record that the core gives no figures for.
//
// trtexec's rule: of n times in order, the one at place n - 1 - floor((1 - p/100) n), at least 0; the
// median of an even count is the mean of the middle two.

// SPDX-License-Identifier: Apache-2.0
export function percentile(sorted: ArrayLike<number>, p: number): number {
  const n = sorted.length;
  if (n === 0) return NaN;
  if (p === 50) return n % 2 === 1 ? sorted[(n - 1) / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
  return sorted[Math.max(n - 1 - Math.trunc((1 - p / 100) * n), 0)];
}
