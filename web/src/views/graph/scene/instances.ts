// What the graphics card is given: boxes and pieces of lines as arrays, in the order of their trees.
//
// The order makes a window a few runs of places, and `starts` turns places into instances. Lines
// come on levels: the farther away, the fewer pieces, and none for those shorter than three pixels.

// SPDX-License-Identifier: Apache-2.0
import { each_curve, flatten } from './curves';
import { Kind, type Edges } from './drawing';
import { fan_out } from './rtree';
import { sheet_offset, type Scene } from './scene';

export const Look = { banded: 0, pill: 1, dashed: 2, sheet: 3, bar: 4 } as const;
const no_bar = -1;

export interface BoxInstances {
  count: number;
  geometry: Float32Array; // x, y, w, h, band
  look: Uint8Array;
  box: Uint32Array; // whose colour and state it has
  bar: Int32Array; // part of the bar whose colour it has instead
  starts: Uint32Array; // by place
}

export function box_instances(scene: Scene): BoxInstances {
  const b = scene.drawing.boxes;
  const order = scene.boxes.order;
  const starts = new Uint32Array(order.length + 1);
  for (let place = 0; place < order.length; ++place) {
    const box = order[place];
    const bars = b.bar_starts[box + 1] - b.bar_starts[box];
    starts[place + 1] = starts[place] + 1 + bars + (b.kind[box] === Kind.scope ? 1 : 0);
  }
  const count = starts[order.length];
  const result: BoxInstances = {
    count, starts, geometry: new Float32Array(5 * count), look: new Uint8Array(count),
    box: new Uint32Array(count), bar: new Int32Array(count).fill(no_bar),
  };
  let i = 0;
  const put = (box: number, look: number, x: number, y: number, w: number, h: number, band = 0): void => {
    result.geometry.set([x, y, w, h, band], 5 * i);
    result.look[i] = look;
    result.box[i++] = box;
  };
  for (let place = 0; place < order.length; ++place) {
    const box = order[place];
    const [x, y, w, h] = [b.x[box], b.y[box], b.w[box], b.h[box]];
    if (b.kind[box] === Kind.scope) put(box, Look.sheet, x + sheet_offset, y + sheet_offset, w, h);
    put(box, look_of(b.kind[box]), x, y, w, h, b.band[box]);
    let at = x + 8;
    for (let part = b.bar_starts[box]; part < b.bar_starts[box + 1]; ++part) {
      const width = (w - 16) * b.bar_part[part];
      result.bar[i] = part;
      put(box, Look.bar, at, y + h - 9, width, 4);
      at += width;
    }
  }
  return result;
}

function look_of(kind: number): number {
  if (kind === Kind.layer || kind === Kind.scope) return Look.banded;
  return kind === Kind.binding ? Look.pill : Look.dashed;
}

export interface Segments {
  count: number;
  ends: Float32Array; // x0, y0, x1, y1
  widths: Uint8Array; // at both ends in sixteenths of a unit, dashed, unused
  phase: Float32Array; // length of the line before it, for dashes
  edge: Uint32Array;
  starts: Uint32Array; // by place
}

// The level for a scale: 0 has all. Level k leaves out what is shorter than shortest_on(k).
export function shortest_on(level: number): number {
  return level === 0 ? 0 : 8 * 4 ** level;
}
export function line_level(scale: number): number {
  let level = 0;
  while (level < 10 && shortest_on(level + 1) * scale <= 3) ++level;
  return level;
}

export const arrow_length = 7;

class SegmentList {
  ends = new Float32Array(1 << 12);
  widths = new Uint8Array(1 << 12);
  phase = new Float32Array(1 << 10);
  edge = new Uint32Array(1 << 10);
  count = 0;

  add(edge: number, x0: number, y0: number, x1: number, y1: number, from: number, to: number, dashed: number, phase: number): void {
    if (this.count === this.edge.length) this.grow();
    const i = 4 * this.count;
    this.ends[i] = x0;
    this.ends[i + 1] = y0;
    this.ends[i + 2] = x1;
    this.ends[i + 3] = y1;
    this.widths[i] = from;
    this.widths[i + 1] = to;
    this.widths[i + 2] = dashed;
    this.phase[this.count] = phase;
    this.edge[this.count++] = edge;
  }

  private grow(): void {
    const wider = <T extends Float32Array | Uint8Array | Uint32Array>(from: T, to: T): T => {
      to.set(from);
      return to;
    };
    this.ends = wider(this.ends, new Float32Array(2 * this.ends.length));
    this.widths = wider(this.widths, new Uint8Array(2 * this.widths.length));
    this.phase = wider(this.phase, new Float32Array(2 * this.phase.length));
    this.edge = wider(this.edge, new Uint32Array(2 * this.edge.length));
  }
}

const sixteenths = (units: number): number => Math.min(255, Math.max(1, Math.round(16 * units)));

export function segments(scene: Scene, level: number): Segments {
  const edges = scene.drawing.edges;
  const tree = scene.edges;
  const { left, top, right, bottom } = tree.items;
  const shortest = shortest_on(level);
  const tolerance = level === 0 ? 0.3 : shortest / 10;
  const list = new SegmentList();
  const starts = new Uint32Array(tree.count + 1);
  for (let place = 0; place < tree.count; ++place) {
    const e = tree.order[place];
    if (Math.max(right[e] - left[e], bottom[e] - top[e]) >= shortest) {
      const width = sixteenths(edges.thickness[e]);
      let phase = 0;
      flatten(edges, e, tolerance, (x0, y0, x1, y1) => {
        list.add(e, x0, y0, x1, y1, width, width, edges.dashed[e], phase);
        if (edges.dashed[e]) phase += Math.hypot(x1 - x0, y1 - y0);
      });
      if (level === 0) add_arrow(list, edges, e);
    }
    starts[place + 1] = list.count;
  }
  return { count: list.count, ends: list.ends, widths: list.widths, phase: list.phase, edge: list.edge, starts };
}

// The last curve's end and direction.
export function arrow(edges: Edges, edge: number): { x: number; y: number; dx: number; dy: number } | null {
  let first = -1;
  each_curve(edges, edge, (at) => (first = at));
  if (first < 0) return null;
  const p = edges.points;
  const i = 2 * first;
  const [x, y] = [p[i + 6], p[i + 7]];
  for (const back of [4, 2, 0]) {
    const dx = x - p[i + back];
    const dy = y - p[i + back + 1];
    const length = Math.hypot(dx, dy);
    if (length > 0.01) return { x, y, dx: dx / length, dy: dy / length };
  }
  return null;
}

function add_arrow(list: SegmentList, edges: Edges, edge: number): void {
  const tip = arrow(edges, edge);
  if (!tip) return;
  list.add(edge, tip.x - arrow_length * tip.dx, tip.y - arrow_length * tip.dy, tip.x, tip.y, sixteenths(7), 1, 0, 0);
}

// Groups of boxes as one dot each, for scales at which a box is less than a pixel. Where any box
// is lit, only the lit ones count, so that a match never vanishes.
export interface Dots {
  level: number;
  geometry: Float32Array; // x, y, w, h, band (0), as of boxes
  colors: Uint8Array; // r, g, b and coverage
  states: Uint8Array;
}

export function dots(scene: Scene, level: number): Dots {
  const tree = scene.boxes;
  const groups = tree.levels[level];
  const count = groups.left.length;
  const size = fan_out ** (level + 1);
  const result: Dots = { level, geometry: new Float32Array(5 * count), colors: new Uint8Array(4 * count), states: new Uint8Array(count) };
  const { w, h } = scene.drawing.boxes;
  for (let g = 0; g < count; ++g) {
    const end = Math.min((g + 1) * size, tree.count);
    let state = 0;
    for (let p = g * size; p < end; ++p) state |= scene.box_states[tree.order[p]];
    const only_lit = (state & 2) !== 0;
    let [red, green, blue, weight, area] = [0, 0, 0, 0, 0];
    for (let p = g * size; p < end; ++p) {
      const box = tree.order[p];
      const own = w[box] * h[box];
      area += own;
      if (only_lit && !(scene.box_states[box] & 2)) continue;
      const color = scene.colors[box];
      red += own * (color >> 16);
      green += own * ((color >> 8) & 255);
      blue += own * (color & 255);
      weight += own;
    }
    const gw = groups.right[g] - groups.left[g];
    const gh = groups.bottom[g] - groups.top[g];
    result.geometry.set([groups.left[g], groups.top[g], gw, gh, 0], 5 * g);
    const coverage = Math.min(1, Math.max(0.35, area / Math.max(gw * gh, 1)));
    result.colors.set([red / weight, green / weight, blue / weight, 255 * coverage], 4 * g);
    result.states[g] = only_lit ? 2 : state;
  }
  return result;
}
