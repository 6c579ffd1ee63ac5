// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest';
import { decode } from './answer';
import { path_in } from './files';
import { Columns } from './table';
import type { CoreTable } from './types';

function answer(json: object, arrays: ArrayBufferView[]): ArrayBuffer {
  const places: object[] = [];
  const parts: Uint8Array[] = [];
  let offset = 0;
  const types: Record<string, string> = { Float64Array: 'f64', Uint32Array: 'u32', Uint8Array: 'u8' };
  for (const array of arrays) {
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    const length = bytes.length / (array as Uint8Array).BYTES_PER_ELEMENT;
    places.push({ type: types[array.constructor.name], offset, length });
    const padded = new Uint8Array(Math.ceil(bytes.length / 8) * 8);
    padded.set(bytes);
    parts.push(padded);
    offset += padded.length;
  }
  const text = new TextEncoder().encode(JSON.stringify({ ...json, $arrays: places }));
  const start = Math.ceil((4 + text.length) / 8) * 8;
  const whole = new Uint8Array(start + offset);
  new DataView(whole.buffer).setUint32(0, text.length, true);
  whole.set(text, 4);
  let at = start;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole.buffer;
}

it('puts arrays in their places, deep down too', () => {
  const buffer = answer(
    { a: { $array: 1 }, b: [{ c: { $array: 0 } }], texts: ['x', 'ü'] }, [new Float64Array([1.5, NaN]), new Uint8Array([7])],
  );
  expect(decode(buffer)).toEqual({ a: new Uint8Array([7]), b: [{ c: new Float64Array([1.5, NaN]) }], texts: ['x', 'ü'] });
});

it('reads a table: numbers, texts, truths, lists, and what is unknown', () => {
  const table = new Columns(decode(answer(
    {
      rows: 2,
      columns: [
        { name: 't', unit: 'ms', doc: '', type: 'real', values: { $array: 0 } },
        { name: 'n', unit: '', doc: '', type: 'text', values: { $array: 1 }, texts: ['a'] },
        { name: 'b', unit: '', doc: '', type: 'bool', values: { $array: 2 } },
        { name: 'l', unit: '', doc: '', type: 'texts', values: { $array: 3 }, texts: ['x', 'y'], starts: { $array: 4 }, unknown: { $array: 5 } },
      ],
    },
    [new Float64Array([2, NaN]), new Uint32Array([0, 0xffffffff]), new Uint8Array([1, 2]), new Uint32Array([1, 0]),
      new Uint32Array([0, 2, 2]), new Uint8Array([0, 1])],
  )) as CoreTable);
  expect(['t', 'n', 'b', 'l', 'none'].map((name) => table.cell(name, 0))).toEqual([2, 'a', true, ['y', 'x'], undefined]);
  expect(['t', 'n', 'b', 'l'].map((name) => table.cell(name, 1))).toEqual([undefined, undefined, undefined, undefined]);
  expect(table.number('b', 1)).toBeNaN();
});

it.each([
  ['a/b.json', '/0/a/b.json'], ['../../etc/x', '/0/etc/x'], ['a\\..\\b', '/0/a/b'], ['a\0b', '/0/ab'], ['', '/0/file'], ['/', '/0/file'],
])('keeps %j inside its folder', (name, path) => expect(path_in('/0', name)).toBe(path));
