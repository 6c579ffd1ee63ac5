// The graph's part of the permalink.

// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { read_place, write_place, type GraphPlace } from './place';

const empty: GraphPlace = {
  color: '', ask: '', depth: '', options: { direction: 'down', regions: false, constants: false, style: 'full' }, changes: [], camera: null,
};

describe('place', () => {
  test('the beginning is nothing', () => {
    expect(write_place(empty)).toBe('');
    expect(read_place('')).toEqual(empty);
  });
  test('what is written is read', () => {
    const place: GraphPlace = {
      color: 'time', ask: 'Conv* -> a;b=c %', depth: 'all', options: { direction: 'right', regions: true, constants: false, style: 'minimal' },
      changes: [{ scope: 7, open: true }, { scope: 12, open: false }], camera: { x: -120, y: 40000, scale: 0.5125 },
    };
    expect(read_place(write_place(place))).toEqual(place);
  });
  test.each([['d=-1'], ['d=x'], ['o=a,;b'], ['v=1,2'], ['v=1,2,0'], ['v=1,2,NaN'], ['q=%E0%A4%A'], [';;;===']])('nonsense is the beginning: %s', (text) => {
    expect(read_place(text)).toEqual(empty);
  });
});
