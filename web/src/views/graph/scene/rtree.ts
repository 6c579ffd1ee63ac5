// Which of many rectangles touch a window, or lie under the pointer?
//
// A packed tree over the rectangles in the order of a Hilbert curve (Kamel and Faloutsos 1993): built
// once a drawing by a radix sort, no insertion. Neighbours on the plane are neighbours in the order,
// so a window is a few runs of it: what the painters draw is such runs. Long lines cost one place
// like any other, which a grid would have to repeat in every cell.

// SPDX-License-Identifier: Apache-2.0

export const fan_out = 16;

// Rectangles as columns; `right` and `bottom` are edges, not sizes.
export interface Bounds {
  left: Float32Array;
  top: Float32Array;
  right: Float32Array;
  bottom: Float32Array;
}

export function bounds(count: number): Bounds {
  return {
    left: new Float32Array(count), top: new Float32Array(count),
    right: new Float32Array(count), bottom: new Float32Array(count),
  };
}

// Place on the Hilbert curve of 2^16 x 2^16 cells (Skilling's bit-twiddling form, as in Hacker's Delight 16).
export function hilbert(x: number, y: number): number {
  let d = 0;
  for (let s = 1 << 15; s > 0; s >>= 1) {
    const rx = (x & s) > 0 ? 1 : 0;
    const ry = (y & s) > 0 ? 1 : 0;
    d = d * 4 + ((3 * rx) ^ ry);
    if (ry === 0) {
      if (rx === 1) {
        x = 0xffff - x;
        y = 0xffff - y;
      }
      const t = x;
      x = y;
      y = t;
    }
  }
  return d >>> 0;
}

// Numbers 0 .. n-1 in the order of their keys; two passes of 16 bits. Equal keys keep their order.
export function radix_order(keys: Uint32Array): Uint32Array {
  const n = keys.length;
  let order = new Uint32Array(n);
  let next = new Uint32Array(n);
  for (let i = 0; i < n; ++i) order[i] = i;
  if (n < 2048) return order.sort((a, b) => keys[a] - keys[b] || a - b);
  const starts = new Uint32Array(65537);
  for (const shift of [0, 16]) {
    starts.fill(0);
    for (let i = 0; i < n; ++i) ++starts[((keys[i] >>> shift) & 0xffff) + 1];
    for (let i = 0; i < 65536; ++i) starts[i + 1] += starts[i];
    for (let i = 0; i < n; ++i) next[starts[(keys[order[i]] >>> shift) & 0xffff]++] = order[i];
    [order, next] = [next, order];
  }
  return order;
}

export class RTree {
  readonly count: number;
  readonly order: Uint32Array; // item by place on the curve
  // levels[0]: groups of fan_out places; levels[1]: groups of fan_out of those ...; the last has one
  readonly levels: Bounds[] = [];

  constructor(readonly items: Bounds) {
    this.count = items.left.length;
    this.order = this.sorted();
    let below = this.count;
    let source: (i: number) => number = (i) => this.order[i];
    let from = items;
    while (below > 0) {
      const groups = Math.ceil(below / fan_out);
      const level = bounds(groups);
      level.left.fill(Infinity);
      level.top.fill(Infinity);
      level.right.fill(-Infinity);
      level.bottom.fill(-Infinity);
      for (let i = 0; i < below; ++i) {
        const g = (i / fan_out) | 0;
        const item = source(i);
        if (from.left[item] < level.left[g]) level.left[g] = from.left[item];
        if (from.top[item] < level.top[g]) level.top[g] = from.top[item];
        if (from.right[item] > level.right[g]) level.right[g] = from.right[item];
        if (from.bottom[item] > level.bottom[g]) level.bottom[g] = from.bottom[item];
      }
      this.levels.push(level);
      if (groups === 1) break;
      below = groups;
      from = level;
      source = (i) => i;
    }
  }

  private sorted(): Uint32Array {
    const { left, top, right, bottom } = this.items;
    let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = 0; i < this.count; ++i) {
      const x = left[i] + right[i];
      const y = top[i] + bottom[i];
      if (x < x0) x0 = x;
      if (x > x1) x1 = x;
      if (y < y0) y0 = y;
      if (y > y1) y1 = y;
    }
    // One scale for both: a long strip is to be cut across, not into ribbons.
    const scale = 0xffff / Math.max(x1 - x0, y1 - y0, 1e-9);
    const keys = new Uint32Array(this.count);
    for (let i = 0; i < this.count; ++i) {
      keys[i] = hilbert(((left[i] + right[i] - x0) * scale) | 0, ((top[i] + bottom[i] - y0) * scale) | 0);
    }
    return radix_order(keys);
  }

  // Calls with each run of places [from, to) whose group on `level` touches the window; runs that
  // meet come as one. Some in a run may lie outside; none inside is left out.
  runs(left: number, top: number, right: number, bottom: number, level: number, call: (from: number, to: number) => void): void {
    if (this.count === 0) return;
    const finest = Math.min(level, this.levels.length - 1);
    const size = fan_out ** (finest + 1);
    let from = -1;
    let to = -1;
    this.groups(left, top, right, bottom, finest, (group) => {
      const start = group * size;
      if (start !== to) {
        if (from >= 0) call(from, to);
        from = start;
      }
      to = Math.min(start + size, this.count);
    });
    if (from >= 0) call(from, to);
  }

  // Calls with each group of that level that touches the window, in order.
  groups(left: number, top: number, right: number, bottom: number, level: number, call: (group: number) => void): void {
    const descend = (depth: number, group: number): void => {
      const b = this.levels[depth];
      if (b.left[group] > right || b.right[group] < left || b.top[group] > bottom || b.bottom[group] < top) return;
      if (depth === level) {
        call(group);
        return;
      }
      const end = Math.min((group + 1) * fan_out, this.levels[depth - 1].left.length);
      for (let child = group * fan_out; child < end; ++child) descend(depth - 1, child);
    };
    if (this.count > 0) descend(this.levels.length - 1, 0);
  }

  // Calls with each item that touches the window.
  search(left: number, top: number, right: number, bottom: number, call: (item: number) => void): void {
    const b = this.items;
    this.groups(left, top, right, bottom, 0, (group) => {
      const end = Math.min((group + 1) * fan_out, this.count);
      for (let place = group * fan_out; place < end; ++place) {
        const item = this.order[place];
        if (b.left[item] <= right && b.right[item] >= left && b.top[item] <= bottom && b.bottom[item] >= top) call(item);
      }
    });
  }
}
