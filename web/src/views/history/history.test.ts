// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import type { HistorySeries, HistoryTrend } from '../../core/reports';
import { change_frames, engines_frame, moment, percent, place_in, span, trends_frame, trends_of } from './frames';
import { history_figure } from './history_figure';

const engine = (label: string, date: string | null, value: number | null, level: number | null) => ({
  engine_id: label, engine: `net.${label}`, label, date, value, level, tensorrt_version: null, gpu: null, path: null, precision_flags: null,
});
const part = (kind: 'block' | 'layer', name: string, significant: boolean | null) => ({
  kind, name, before_ms: 1, after_ms: 3, delta_ms: 2, significant,
});
const trend = (name: string, first_ms: number | null, last_ms: number | null, changed_at: number | null): HistoryTrend => ({
  name, first_ms, last_ms, changed_at, time_ms: [first_ms, null, last_ms],
});
const series: HistorySeries = {
  title: 'GPU unknown, batch 1', verdict: '', batch_size: 1, metric: 'layer_time', metric_label: 'layer time', unit: 'ms', better: -1,
  by_name: false,
  engines: [engine('a', '2026-01-01', 4, 4), engine('b', null, null, 4), engine('c', '2026-01-03', 5, 5)],
  changes: [{
    index: 2, before: 4, after: 5, change: 0.25, worse: true, sentence: '', differs: [],
    parts: [part('block', '', false), part('layer', 'x', null)],
  }],
  stand_alone: [1], by_scope: [], by_type: [], by_precision: [],
};
const texts = (name: string) => {
  const column = engines_frame(series).columns.find((one) => one.name === name)!;
  return 'texts' in column ? column.texts : [...Array.from(column.values)];
};

test.each([
  [0.0633372, '+6.33 %'], [-0.0973, '−9.73 %'], [0.25, '+25.0 %'], [null, '–'], [NaN, '–'],
])('percent of %s', (part, text) => expect(percent(part)).toBe(text));

describe('engines_frame', () => {
  test('says what begins where', () => expect(texts('what')).toEqual([null, 'stands alone', '+25.0 %']));
  test('keeps the unknown unknown', () => {
    expect(texts('date')).toEqual(['2026-01-01', null, '2026-01-03']);
    expect(texts('layer_time')).toEqual([4, NaN, 5]);
  });
  test('has no dates where none is known', () => {
    expect(engines_frame({ ...series, by_name: true }).columns.some((one) => one.name === 'date')).toBe(false);
  });
});

test('an engine without a date is known by its name', () => {
  expect([0, 1].map((i) => moment(series, i))).toEqual(['2026-01-01', 'b']);
  expect(span(series)).toBe('2026-01-01 to 2026-01-03');
});

test('a change has a table a kind of part, and says noise only where it was judged', () => {
  const frames = change_frames(series.changes[0]);
  expect(frames.map(({ title }) => title)).toEqual(['Blocks', 'Layers of these two engines']);
  expect(frames.map(({ frame }) => frame.columns.map((one) => one.name).includes('significant'))).toEqual([true, false]);
  expect(frames[0].frame.columns[0]).toMatchObject({ texts: ['unknown'] });
});

test('trends: what changed most first, then the largest', () => {
  const trends = trends_of([trend('large', 9, 9, null), trend('up', 1, 2, 2), trend('down', 4, 1, 2), trend('none', null, null, null)]);
  expect(trends.map(({ name }) => name)).toEqual(['down', 'up', 'large', 'none']);
  expect(trends.map(({ change }) => change)).toEqual([-0.75, 1, null, null]);
  const frame = trends_frame('block', trends, series);
  expect(frame.columns.slice(-3).map((column) => ('values' in column ? column.values[0] : 0))).toEqual([4, NaN, 1]);
});

test.each([['1', 1], ['3', null], ['-1', null], ['1e0', null], ['', null], [undefined, null]])('place %s', (text, place) => {
  expect(place_in([0, 0, 0], text)).toBe(place);
});

test('the figure draws what is known and says what is not', () => {
  const figure = history_figure(series);
  expect(figure.summary).toBe('3 engines in the order of time, from 4.000 ms to 5.000 ms; 1 change');
  expect(figure.notes.at(-1)).toBe('1 engine not drawn: the figure is unknown');
  expect([-0.4, 1.6, 2.6].map((x) => figure.row_at!(x, 0))).toEqual([0, 2, null]);
});
