// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import type { Comparison, Diff, Pair, WaterfallStep } from './answers';
import { rows_of_pairs } from './diff_of';
import { against, many_totals, matrix_rows } from './many';
import { changes_of, kept_pairs } from './pairs_frame';
import { signed_percent, total_lines, verdict } from './totals';
import { axis_start, gap_of, waterfall_figure } from './waterfall';

const step = (cause: string, delta_ms: number, from_ms: number): WaterfallStep => ({
  cause, title: cause, delta_ms, faster_ms: 0, slower_ms: 0, count: 1, from_ms, to_ms: from_ms + delta_ms, details: [],
});
const ends = { from: { name: 'a', ms: 2 }, to: { name: 'b', ms: 1.5 } };

describe('the waterfall', () => {
  it('adds up', () => expect(gap_of([step('x', -1, 2), step('y', 0.5, 1)], ends)).toBeCloseTo(0));
  it('says when it does not, and does not hide it', () => {
    const figure = waterfall_figure([step('x', -1, 2)], ends, () => [], 'layers');
    expect(figure.notes).toEqual(['the causes do not add up to the change of the totals: +0.5000 ms is missing']);
  });
  it('does not know without totals', () => expect(gap_of([], { ...ends, to: { name: 'b', ms: null } })).toBeNull());
  it('begins the axis at 0 unless the steps are small beside the totals', () => {
    expect(axis_start([{ low: 0, high: 2, row: -1 }, { low: 0.5, high: 2, row: 0 }])).toBe(0);
    expect(axis_start([{ low: 0, high: 10.1, row: -1 }, { low: 10, high: 10.1, row: 0 }])).toBeCloseTo(9.97);
    expect(axis_start([])).toBe(0);
  });
});

const pair = (changes: string[], cause: string, a: string[], b: string[]) => ({ changes, cause, a, b }) as unknown as Pair;
const pairs = [pair(['tactic'], 'faster_tactic', ['Conv_1'], ['Conv_1']), pair([], 'same_kernel', ['Pool'], ['Pool']), pair(['added'], 'added', [], ['copy'])];

describe('pairs', () => {
  it('counts changes', () => {
    expect(changes_of(pairs)).toEqual([{ word: 'added', count: 1 }, { word: 'tactic', count: 1 }, { word: 'unchanged', count: 1 }]);
  });
  it.each([
    [{ change: '', cause: '', text: '' }, [0, 1, 2]], [{ change: 'unchanged', cause: '', text: '' }, [1]],
    [{ change: '', cause: 'added', text: '' }, [2]], [{ change: '', cause: '', text: ' conv' }, [0]], [{ change: 'tactic', cause: 'added', text: '' }, []],
  ])('%o', (filter, kept) => expect(kept_pairs(pairs, filter)).toEqual(kept));
  it('knows the rows of each', () => {
    expect(rows_of_pairs(Uint32Array.of(1, 0xffffffff, 0, 1), 2)).toEqual([[2], [0, 3]]);
  });
});

describe('totals', () => {
  it.each([[0.112, '+11.2 %'], [-0.0994, '−9.94 %'], [0, '0 %'], [null, ''], [0.00001, '0 %']])('%s', (ratio, text) => {
    expect(signed_percent(ratio)).toBe(text);
  });
  it('calls less time good, more throughput good, noise neither', () => {
    const diff = {
      totals: {
        throughput_qps: { a: 1, b: 2, delta: 1, ratio: 1 }, end_to_end_ms: { a: 2, b: 1, delta: -1, ratio: -0.5, significant: false },
        layer_time_ms: { a: 1, b: 2, delta: 1, ratio: 1 }, odd: { a: 1, b: 1, delta: 0, ratio: 0 },
      },
    } as unknown as Diff;
    const lines = total_lines(diff);
    expect(lines.map((line) => line.key)).toEqual(['end_to_end_ms', 'throughput_qps', 'layer_time_ms', 'odd']);
    expect(lines.map(verdict)).toEqual(['', 'good', 'bad', '']);
  });
});

describe('many engines', () => {
  const comparison = {
    engines: [{ name: 'a', label: 'a' }, { name: 'b', label: 'b' }],
    totals: [{ engine: 'a', layer_count: 3, engine_bytes: null, speedup: 1 }, { engine: 'b', layer_count: 2, engine_bytes: null, speedup: 2 }],
    by_type: [{ type: 'Conv', count: [1, 2], time_ms: [4, 1] }, { type: null, count: [1, 0], time_ms: [1, null] }],
    by_precision: [], by_scope: [],
  } as unknown as Comparison;
  it('leaves out what nobody knows', () => {
    expect(many_totals(comparison).columns.map((column) => column.name)).toEqual(['engine', 'speedup', 'layer_count']);
  });
  it('compares cells with the baseline', () => {
    const rows = matrix_rows(comparison, 'by_type', 'time_ms');
    expect(against(rows[0], 1, 0)).toBe(0.25);
    expect(rows[1].word).toBeNull();
    expect(against(rows[1], 1, 0)).toBeNaN();
  });
});
