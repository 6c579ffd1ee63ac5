// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { complete, tokens, values_of, type Vocabulary } from './completion';

const words: Vocabulary = {
  columns: [
    { name: 'time_ms', doc: 'mean time', type: 'real' },
    { name: 'type', doc: 'ParameterType', type: 'text' },
    { name: 'hidden', doc: 'left out', type: 'bool' },
  ],
  attributes: ['Kernel', 'odd name', 'type'],
  values: (column) => (column === 'type' ? ['Convolution', 'Re"format', 'ConvActPool'] : []),
};
const labels = (text: string, caret = text.length) => complete(text, caret, words).offers.map((offer) => offer.label);

describe('complete', () => {
  const cases: [string, string, string[]][] = [
    ['columns at the start', '', ['time_ms', 'type', 'hidden', 'Kernel', 'odd name']],
    ['those that begin so', 'ti', ['time_ms']],
    ['a part of a name too', 'ern', ['Kernel']],
    ['signs after a number', 'time_ms ', ['>', '>=', '<', '<=', '==', 'is null']],
    ['signs after a text', 'type ', ['==', '~', '!=', 'in (', 'is null']],
    ['joins after a truth', 'hidden ', ['and', 'or']],
    ['values after a sign', 'type == ', ['Convolution', 'Re"format', 'ConvActPool']],
    ['values that begin so', 'type == "Conv', ['Convolution', 'ConvActPool']],
    ['values of a list', 'type in ("Convolution", ', ['Convolution', 'Re"format', 'ConvActPool']],
    ['values of a list that excludes', 'type not in (', ['Convolution', 'Re"format', 'ConvActPool']],
    ['joins after a condition', 'time_ms > 1 ', ['and', 'or']],
    ['columns after a join', 'time_ms > 1 and t', ['time_ms', 'type']],
    ['columns after a bracket', '(hid', ['hidden']],
    ['nothing inside a number', 'time_ms > 0.', []],
    ['nothing for what nobody knows', 'zzz', []],
  ];
  it.each(cases)('%s', (_, text, expected) => {
    expect(labels(text)).toEqual(expected);
  });

  it('replaces what is being typed, and quotes', () => {
    expect(complete('type == "Re', 11, words)).toEqual({
      from: 8, to: 11, offers: [{ text: '"Re\\"format" ', label: 'Re"format', note: 'type' }],
    });
  });
  it('puts odd names in backquotes', () => {
    expect(complete('odd', 3, words).offers[0].text).toBe('`odd name` ');
  });
  it('works in the middle of a text', () => {
    const found = complete('ty == "x"', 2, words);
    expect([found.from, found.to, found.offers[0].label]).toEqual([0, 2, 'type']);
  });
});

describe('tokens', () => {
  it('ends on broken text', () => {
    expect(tokens('name ~ "a\\"b').map((token) => token.text)).toEqual(['name', '~', '"a\\"b']);
  });
});

it('orders values by how often they come', () => {
  expect(values_of(['b', 'a', null, 'a', 'c'])).toEqual(['a', 'b', 'c']);
});
