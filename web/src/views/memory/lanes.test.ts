// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { lanes } from './lanes';

describe('lanes', () => {
  it('never puts two that live together into one', () => {
    const intervals = Array.from({ length: 300 }, (_, i) => ({ first: (i * 7) % 100, last: ((i * 7) % 100) + (i % 13) }));
    const { lane, count } = lanes(intervals);
    for (let i = 0; i < intervals.length; ++i) {
      for (let j = i + 1; j < intervals.length; ++j) {
        const together = intervals[i].first <= intervals[j].last && intervals[j].first <= intervals[i].last;
        if (together) expect(lane[i]).not.toBe(lane[j]);
      }
    }
    // No more lanes than live at once at the fullest step: first fit by start is optimal.
    const most = Math.max(...Array.from({ length: 120 }, (_, at) => intervals.filter((v) => v.first <= at && at <= v.last).length));
    expect(count).toBe(most);
  });
  it('uses a lane again', () => {
    expect(lanes([{ first: 0, last: 1 }, { first: 2, last: 3 }, { first: 1, last: 2 }])).toEqual({ lane: [0, 0, 1], count: 2 });
  });
  it('has none for nothing', () => expect(lanes([])).toEqual({ lane: [], count: 0 }));
});
