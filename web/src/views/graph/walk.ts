// From box to box along the lines, by keyboard and for the neighbourhood's table.

// SPDX-License-Identifier: Apache-2.0
import { text_of } from './scene/drawing';
import { short_name } from './scene/labels';
import type { Scene } from './scene/scene';

export interface Neighbour {
  box: number;
  name: string;
  type: string;
  tensor: string;
  shape: string;
}

// One entry a line, in the order of the ports as drawn (from left to right).
export function neighbours(scene: Scene, box: number, side: 'inputs' | 'outputs'): Neighbour[] {
  const { into, out } = scene.edges_of(box);
  const d = scene.drawing;
  const list = Array.from(side === 'inputs' ? into : out, (edge) => ({
    edge, box: side === 'inputs' ? d.edges.source[edge] : d.edges.target[edge],
  }));
  return list.map(({ edge, box: other }) => ({
    box: other, name: text_of(d, d.boxes.name[other]), type: short_name(d, other),
    tensor: text_of(d, d.edges.tensor[edge]), shape: text_of(d, d.edges.shape[edge]),
  }));
}

// The middle one of the boxes it reads from or writes to: straight on, mostly.
export function step(scene: Scene, box: number, side: 'inputs' | 'outputs'): number {
  const others = neighbours(scene, box, side).filter((other) => other.box !== box);
  if (others.length === 0) return -1;
  const along = scene.drawing.rightwards ? scene.drawing.boxes.y : scene.drawing.boxes.x;
  const size = scene.drawing.rightwards ? scene.drawing.boxes.h : scene.drawing.boxes.w;
  const middle = (b: number): number => along[b] + size[b] / 2;
  let best = others[0].box;
  for (const other of others) {
    if (Math.abs(middle(other.box) - middle(box)) < Math.abs(middle(best) - middle(box))) best = other.box;
  }
  return best;
}

// The next box to one side: nearest among those beside it, else nearest at all that way.
export function beside(scene: Scene, box: number, forward: boolean): number {
  const b = scene.drawing.boxes;
  const right = scene.drawing.rightwards;
  const [along, size, over, depth] = right ? [b.y, b.h, b.x, b.w] : [b.x, b.w, b.y, b.h];
  const middle = (i: number): number => along[i] + size[i] / 2;
  const [from, to] = [over[box] - depth[box] / 2, over[box] + 1.5 * depth[box]];
  let best = -1;
  const look = (other: number): void => {
    const distance = (middle(other) - middle(box)) * (forward ? 1 : -1);
    if (other === box || distance <= 0.5) return;
    if (best < 0 || distance < Math.abs(middle(best) - middle(box))) best = other;
  };
  if (right) scene.boxes.search(from, -Infinity, to, Infinity, look);
  else scene.boxes.search(-Infinity, from, Infinity, to, look);
  return best;
}

// The box nearest to a point, among those a window around it holds.
export function nearest_box(scene: Scene, x: number, y: number, reach: number, wanted: (box: number) => boolean): number {
  const b = scene.drawing.boxes;
  let best = -1;
  let least = Infinity;
  scene.boxes.search(x - reach, y - reach, x + reach, y + reach, (box) => {
    const d = Math.hypot(b.x[box] + b.w[box] / 2 - x, b.y[box] + b.h[box] / 2 - y);
    if (d < least && wanted(box)) [best, least] = [box, d];
  });
  return best;
}
