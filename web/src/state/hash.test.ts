// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest';
import { read_hash, write_hash } from './hash';

it('comes back as it was written, whatever it holds', () => {
  const place = { where: 'name ~ "a&b=c#d+e %41" or type == "ü\u0001"', view: 'table', 'table.sort': 'time_ms:desc' };
  expect(read_hash(write_hash(place))).toEqual(place);
});
it('is the same for the same state', () => {
  expect(write_hash({ view: 'x', engine: '1', layer: '' })).toBe('#engine=1&view=x');
  expect(write_hash({ engine: '1', view: 'x' })).toBe('#engine=1&view=x');
});
it('is empty for the defaults', () => expect(write_hash({ view: '' })).toBe(''));
it('takes nonsense', () => expect(read_hash('#%zz&&==&a')).toEqual({ '%zz': '', '': '=', a: '' }));
