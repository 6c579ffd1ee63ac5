// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { axis_scale, tick_text } from './axes';
import { color_by_number, color_by_word } from './colors';
import { frame_csv, type Frame } from './frame';
import { stacks } from './groups_figure';
import { mix, ramp } from './look';
import { dot_size, log_limits } from './scatter_figure';
import { sorted_rows } from './sort';
import { project, space_axis } from './space';
import { ink_on, short_name } from './tree_figure';

const frame: Frame = {
  rows: 3,
  columns: [
    { name: 'name', title: 'layer', texts: ['b', null, '=cmd'] },
    { name: 'time_ms', title: 'time', unit: 'ms', values: [2, NaN, 1] },
    { name: 'share', title: 'share', unit: '%', values: [0.5, NaN, 0.25] },
  ],
};
const hues = { types: {}, precisions: { FP16: '#e69f00' }, severities: {}, heat: ['#000000', '#ffffff'], others: ['#111111', '#222222'], unknown: '#808892' };

describe('frame', () => {
  it('writes CSV with empty fields for the unknown, and no formulas', () => {
    expect(frame_csv(frame)).toBe("name,time_ms,share (%)\r\nb,2,0.5\r\n,,\r\n'=cmd,1,0.25\r\n");
  });
  it('sorts the unknown last, either way', () => {
    expect(sorted_rows(frame, { column: 'time_ms', descending: true })).toEqual([0, 2, 1]);
    expect(sorted_rows(frame, { column: 'time_ms', descending: false })).toEqual([2, 0, 1]);
    expect(sorted_rows(frame, { column: 'name', descending: true })).toEqual([0, 2, 1]);
    expect(sorted_rows(frame, null)).toEqual([0, 1, 2]);
  });
});

describe('axes', () => {
  it.each([
    [3 * 1024 * 1024, 'B', 1024 ** 2, 'MiB'], [0.4, '%', 0.01, '%'], [7.5e9, 'FLOP', 1e9, 'GFLOP'], [0.2, 'ms', 1, 'ms'], [NaN, 'B', 1, 'B'],
  ])('%f %s', (largest, unit, factor, shown) => {
    expect(axis_scale(largest, unit)).toEqual({ factor, unit: shown });
  });
  it.each([[0, '0'], [1500, '1.5k'], [0.00001, '0.00001'], [2e6, '2M'], [1e-9, '1e-9'], [0.30000000000000004, '0.3']])('%f', (value, text) => {
    expect(tick_text(value)).toBe(text);
  });
  it('gives a log axis room on both sides', () => {
    const [low, high] = log_limits(1, 100);
    expect(low).toBeLessThan(1);
    expect(high).toBeGreaterThan(100);
    expect(log_limits(NaN, NaN)).toEqual([0.1, 10]);
  });
});

describe('colours', () => {
  it('mixes and ramps', () => {
    expect(mix('#000000', '#ffffff', 0.5)).toBe('#808080');
    expect(ramp(['#000000', '#808080', '#ffffff'], 0.5)).toBe('#808080');
    expect(ramp(['#000000', '#ffffff'], 7)).toBe('#ffffff');
  });
  it('gives words the core\'s colours, others in order of weight, unknown grey', () => {
    const made = color_by_word(hues, 'precision', 'precision', ['X', 'fp16', null, 'Y'], [1, 5, 2, 3]);
    expect(made.colors).toEqual(['#222222', '#e69f00', '#808892', '#111111']);
    expect(made.legend.map((entry) => entry.label)).toEqual(['fp16', 'Y', '–', 'X']);
  });
  it('puts numbers on the ramp, unknown off it', () => {
    const made = color_by_number(hues, 'time', 'ms', [0, 10, NaN]);
    expect(made.colors).toEqual(['#000000', '#ffffff', '#808892']);
    expect(made.ramp).toMatchObject({ low: 0, high: 10, logarithmic: false });
    expect(color_by_number(hues, '', '', [1, 1e6]).ramp!.logarithmic).toBe(true);
  });
  it('writes dark on light and light on dark', () => {
    expect(ink_on('#ffffff')).toBe('#10151b');
    expect(ink_on('#1b4f9c')).toBe('#ffffff');
  });
});

describe('marks', () => {
  it('sizes a dot by area', () => {
    expect(dot_size(100, 100, false)).toBe(34);
    expect(dot_size(25, 100, false)).toBe(17);
    expect(dot_size(NaN, 100, false)).toBe(6);
  });
  it('stacks groups, longest first; unknown adds nothing', () => {
    const groups: Frame = { rows: 3, columns: [{ name: 'k', title: '', texts: ['a', 'b', 'a'] }, { name: 'v', title: '', unit: '', values: [1, 2, NaN] }] };
    expect(stacks(groups, 'k', 'v')).toEqual([{ word: 'b', length: 2, rows: [1] }, { word: 'a', length: 1, rows: [0, 2] }]);
  });
  it('shortens fused names to the operation that counts', () => {
    expect(short_name('conv1.weight + /layer1/conv1/Conv + /layer1/relu/Relu')).toBe('conv1/Conv');
    expect(short_name('/a/Add + /a/relu/Relu')).toBe('relu/Relu');
    expect(short_name('plain')).toBe('plain');
    expect(short_name('')).toBe('');
  });
});

describe('space', () => {
  it('turns about the upright axis', () => {
    const side = project([0.5, 0, 0], { yaw: Math.PI / 2, pitch: 0 });
    expect(side.x).toBeCloseTo(0);
    expect(side.depth).toBeCloseTo(-0.5); // away from the eye
    expect(project([0, 0, 0.5], { yaw: 1, pitch: 0 }).y).toBeCloseTo(-0.5); // up is up
    expect(project([0, 0.5, 0], { yaw: 0, pitch: Math.PI / 2 }).y).toBeCloseTo(-0.5); // from above, far is up
  });
  it('places values in the cube, with ticks inside it', () => {
    const log = space_axis('M', [10, 1000], true);
    expect([log.place(10), log.place(100), log.place(1000)].map((v) => Number(v.toFixed(6)))).toEqual([-0.5, 0, 0.5]);
    expect(log.ticks.map((t) => t.label)).toEqual(['10', '100', '1k']);
    expect(space_axis('M', [4, 4], true).place(4)).toBeCloseTo(0);
    expect(space_axis('M', [0], false).place(0)).toBe(-0.5);
  });
});
