// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import type { Finding } from '../core/reports';
import { Columns } from '../core/table';
import { by_gain } from '../views/findings/order';
import { paragraphs } from '../views/findings/explain';
import { coloring, word_colors, type Hues } from './coloring';
import { csv, file_name } from './download';
import { cell_text, count, counted, dims, fixed, one_line, say } from './units';

const info = (unit: string, type: 'real' | 'integer' | 'text' | 'integers' = 'real') => ({ name: 'x', unit, doc: '', type });

describe('units', () => {
  it.each([
    [say(0.35124, 'ms'), '0.3512 ms'], [say(null, 'ms'), '–'], [say(NaN, 'B'), '–'], [say(602112, 'B'), '588.0 KiB'],
    [say(0.1234, '%'), '12.3 %'], [count(12345), '12\u202f345'], [counted(1, 'layer'), '1 layer'], [counted(3, 'layer'), '3 layers'],
    [fixed(-0.00001, 2), '0.00'], [fixed(1e300, 2), '1.000e+300'], [dims([1, 3]), '1×3'], [dims([]), 'scalar'], [dims(null), '–'],
    [cell_text(info('ms'), 0.5), '0.5000'], [cell_text(info('%'), 0.5), '50.0'], [cell_text(info('', 'integer'), 1e6), '1\u202f000\u202f000'],
    [cell_text(info('', 'text'), undefined), '–'], [cell_text(info('', 'integers'), [1, 2]), '1×2'], [cell_text(info('B'), 2048), '2.0 KiB'],
  ])('%s', (said, expected) => expect(said).toBe(expected));
  it('shows control characters and cuts', () => {
    expect(one_line('a\u0000b\nc\u007f')).toBe('a␀b␊c␡');
    expect(one_line('abcdef', 3)).toBe('abc…');
  });
});

describe('csv', () => {
  it('quotes, leaves unknown empty, and disarms formulas', () => {
    expect(csv(['a', 'b'], [['x,"y"', NaN], ['=1+1', undefined], ['-x', -2]])).toBe('a,b\r\n"x,""y""",\r\n\'=1+1,\r\n\'-x,-2\r\n');
  });
  it.each([['a/b c', 'a-b-c.csv'], ['../..', 'trex.csv'], ['', 'trex.csv']])('names %j', (stem, name) => expect(file_name(stem, 'csv')).toBe(name));
});

const hues: Hues = {
  types: { Convolution: '#1' }, precisions: { INT8: '#2' }, severities: { error: '#e', warning: '#w', note: '#n' },
  heat: ['#c', '#h'], others: ['#x', '#y'], unknown: '#u',
};
const engine = {
  layers: new Columns({
    rows: 3,
    columns: [
      { name: 'type', unit: '', doc: '', type: 'text', texts: ['convolution', 'Odd'], values: Uint32Array.of(0, 1, 0xffffffff) },
      { name: 'time_ms', unit: 'ms', doc: '', type: 'real', values: Float64Array.of(1, 4, NaN) },
      { name: 'efficiency', unit: '%', doc: '', type: 'real', values: Float64Array.of(0.9, 0.2, NaN) },
    ],
  }),
  findings_of: new Map([[1, [{ severity: 'note' } as Finding, { severity: 'warning' } as Finding]]]),
};

describe('coloring', () => {
  const colors = (mode: 'type' | 'time' | 'efficiency' | 'findings') => [0, 1, 2].map(coloring(engine, hues, mode).color);
  it.each([
    ['type', ['#1', '#x', '#u']], ['efficiency', ['#c', '#h', '#u']], ['findings', ['#u', '#w', '#u']],
    // sqrt(1/4) = 0.5 of two steps is the second
    ['time', ['#h', '#h', '#u']],
  ] as const)('%s', (mode, expected) => expect(colors(mode)).toEqual(expected));
  it('says what it means, most time first', () => {
    expect(coloring(engine, hues, 'type').legend.map(({ label }) => label)).toEqual(['Odd', 'convolution', '–']);
  });
  it('takes the others in turn', () => expect([...word_colors(['a', 'b', 'c'], {}, ['#x', '#y']).values()]).toEqual(['#x', '#y', '#x']));
});

it('puts errors first, then what could be won', () => {
  const finding = (code: string, severity: string, recoverable_ms: number | null) => ({ code, severity, recoverable_ms }) as Finding;
  const list = [finding('a', 'note', null), finding('b', 'warning', 1), finding('c', 'note', 2), finding('d', 'error', null), finding('e', 'warning', null)];
  expect(by_gain(list).map(({ code }) => code).join('')).toBe('dcbea');
});

it('cuts an explanation at its headings', () => {
  expect(paragraphs('x. Why it costs: y: z. What to do: w')).toEqual([
    { title: '', text: 'x.' }, { title: 'Why it costs', text: 'y: z.' }, { title: 'What to do', text: 'w' },
  ]);
});
