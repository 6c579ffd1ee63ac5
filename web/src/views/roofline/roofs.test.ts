// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { iso_time, iso_times, ridge, roof, visible_peaks } from './roofs';

const peak = { precision: 'FP16', tflops: 300 };

describe('roofs', () => {
  it('bends at peak / bandwidth', () => expect(ridge(peak, 1500)).toBe(200)); // 300e12 / 1500e9
  it('rises by the bandwidth, then is flat', () => {
    expect(roof(peak, 1500, 10, 1000)).toEqual([[10, 15], [200, 300], [1000, 300]]);
    expect(roof(peak, 1500, 500, 1000)).toEqual([[500, 300], [1000, 300]]);
    expect(roof(peak, 1500, 1, 10)).toEqual([[1, 1.5], [10, 15]]);
    expect(roof(peak, null, 1, 10)).toEqual([[1, 300], [10, 300]]);
  });
  it('draws equal times as an L: both fit into the time', () => {
    // In 2 ms at 1500 GB/s 3e9 bytes move, at 300 TFLOP/s 6e11 operations run.
    expect(iso_time(2, peak, 1500, [1, 1])).toEqual([[1, 6e11], [3e9, 6e11], [3e9, 1]]);
  });
  it('takes round times around the floors', () => {
    expect(iso_times([0.003, NaN, 0.04])).toEqual([0.001, 0.01, 0.1]);
    expect(iso_times([NaN, 0])).toEqual([]);
  });
  it('shows the peaks that layers run at', () => {
    const machine = { peaks: [peak, { precision: 'INT8', tflops: 600 }], bandwidth_gbps: 1 };
    expect(visible_peaks(machine, new Set(['FP16']))).toEqual([peak]);
    expect(visible_peaks(machine, new Set(['FP8'])).length).toBe(2);
  });
});
