// The lines of a drawing as straight pieces, as few as the scale needs.

// SPDX-License-Identifier: Apache-2.0
import type { Edges } from './drawing';
import { bounds, type Bounds } from './rtree';

// Of all points of a line; a cubic curve lies within those of its four.
export function edge_bounds(edges: Edges): Bounds {
  const result = bounds(edges.count);
  for (let e = 0; e < edges.count; ++e) {
    let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let p = edges.starts[e]; p < edges.starts[e + 1]; ++p) {
      const x = edges.points[2 * p];
      const y = edges.points[2 * p + 1];
      if (x < x0) x0 = x;
      if (x > x1) x1 = x;
      if (y < y0) y0 = y;
      if (y > y1) y1 = y;
    }
    if (x0 > x1) x0 = y0 = x1 = y1 = -1e9; // no points: nowhere
    result.left[e] = x0;
    result.top[e] = y0;
    result.right[e] = x1;
    result.bottom[e] = y1;
  }
  return result;
}

// Calls with the four points of each curve of a line, as indices into `points` / 2.
export function each_curve(edges: Edges, edge: number, call: (first: number) => void): void {
  const start = edges.starts[edge];
  const end = edges.starts[edge + 1];
  const step = edges.stub[edge] ? 4 : 3;
  for (let p = start; p + 3 < end; p += step) call(p);
}

// How many straight pieces keep within `tolerance` of a cubic curve: n >= sqrt(sqrt(3)/6 * d / tolerance)
// with d the largest second difference (Wang's formula, from Filip, Magedson, Markot 1986).
export function pieces(points: Float32Array, first: number, tolerance: number): number {
  const i = 2 * first;
  const ddx = Math.max(
    Math.abs(points[i] - 2 * points[i + 2] + points[i + 4]), Math.abs(points[i + 2] - 2 * points[i + 4] + points[i + 6]),
  );
  const ddy = Math.max(
    Math.abs(points[i + 1] - 2 * points[i + 3] + points[i + 5]), Math.abs(points[i + 3] - 2 * points[i + 5] + points[i + 7]),
  );
  return Math.min(24, Math.max(1, Math.ceil(Math.sqrt((0.75 * Math.hypot(ddx, ddy)) / tolerance))));
}

// A line as a polyline; what is straight is one piece. Calls with each piece.
export function flatten(
  edges: Edges, edge: number, tolerance: number, call: (x0: number, y0: number, x1: number, y1: number) => void,
): void {
  const p = edges.points;
  // A piece is held back as long as the next ones go on in its direction.
  let held = false;
  let [ax, ay, bx, by] = [0, 0, 0, 0];
  const put = (x0: number, y0: number, x1: number, y1: number): void => {
    if (held && x0 === bx && y0 === by) {
      const length = Math.hypot(x1 - ax, y1 - ay);
      const off = Math.abs((x1 - ax) * (by - ay) - (y1 - ay) * (bx - ax));
      const forward = (bx - ax) * (x1 - x0) + (by - ay) * (y1 - y0) >= 0;
      if (forward && off <= 0.5 * tolerance * length) {
        bx = x1;
        by = y1;
        return;
      }
    }
    if (held) call(ax, ay, bx, by);
    held = true;
    [ax, ay, bx, by] = [x0, y0, x1, y1];
  };
  each_curve(edges, edge, (first) => {
    const i = 2 * first;
    const n = pieces(p, first, tolerance);
    let x = p[i];
    let y = p[i + 1];
    for (let k = 1; k <= n; ++k) {
      const t = k / n;
      const u = 1 - t;
      const c0 = u * u * u;
      const c1 = 3 * u * u * t;
      const c2 = 3 * u * t * t;
      const c3 = t * t * t;
      const nx = c0 * p[i] + c1 * p[i + 2] + c2 * p[i + 4] + c3 * p[i + 6];
      const ny = c0 * p[i + 1] + c1 * p[i + 3] + c2 * p[i + 5] + c3 * p[i + 7];
      put(x, y, nx, ny);
      x = nx;
      y = ny;
    }
  });
  if (held) call(ax, ay, bx, by);
}

// How far a point lies from a line.
export function distance(edges: Edges, edge: number, x: number, y: number): number {
  let least = Infinity;
  flatten(edges, edge, 0.5, (x0, y0, x1, y1) => {
    const dx = x1 - x0;
    const dy = y1 - y0;
    const length = dx * dx + dy * dy;
    const t = length > 0 ? Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) / length)) : 0;
    least = Math.min(least, Math.hypot(x - x0 - t * dx, y - y0 - t * dy));
  });
  return least;
}
