// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { bin, bin_of, round_up_step } from './bins';

describe('round_up_step', () => {
  it.each([[0.3, 0.5], [0.5, 0.5], [0.51, 1], [1.01, 2], [7, 10], [1e-9, 1e-9], [450, 500]])('%f -> %f', (width, step) => {
    expect(round_up_step(width)).toBeCloseTo(step, 12);
  });
});

describe('bin', () => {
  it('counts what falls into each bin, borders to the right', () => {
    // Quartiles 1 and 3 of five values: width 2 x 2 / cbrt(5) = 2.34, but at least 5 bins of 4 / 5: 0.8 -> 1.
    const bins = bin([0, 1, 2, 3, 4]);
    expect(bins.width).toBe(1);
    expect([...bins.counts]).toEqual([1, 1, 1, 1, 1]);
    expect([...bins.weights]).toEqual([0, 1, 2, 3, 4]);
  });
  it('leaves out what is not finite, and says how many', () => {
    const bins = bin([NaN, 1, Infinity, 2]);
    expect(bins.left_out).toBe(2);
    expect(bins.counts.reduce((a, b) => a + b)).toBe(2);
  });
  it('has no bins for nothing', () => expect(bin([NaN]).counts.length).toBe(0));
  it('keeps every value whatever its size', () => {
    for (const values of [[5, 5, 5], [1e308, -1e308], [0.1 + 0.2, 0.3], [-3, -2, -1, 1000]]) {
      const bins = bin(values);
      expect(bins.counts.reduce((a, b) => a + b)).toBe(values.length);
      expect(bins.counts.length).toBeLessThan(100);
    }
  });
  it('puts whole ticks of a coarse clock into each bin', () => {
    // 1/1024 apart, as trtexec writes them: 40 distinct values, each 25 times.
    const values = Array.from({ length: 1000 }, (_, i) => 0.7 + Math.floor(i / 25) / 1024);
    const counts = [...bin(values).counts];
    expect(new Set(counts.slice(0, -1)).size).toBe(1);
  });
  it('finds the bin of a value', () => {
    const bins = bin([0, 1, 2, 3, 4]);
    expect([bin_of(bins, 0), bin_of(bins, 3.5), bin_of(bins, 5), bin_of(bins, -1), bin_of(bins, NaN)]).toEqual([0, 3, -1, -1, -1]);
  });
});
