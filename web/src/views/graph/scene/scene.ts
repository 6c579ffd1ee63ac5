// A drawing, indexed for painting and picking, with the colours and states it is shown in.

// SPDX-License-Identifier: Apache-2.0
import { distance, edge_bounds } from './curves';
import type { Boxes, Drawing, Rect } from './drawing';
import { box_rect, Kind } from './drawing';
import { bounds, RTree, type Bounds } from './rtree';

export const State = { dim: 1, lit: 2 } as const;

export const sheet_offset = 4; // a closed scope's second sheet shows that there is more inside

function box_bounds(boxes: Boxes): Bounds {
  const result = bounds(boxes.count);
  for (let b = 0; b < boxes.count; ++b) {
    const more = boxes.kind[b] === Kind.scope ? sheet_offset : 0;
    result.left[b] = boxes.x[b];
    result.top[b] = boxes.y[b];
    result.right[b] = boxes.x[b] + boxes.w[b] + more;
    result.bottom[b] = boxes.y[b] + boxes.h[b] + more;
  }
  return result;
}

// The edges at each box, as one list: edges of box b are list[starts[b]] .. list[starts[b + 1]].
export interface Incidence {
  starts: Uint32Array;
  list: Uint32Array;
}

export function incidence(count: number, ends: Uint32Array): Incidence {
  const starts = new Uint32Array(count + 1);
  for (let e = 0; e < ends.length; ++e) ++starts[ends[e] + 1];
  for (let b = 0; b < count; ++b) starts[b + 1] += starts[b];
  const next = starts.slice(0, count);
  const list = new Uint32Array(ends.length);
  for (let e = 0; e < ends.length; ++e) list[next[ends[e]]++] = e;
  return { starts, list };
}

export type Picked = { what: 'box' | 'edge' | 'frame'; index: number } | null;

export class Scene {
  readonly boxes: RTree;
  readonly size: Rect;
  readonly colors: Uint32Array; // by box, 0xRRGGBB
  readonly box_states: Uint8Array;
  readonly edge_states: Uint8Array;
  readonly text_height: number; // of a usual box: what detail is worth drawing at a scale
  private edges_: RTree | null = null;
  private outgoing_: Incidence | null = null;
  private incoming_: Incidence | null = null;

  constructor(readonly drawing: Drawing) {
    this.boxes = new RTree(box_bounds(drawing.boxes));
    this.size = { x: 0, y: 0, w: drawing.width, h: drawing.height };
    this.colors = drawing.boxes.color.slice();
    this.box_states = new Uint8Array(drawing.boxes.count);
    this.edge_states = new Uint8Array(drawing.edges.count);
    this.text_height = drawing.boxes.count > 0 ? median_height(drawing.boxes) : 40;
  }

  // Where the graph begins: the topmost box, or the leftmost.
  first_box(): Rect {
    const b = this.drawing.boxes;
    const along = this.drawing.rightwards ? b.x : b.y;
    let first = 0;
    for (let box = 1; box < b.count; ++box) if (along[box] < along[first]) first = box;
    return b.count > 0 ? box_rect(b, first) : this.size;
  }

  get edges(): RTree {
    return (this.edges_ ??= new RTree(edge_bounds(this.drawing.edges)));
  }
  get outgoing(): Incidence {
    return (this.outgoing_ ??= incidence(this.drawing.boxes.count, this.drawing.edges.source));
  }
  get incoming(): Incidence {
    return (this.incoming_ ??= incidence(this.drawing.boxes.count, this.drawing.edges.target));
  }

  edges_of(box: number): { into: Uint32Array; out: Uint32Array } {
    const { incoming: i, outgoing: o } = this;
    return {
      into: i.list.subarray(i.starts[box], i.starts[box + 1]),
      out: o.list.subarray(o.starts[box], o.starts[box + 1]),
    };
  }

  // `lit` by box, null: nothing is lit and nothing dim. A line is lit between two that are.
  light(lit: Uint8Array | null): void {
    if (!lit) {
      this.box_states.fill(0);
      this.edge_states.fill(0);
      return;
    }
    for (let b = 0; b < this.box_states.length; ++b) this.box_states[b] = lit[b] ? State.lit : State.dim;
    const { source, target } = this.drawing.edges;
    for (let e = 0; e < this.edge_states.length; ++e) {
      this.edge_states[e] = lit[source[e]] && lit[target[e]] ? State.lit : State.dim;
    }
  }

  // What is at a point: a box before a line within `reach`, before the innermost frame.
  pick(x: number, y: number, reach: number, lines: boolean): Picked {
    let box = -1;
    let area = Infinity;
    const { w, h } = this.drawing.boxes;
    this.boxes.search(x, y, x, y, (b) => {
      if (w[b] * h[b] < area) [box, area] = [b, w[b] * h[b]];
    });
    if (box >= 0) return { what: 'box', index: box };
    if (lines) {
      const edge = this.nearest_edge(x, y, reach);
      if (edge >= 0) return { what: 'edge', index: edge };
    }
    const frame = this.frame_at(x, y);
    return frame >= 0 ? { what: 'frame', index: frame } : null;
  }

  frame_at(x: number, y: number): number {
    const f = this.drawing.frames;
    for (let i = f.count - 1; i >= 0; --i) {
      if (x >= f.x[i] && x <= f.x[i] + f.w[i] && y >= f.y[i] && y <= f.y[i] + f.h[i]) return i;
    }
    return -1;
  }

  private nearest_edge(x: number, y: number, reach: number): number {
    let nearest = -1;
    let least = reach;
    this.edges.search(x - reach, y - reach, x + reach, y + reach, (e) => {
      const d = distance(this.drawing.edges, e, x, y);
      if (d <= least) [nearest, least] = [e, d];
    });
    return nearest;
  }
}

function median_height(boxes: Boxes): number {
  const step = Math.max(1, Math.floor(boxes.count / 200));
  const heights: number[] = [];
  for (let b = 0; b < boxes.count; b += step) heights.push(boxes.h[b]);
  heights.sort((a, b) => a - b);
  return heights[heights.length >> 1];
}
