// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest';
import { Columns } from '../../core/table';
import { groupable } from './groups';
import { pivot } from './pivot';

it('turns groups; what is not there stays empty', () => {
  const groups = new Columns({
    rows: 3,
    columns: [
      { name: 'type', unit: '', doc: '', type: 'text', texts: ['Conv', 'Pool'], values: Uint32Array.of(0, 0, 1) },
      { name: 'precision', unit: '', doc: '', type: 'text', texts: ['INT8'], values: Uint32Array.of(0, 0xffffffff, 0) },
      { name: 'time_ms', unit: 'ms', doc: '', type: 'real', values: Float64Array.of(2, 5, 1) },
    ],
  });
  expect(pivot(groups, 'type', 'precision', 'time_ms')).toEqual({
    heads: ['–', 'INT8'],
    rows: [{ key: 'Conv', value: 'Conv', total: 7, cells: [5, 2] }, { key: 'Pool', value: 'Pool', total: 1, cells: [NaN, 1] }],
  });
});
it('offers words, the useful first', () => {
  const column = (name: string, type: 'text' | 'real') => ({ name, type, unit: '', doc: '' });
  expect(groupable([column('device', 'text'), column('name', 'text'), column('time_ms', 'real'), column('type', 'text')])).toEqual(['type', 'device']);
});
