// Small drawings for tests.

// SPDX-License-Identifier: Apache-2.0
import { Kind, no_text, type Drawing, type PlacedTexts } from './drawing';

export interface FixtureBox {
  kind?: number;
  subject?: number;
  x: number;
  y: number;
  w?: number;
  h?: number;
  color?: number;
}
export interface FixtureEdge {
  from: number;
  to: number;
  points?: number[];
}

const none = (): PlacedTexts => ({
  text: new Uint32Array(0), x: new Float32Array(0), y: new Float32Array(0), role: new Uint8Array(0), anchor: new Uint8Array(0),
});

// A straight line between the middles unless points are given.
export function drawing_of(boxes: FixtureBox[], edges: FixtureEdge[] = [], scopes: { x: number; y: number; w: number; h: number; scope: number }[] = []): Drawing {
  const n = boxes.length;
  const f = (pick: (b: FixtureBox) => number): Float32Array => Float32Array.from(boxes, pick);
  const points: number[] = [];
  const starts = [0];
  for (const edge of edges) {
    const [a, b] = [boxes[edge.from], boxes[edge.to]];
    const [x0, y0, x1, y1] = [a.x + (a.w ?? 100) / 2, a.y + (a.h ?? 40), b.x + (b.w ?? 100) / 2, b.y];
    const at = (t: number): number[] => [x0 + (x1 - x0) * t, y0 + (y1 - y0) * t];
    points.push(...(edge.points ?? [...at(0), ...at(1 / 3), ...at(2 / 3), ...at(1)]));
    starts.push(points.length / 2);
  }
  const width = Math.max(0, ...boxes.map((b) => b.x + (b.w ?? 100)));
  const height = Math.max(0, ...boxes.map((b) => b.y + (b.h ?? 40)));
  return {
    title: 'fixture', subtitle: '', width, height, rightwards: false, legend_title: 'layer type', legend: [], notes: [],
    texts: boxes.map((_, i) => `box ${i}`),
    boxes: {
      count: n, kind: Uint8Array.from(boxes, (b) => b.kind ?? Kind.layer), x: f((b) => b.x), y: f((b) => b.y), w: f((b) => b.w ?? 100),
      h: f((b) => b.h ?? 40), color: Uint32Array.from(boxes, (b) => b.color ?? 0x2f7ed8), frame: new Int32Array(n).fill(-1),
      subject: Int32Array.from(boxes, (b, i) => b.subject ?? i), band: new Float32Array(n), name: Uint32Array.from(boxes, (_, i) => i),
      type: new Uint32Array(n).fill(no_text), figures: new Uint32Array(n).fill(no_text), flags: new Uint8Array(n), texts: none(),
      text_starts: new Uint32Array(n + 1), bar_color: new Uint32Array(0), bar_part: new Float32Array(0), bar_starts: new Uint32Array(n + 1),
    },
    edges: {
      count: edges.length, source: Uint32Array.from(edges, (e) => e.from), target: Uint32Array.from(edges, (e) => e.to),
      kind: new Uint32Array(edges.length).fill(no_text), back: new Uint8Array(edges.length), dashed: new Uint8Array(edges.length),
      stub: new Uint8Array(edges.length), thickness: new Float32Array(edges.length).fill(1.25), points: Float32Array.from(points),
      starts: Uint32Array.from(starts), tensor: new Uint32Array(edges.length).fill(no_text), shape: new Uint32Array(edges.length).fill(no_text),
      bytes: new Float64Array(edges.length).fill(NaN), texts: none(), text_starts: new Uint32Array(edges.length + 1),
    },
    frames: {
      count: scopes.length, x: Float32Array.from(scopes, (s) => s.x), y: Float32Array.from(scopes, (s) => s.y),
      w: Float32Array.from(scopes, (s) => s.w), h: Float32Array.from(scopes, (s) => s.h), parent: new Int32Array(scopes.length).fill(-1),
      color: new Uint32Array(scopes.length), scope: Int32Array.from(scopes, (s) => s.scope), name: new Uint32Array(scopes.length),
      path: new Uint32Array(scopes.length),
    },
  };
}

// The same numbers every time (mulberry32).
export function random(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
