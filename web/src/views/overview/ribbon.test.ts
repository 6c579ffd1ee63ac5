// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest';
import { Columns } from '../../core/table';
import { bars, place_at, ribbon_of, start_of, ticks } from './ribbon';

const layers = (times: number[]) =>
  new Columns({ rows: times.length, columns: [{ name: 'time_ms', unit: 'ms', doc: '', type: 'real', values: Float64Array.from(times) }] });
const rows = (count: number) => Uint32Array.from({ length: count }, (_, i) => i);

it('adds up times; unknown ones take no room', () => {
  const ribbon = ribbon_of(layers([1, NaN, 3]), rows(3));
  expect([...ribbon.ends, ribbon.total, ribbon.timed]).toEqual([1, 1, 4, 4, true]);
  expect([0, 0.2, 0.25, 0.9, 1].map((part) => place_at(ribbon, part))).toEqual([0, 0, 2, 2, 2]);
  expect([0, 1, 2].map((place) => start_of(ribbon, place))).toEqual([0, 1, 1]);
});
it('gives equal widths without times', () => {
  const ribbon = ribbon_of(layers([NaN, NaN]), rows(2));
  expect([...ribbon.ends, ribbon.timed]).toEqual([1, 2, false]);
});
it('paints thin neighbours as one, in the colour of the slowest', () => {
  // 100 px for 10 ms: 0.1, 0.2, 0.1 and 99.6 px. The third makes the first bar wider than a third of a pixel.
  const ribbon = ribbon_of(layers([0.01, 0.02, 0.01, 9.96]), rows(4));
  const painted = bars(ribbon, 100).map(({ x, width, place }) => [Number(x.toFixed(3)), Number(width.toFixed(3)), place]);
  expect(painted).toEqual([[0, 0.4, 1], [0.4, 99.6, 3]]);
});
it('has round ticks', () => {
  expect(ticks(0.69, 7).map((tick) => Number(tick.toFixed(6)))).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6]);
  expect(ticks(0, 5)).toEqual([]);
});
