// The whole drawing in a corner, and where on it we are.
//
// Engines are long: drawn true to shape a graph of a thousand layers is a hair. Past one to three the
// map is squeezed, like that of a text editor.

// SPDX-License-Identifier: Apache-2.0
import type { Camera, Pane } from './camera';
import { visible } from './camera';
import { css, mix, type Looks } from './looks';
import { State, type Scene } from './scene';

const longest = 180;
const narrowest = 64;
const most_boxes = 20000; // of more every other, every third ...: a map has some 10 000 pixels

export function map_size(width: number, height: number): Pane {
  const aspect = Math.min(longest / narrowest, Math.max(narrowest / longest, width / Math.max(height, 1)));
  return aspect >= 1 ? { width: longest, height: Math.round(longest / aspect) } : { width: Math.round(longest * aspect), height: longest };
}

export class Minimap {
  private readonly context: CanvasRenderingContext2D;
  private picture: HTMLCanvasElement | null = null;
  private size: Pane = { width: 0, height: 0 };
  private scene: Scene | null = null;

  constructor(private readonly canvas: HTMLCanvasElement) {
    this.context = canvas.getContext('2d')!;
  }

  // Drawn anew: the scene, its colours or states, the looks changed.
  set_scene(scene: Scene, looks: Looks, ratio: number): void {
    this.scene = scene;
    this.size = map_size(scene.size.w, scene.size.h);
    this.canvas.style.width = `${this.size.width}px`;
    this.canvas.style.height = `${this.size.height}px`;
    const [width, height] = [Math.round(this.size.width * ratio), Math.round(this.size.height * ratio)];
    this.canvas.width = width;
    this.canvas.height = height;
    const picture = document.createElement('canvas');
    picture.width = width;
    picture.height = height;
    paint(picture.getContext('2d')!, scene, looks, width, height);
    this.picture = picture;
  }

  // False, and hidden, while all of the drawing is in view.
  draw(camera: Camera, pane: Pane, looks: Looks): boolean {
    if (!this.scene || !this.picture) return false;
    const view = visible(camera, pane);
    const { w, h } = this.scene.size;
    if (view.x <= 0 && view.y <= 0 && view.x + view.w >= w && view.y + view.h >= h) return false;
    const c = this.context;
    const [sx, sy] = [this.canvas.width / Math.max(w, 1), this.canvas.height / Math.max(h, 1)];
    c.clearRect(0, 0, this.canvas.width, this.canvas.height);
    c.drawImage(this.picture, 0, 0);
    const ratio = this.canvas.width / this.size.width;
    const left = Math.max(0, view.x * sx);
    const top = Math.max(0, view.y * sy);
    const width = Math.max(4 * ratio, Math.min(this.canvas.width, (view.x + view.w) * sx) - left);
    const height = Math.max(4 * ratio, Math.min(this.canvas.height, (view.y + view.h) * sy) - top);
    c.fillStyle = css(looks.accent, 0.14);
    c.fillRect(left, top, width, height);
    c.strokeStyle = css(looks.accent);
    c.lineWidth = 1.5 * ratio;
    c.strokeRect(left + 0.75, top + 0.75, Math.max(1, width - 1.5), Math.max(1, height - 1.5));
    return true;
  }

  // The drawing's point under a point of the map.
  point(x: number, y: number): { x: number; y: number } {
    const size = this.scene?.size ?? { w: 1, h: 1 };
    return { x: (x / this.size.width) * size.w, y: (y / this.size.height) * size.h };
  }
}

function paint(c: CanvasRenderingContext2D, scene: Scene, looks: Looks, width: number, height: number): void {
  const [sx, sy] = [width / Math.max(scene.size.w, 1), height / Math.max(scene.size.h, 1)];
  c.fillStyle = css(looks.page);
  c.fillRect(0, 0, width, height);
  const f = scene.drawing.frames;
  for (let i = 0; i < f.count; ++i) {
    if (f.parent[i] >= 0) continue;
    c.fillStyle = css(looks.dark ? mix(looks.frame, 0xffffff, 0.06) : mix(looks.frame, 0, 0.05));
    c.fillRect(f.x[i] * sx, f.y[i] * sy, f.w[i] * sx, f.h[i] * sy);
  }
  const b = scene.drawing.boxes;
  const step = Math.ceil(b.count / most_boxes);
  for (let i = 0; i < b.count; i += step) {
    const color = scene.colors[i];
    c.fillStyle = css(scene.box_states[i] === State.dim ? mix(color, looks.page, 0.8) : color);
    c.fillRect(b.x[i] * sx, b.y[i] * sy, Math.max(1.5, b.w[i] * sx), Math.max(1, b.h[i] * sy));
  }
}
