// The spatial index, picking, lines, levels of detail.

// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { distance, flatten, pieces } from './curves';
import { drawing_of, random } from './fixture';
import { arrow, box_instances, dots, line_level, Look, segments, shortest_on } from './instances';
import { dot_level } from './painter';
import { bounds, hilbert, radix_order, RTree } from './rtree';
import { Kind } from './drawing';
import { Scene, State } from './scene';

function scattered(count: number): RTree {
  const next = random(7);
  const b = bounds(count);
  for (let i = 0; i < count; ++i) {
    b.left[i] = 5000 * next();
    b.top[i] = 90000 * next();
    b.right[i] = b.left[i] + 200 * next();
    b.bottom[i] = b.top[i] + 50 * next();
  }
  return new RTree(b);
}

describe('RTree', () => {
  test('the Hilbert curve begins at a corner and its neighbours are neighbours', () => {
    expect(hilbert(0, 0)).toBe(0);
    const seen = new Map<number, [number, number]>();
    for (let x = 0; x < 16; ++x) for (let y = 0; y < 16; ++y) seen.set(hilbert(x, y), [x, y]);
    expect([...seen.keys()].sort((a, b) => a - b)).toEqual(Array.from({ length: 256 }, (_, i) => i));
    for (let d = 1; d < 256; ++d) {
      const [[ax, ay], [bx, by]] = [seen.get(d - 1)!, seen.get(d)!];
      expect(Math.abs(ax - bx) + Math.abs(ay - by)).toBe(1);
    }
  });

  test('radix order is that of a comparison sort, few keys or many', () => {
    const next = random(3);
    for (const count of [0, 1, 100, 5000]) {
      const keys = Uint32Array.from({ length: count }, () => Math.floor(next() * 2 ** 32));
      const expected = Array.from(keys, (_, i) => i).sort((a, b) => keys[a] - keys[b] || a - b);
      expect([...radix_order(keys)]).toEqual(expected);
    }
  });

  for (const count of [0, 1, 16, 17, 3000]) {
    test(`a window finds what a walk over all ${count} finds`, () => {
      const tree = scattered(count);
      const b = tree.items;
      for (const [l, t, r, o] of [[0, 0, 6000, 100000], [100, 200, 900, 9000], [4000, 4000, 4001, 4001], [-9, -9, -1, -1]]) {
        const expected: number[] = [];
        for (let i = 0; i < count; ++i) if (b.left[i] <= r && b.right[i] >= l && b.top[i] <= o && b.bottom[i] >= t) expected.push(i);
        const found: number[] = [];
        tree.search(l, t, r, o, (item) => found.push(item));
        expect(found.sort((x, y) => x - y)).toEqual(expected);
        const in_runs = new Set<number>();
        for (const level of [0, 1]) {
          in_runs.clear();
          tree.runs(l, t, r, o, level, (from, to) => {
            expect(from).toBeLessThan(to);
            for (let place = from; place < to; ++place) in_runs.add(tree.order[place]);
          });
          for (const item of expected) expect(in_runs.has(item)).toBe(true);
        }
      }
    });
  }

  test('all of it is one run', () => {
    const runs: [number, number][] = [];
    scattered(3000).runs(-1e9, -1e9, 1e9, 1e9, 0, (from, to) => runs.push([from, to]));
    expect(runs).toEqual([[0, 3000]]);
  });

  test('a small window looks at a small part', () => {
    const tree = scattered(20000);
    let seen = 0;
    tree.runs(0, 45000, 5000, 45900, 0, (from, to) => (seen += to - from));
    expect(seen).toBeGreaterThan(0);
    expect(seen).toBeLessThan(1500); // 1 % of the height: some 200 lie in it
  });
});

describe('lines', () => {
  test('a straight curve is one piece, a bent one as many as the tolerance needs', () => {
    const straight = drawing_of([{ x: 0, y: 0 }, { x: 0, y: 100 }], [{ from: 0, to: 1 }]).edges;
    const list: number[][] = [];
    flatten(straight, 0, 0.3, (...piece) => list.push(piece));
    expect(list).toEqual([[50, 40, 50, 100]]);
    const bent = drawing_of([{ x: 0, y: 0 }, { x: 300, y: 100 }], [{ from: 0, to: 1, points: [50, 40, 50, 80, 350, 60, 350, 100] }]).edges;
    // second differences: (300, -60) and (-300, 60): hypot(300, 60) = 305.9; sqrt(0.75 * 305.9 / 0.3) = 27.7, at most 24
    expect(pieces(bent.points, 0, 0.3)).toBe(24);
    // sqrt(0.75 * 305.9 / 10) = 4.8
    expect(pieces(bent.points, 0, 10)).toBe(5);
  });

  test('distance is to the drawn line, not to its ends', () => {
    const edges = drawing_of([{ x: 0, y: 0 }, { x: 0, y: 1000 }], [{ from: 0, to: 1 }]).edges;
    expect(distance(edges, 0, 53, 500)).toBeCloseTo(3, 5);
    expect(distance(edges, 0, 50, 1010)).toBeCloseTo(10, 5);
  });

  test('an arrow points along the end of its line', () => {
    const edges = drawing_of([{ x: 0, y: 0 }, { x: 0, y: 100 }], [{ from: 0, to: 1 }]).edges;
    expect(arrow(edges, 0)).toEqual({ x: 50, y: 100, dx: 0, dy: 1 });
  });

  test('a line without points is no line', () => {
    const drawing = drawing_of([{ x: 0, y: 0 }, { x: 0, y: 100 }], [{ from: 0, to: 1, points: [] }]);
    const scene = new Scene(drawing);
    expect(segments(scene, 0).count).toBe(0);
    expect(scene.pick(50, 70, 5, true)).toBeNull();
  });
});

describe('levels of detail', () => {
  test('the farther away, the longer what is left', () => {
    expect(line_level(1)).toBe(0);
    expect(line_level(0.2)).toBe(0); // 32 units would be 6.4 pixels
    expect(line_level(0.09)).toBe(1); // 32 units are 2.9 pixels
    for (const scale of [0.1, 0.01, 0.001]) expect(shortest_on(line_level(scale)) * scale).toBeLessThanOrEqual(3);
  });

  test('short lines are left out far away, long ones stay', () => {
    const boxes = [{ x: 0, y: 0 }, { x: 0, y: 60 }, { x: 0, y: 9000 }];
    const scene = new Scene(drawing_of(boxes, [{ from: 0, to: 1 }, { from: 0, to: 2 }]));
    const near = segments(scene, 0);
    expect(new Set(near.edge.subarray(0, near.count))).toEqual(new Set([0, 1]));
    expect(near.count).toBe(4); // each a line and an arrow
    const far = segments(scene, 2);
    expect([...far.edge.subarray(0, far.count)]).toEqual([1]);
    expect(far.starts[far.starts.length - 1]).toBe(far.count);
  });

  test('a closed scope has a second sheet and its bar', () => {
    const drawing = drawing_of([{ x: 0, y: 0, kind: Kind.scope }, { x: 0, y: 100 }]);
    drawing.boxes.bar_color = Uint32Array.of(1, 2);
    drawing.boxes.bar_part = Float32Array.of(0.25, 0.75);
    drawing.boxes.bar_starts = Uint32Array.of(0, 2, 2);
    const made = box_instances(new Scene(drawing));
    expect([...made.look].sort()).toEqual([Look.banded, Look.banded, Look.sheet, Look.bar, Look.bar].sort());
    const first_bar = made.look.indexOf(Look.bar);
    expect([...made.geometry.subarray(5 * first_bar, 5 * first_bar + 4)]).toEqual([8, 31, 21, 4]); // (100 - 16) / 4
  });

  test('groups stand for boxes only where there are many and they are tiny', () => {
    const many = new Scene(drawing_of(Array.from({ length: 30000 }, (_, i) => ({ x: 0, y: 100 * i }))));
    expect(dot_level(many, 1)).toBe(-1);
    expect(dot_level(many, 0.01)).toBe(0);
    const few = new Scene(drawing_of([{ x: 0, y: 0 }, { x: 0, y: 1e6 }]));
    expect(dot_level(few, 0.0001)).toBe(-1);
  });

  test('a lit box decides the colour of its group', () => {
    const boxes = Array.from({ length: 16 }, (_, i) => ({ x: 0, y: 100 * i, color: i === 3 ? 0xff0000 : 0x0000ff }));
    const scene = new Scene(drawing_of(boxes));
    expect([...dots(scene, 0).colors.subarray(0, 3)]).toEqual([15, 0, 239]); // 1 of 16 is red
    scene.light(Uint8Array.from(boxes, (_, i) => (i === 3 ? 1 : 0)));
    expect([...dots(scene, 0).colors.subarray(0, 3)]).toEqual([255, 0, 0]);
  });
});

describe('Scene', () => {
  const drawing = drawing_of(
    [{ x: 0, y: 0 }, { x: 0, y: 200 }, { x: 10, y: 210, w: 20, h: 10 }], [{ from: 0, to: 1 }],
    [{ x: -20, y: -20, w: 400, h: 400, scope: 5 }],
  );
  const scene = new Scene(drawing);

  test.each([
    ['the smallest box', 15, 215, { what: 'box', index: 2 }],
    ['a box before a frame', 90, 20, { what: 'box', index: 0 }],
    ['a line within reach', 54, 120, { what: 'edge', index: 0 }],
    ['the frame around', 300, 120, { what: 'frame', index: 0 }],
    ['nothing', 900, 900, null],
  ])('picks %s', (_, x, y, expected) => expect(scene.pick(x, y, 5, true)).toEqual(expected));

  test('lines out of reach are not picked', () => expect(scene.pick(60, 120, 5, true)).toEqual({ what: 'frame', index: 0 }));

  test('what is lit lights the lines between', () => {
    scene.light(Uint8Array.of(1, 1, 0));
    expect([...scene.box_states]).toEqual([State.lit, State.lit, State.dim]);
    expect([...scene.edge_states]).toEqual([State.lit]);
    scene.light(Uint8Array.of(1, 0, 0));
    expect([...scene.edge_states]).toEqual([State.dim]);
    scene.light(null);
    expect([...scene.box_states]).toEqual([0, 0, 0]);
  });

  test('knows the lines at a box', () => {
    expect([...scene.edges_of(0).out]).toEqual([0]);
    expect([...scene.edges_of(1).into]).toEqual([0]);
    expect(scene.edges_of(2).into.length + scene.edges_of(2).out.length).toBe(0);
  });
});
