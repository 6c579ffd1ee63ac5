// Layers and boxes, colours, questions, labels.

// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { parse_ask, quoted } from './ask';
import { colored, delta_class, known_sum, type LayerFacts, type Palette } from './coloring';
import { Kind } from './drawing';
import { drawing_of } from './fixture';
import { compact_size, cut, labels } from './labels';
import { boxes_of, chain, marked, owners, rows_of, type ScopeTree } from './owners';
import { Scene } from './scene';

// root > a (1) > a.b (2); root > c (3). Layers 0, 1 in a; 2, 3 in a.b; 4 in c; 5 in none, not drawn.
const tree: ScopeTree = {
  parent: Uint32Array.of(0, 0, 1, 0), of_layer: Uint32Array.of(1, 1, 2, 2, 3, 0), name: ['', 'a', 'b', 'c'], path: ['', 'a', 'a/b', 'c'],
  layer_count: Uint32Array.of(6, 4, 2, 1),
};
// a is open, a.b closed, c closed.
const drawing = drawing_of([
  { x: 0, y: 0, subject: 0 }, { x: 0, y: 100, subject: 1 }, { x: 0, y: 200, kind: Kind.scope, subject: 2 },
  { x: 0, y: 300, kind: Kind.scope, subject: 3 }, { x: 0, y: 400, kind: Kind.binding, subject: -1 },
]);
const owned = owners(drawing, tree);

describe('owners', () => {
  test('each layer has the box that shows it', () => expect([...owned.box_of]).toEqual([0, 1, 2, 2, 3, -1]));
  test('each box has its layers', () => {
    expect([...rows_of(owned, 2)]).toEqual([2, 3]);
    expect([...rows_of(owned, 4)]).toEqual([]);
  });
  test('a closed scope stands for all below it', () => {
    const folded = owners(drawing_of([{ x: 0, y: 0, kind: Kind.scope, subject: 1 }]), tree);
    expect([...folded.box_of]).toEqual([0, 0, 0, 0, -1, -1]);
  });
  test('boxes of layers, each once; what is not drawn is left out', () => {
    expect(boxes_of(owned, [3, 2, 0, 5, 99])).toEqual([2, 0]);
    expect([...marked(owned, [3, 5])]).toEqual([0, 0, 1, 0, 0]);
  });
  test('the way down to a scope', () => expect(chain(tree, 2)).toEqual([1, 2]));
});

describe('colours', () => {
  const palette: Palette = {
    precisions: new Map([['FP16', 0x16], ['INT8', 0x8]]), severities: new Map([['error', 0xe], ['warning', 0xa]]),
    heat: [0x10, 0x20, 0x30, 0x40, 0x50], others: [0x1, 0x2], unknown: 0x99,
  };
  const facts: LayerFacts = {
    time_ms: Float64Array.of(10, 1, 3, 1, NaN, 5), floor_ms: Float64Array.of(9, 0.1, 1, NaN, NaN, 5),
    precision: (row) => ['FP16', 'INT8', 'FP16', 'INT8', '', 'FP16'][row], severity: Uint8Array.of(0, 0, 0, 3, 2, 0),
    delta_ms: Float64Array.of(1, -0.5, 0.001, 0.001, NaN, 0), alone: Uint8Array.of(0, 0, 0, 0, 1, 0),
  };
  const of = (mode: Parameters<typeof colored>[0]) => [...colored(mode, drawing, owned, tree, facts, palette, false).colors];

  test('precision: of a scope the one that most time runs in', () => expect(of('precision')).toEqual([0x16, 0x8, 0x16, 0x99, 0x99]));
  // Of the slowest box (10 ms): 1, 0.1, 0.4; the rest is not known.
  test('time', () => expect(of('time')).toEqual([0x50, 0x30, 0x40, 0x99, 0x99]));
  // floor / time: 0.9, 0.1, 1 / 3 (layer 3 has no floor), unknown.
  test('efficiency', () => expect(of('efficiency')).toEqual([0x10, 0x50, 0x40, 0x99, 0x99]));
  test('findings: of a scope the worst', () => expect(of('findings')).toEqual([0x99, 0x99, 0xe, 0xa, 0x99]));
  test('scope: by its outermost one', () => expect(of('scope')).toEqual([0x1, 0x1, 0x1, 0x2, 0x99]));
  // 1 of 9 ms more, 0.5 of 1.5 less, 0.002 of 3.998 more (within 2 %); c has no partner.
  test('change', () => expect(of('delta')).toEqual([0xf4a582, 0x0571b0, 0xb0b7bf, 0x7a5cc9, 0x99]));
  test('the legend names what is there, once, in order', () => {
    expect(colored('time', drawing, owned, tree, facts, palette, false).legend.map((entry) => entry.label)).toEqual([
      '10 to 30 %', '30 to 60 %', '60 to 100 %', 'time not known',
    ]);
  });
  test.each([
    ['within 2 %', 0.01, 10, 2], ['within half a microsecond', 0.0004, 0.0005, 2], ['slower', 0.5, 10, 3], ['much slower', 5, 10, 4],
    ['faster', -0.5, 9.5, 1], ['much faster', -5, 5, 0], ['new', 3, 3, 4],
  ])('change: %s', (_, delta, time, expected) => expect(delta_class(delta, time)).toBe(expected));
  test('a sum is unknown only when nothing is known', () => {
    expect(known_sum(facts.time_ms, Uint32Array.of(0, 4))).toBe(10);
    expect(known_sum(facts.time_ms, Uint32Array.of(4))).toBeNaN();
  });
});

describe('questions', () => {
  test.each([
    ['', { kind: 'none' }], ['  ', { kind: 'none' }], ['conv', { kind: 'text', text: 'conv' }], ['/conv.*relu/', { kind: 'regex', text: 'conv.*relu' }],
    ['Conv* -> Reformat', { kind: 'pattern', text: 'Conv* -> Reformat' }], ['0..12', { kind: 'path', text: '0..12' }],
    ['/a/b..c.d', { kind: 'path', text: '/a/b..c.d' }], ['..', { kind: 'text', text: '..' }], ['a…', { kind: 'text', text: 'a…' }],
    ['wait...', { kind: 'text', text: 'wait...' }], ['~3', { kind: 'beam', radius: 3 }], ['~', { kind: 'text', text: '~' }],
    ['/layer1/conv', { kind: 'text', text: '/layer1/conv' }],
  ])('%j', (text, expected) => expect(parse_ask(text)).toEqual(expected));
  test('a text is found as it stands', () => {
    const text = 'a.b(c)[d] + e*? $^ {1} | \\';
    expect(new RegExp(`^${quoted(text)}$`).test(text)).toBe(true);
  });
});

describe('labels', () => {
  test('what does not fit is cut, or left out', () => {
    expect(cut('Convolution', 100, 10)).toBe('Convolution');
    expect(cut('Convolution', 33, 10)).toBe('Convo…'); // six letters of 5.5 pixels
    expect(cut('Convolution', 12, 10)).toBe('');
  });
  const scene = new Scene(drawing_of([{ x: 0, y: 0, w: 200, h: 44 }, { x: 0, y: 500, w: 200, h: 44 }]));
  const pane = { width: 1000, height: 600 };
  test('a box too small for its texts has one line', () => {
    const list = labels(scene, { x: 100, y: 250, scale: 0.4 }, pane);
    expect(list.map((label) => [label.text, label.size])).toEqual([['box 0', compact_size], ['box 1', compact_size]]);
  });
  test('a box too small for a line has none', () => expect(labels(scene, { x: 100, y: 250, scale: 0.1 }, pane)).toEqual([]));
  test('what is not in view has none', () => expect(labels(scene, { x: 100, y: 9000, scale: 0.4 }, pane)).toEqual([]));
});
