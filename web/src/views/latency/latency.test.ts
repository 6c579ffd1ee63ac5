// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { figures_table, sentences_of } from './figures';
import { running_median, thin, usual_part } from './series';

describe('series', () => {
  it('keeps every spike when it thins', () => {
    const values = Array.from({ length: 10_000 }, (_, i) => (i === 4321 ? 99 : i % 7));
    const { at, value } = thin(values, 50);
    expect(at.length).toBeLessThanOrEqual(100);
    expect(value).toContain(99);
    expect(at).toEqual([...at].sort((a, b) => a - b));
  });
  it('leaves short runs as they are', () => expect(thin([3, 1, 2], 10)).toEqual({ at: [0, 1, 2], value: [3, 1, 2] }));
  it('follows a step', () => {
    const { value } = running_median(Array.from({ length: 640 }, (_, i) => (i < 320 ? 1 : 2)), 4);
    expect(value).toEqual([1, 1, 2, 2]);
  });
  it('cuts far outliers only', () => {
    const figures = { median: 1, p99: 1.1 };
    expect(usual_part([1, 1.1, 1.4, 9], figures)).toEqual({ kept: [1, 1.1, 1.4], slower: 1 });
    expect(usual_part([1, 9], undefined).slower).toBe(0);
  });
});

describe('figures', () => {
  const figures = { count: 2, median: 1, p90: null, p95: 0, p99: 2, mean: 1, min: 1, max: 2 };
  it('shows the unknown as unknown, and 0 as 0', () => {
    const table = figures_table([{ title: 'latency', figures }, { title: 'copy', figures: null }]);
    const values = (name: string) => Array.from((table.columns.find((c) => c.name === name) as { values: ArrayLike<number> }).values);
    expect(values('p90')).toEqual([NaN, NaN]);
    expect(values('p95')).toEqual([0, NaN]);
  });
  it('tells drift and modes', () => {
    const told = sentences_of({
      ...figures, drift: { change: 0.012, p: 0, significant: true }, modes: [{ center_ms: 1, share: 0.25 }, { center_ms: 2, share: 0.75 }],
    });
    expect(told.map((s) => s.text)).toEqual([
      'Drift: from the first quarter of the run to the last the median moves by +1.20 %.',
      '2 modes: 1.000 ms (25 %), 2.000 ms (75 %). One median describes neither.',
    ]);
    expect(told.every((s) => s.warning)).toBe(true);
  });
});
