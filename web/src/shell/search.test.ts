// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { find, score, words_of } from './search';

const named = (...titles: string[]) => titles.map((title) => ({ title, lower: title.toLowerCase() }));

describe('find', () => {
  const layers = named('/layer1/conv', '/layer2/conv', 'Softmax', 'conv stem');
  const cases: [string, string, string[]][] = [
    ['all without words', '', ['/layer1/conv', '/layer2/conv', 'Softmax', 'conv stem']],
    ['beginnings first', 'conv', ['conv stem', '/layer1/conv', '/layer2/conv']],
    ['every word must occur', 'CONV layer2', ['/layer2/conv']],
    ['nothing', 'gemm', []],
  ];
  it.each(cases)('%s', (_, text, expected) => {
    expect(find(layers, text, 10).map(({ title }) => title)).toEqual(expected);
  });
  it('keeps as many as asked for', () => {
    expect(find(layers, 'conv', 2).map(({ title }) => title)).toEqual(['conv stem', '/layer1/conv']);
  });
});

it('a word at a start is worth 4, after a sign 2, inside 1', () => {
  const scores = ['conv', '/conv', 'xconv'].map((lower) => score({ title: '', lower }, words_of('conv')));
  expect(scores).toEqual([4, 2, 1]);
});
