// Boxes and lines on a 2D canvas, where WebGL2 is missing. The same looks, the same levels.

// SPDX-License-Identifier: Apache-2.0
import type { Camera, Pane } from './camera';
import { to_screen_x, to_screen_y, visible } from './camera';
import { Kind, type Rect } from './drawing';
import { dots, line_level, segments, type Dots, type Segments } from './instances';
import { css, mix, type Looks } from './looks';
import { dot_height, dot_level, type Painter } from './painter';
import { fan_out } from './rtree';
import { sheet_offset, State, type Scene } from './scene';

const plain_height = 10; // below it a box is a filled rectangle
const least_band = 11.5; // a lower band cuts through the box's one line of small type

export class CanvasPainter implements Painter {
  readonly kind = 'canvas2d';
  private readonly context: CanvasRenderingContext2D;
  private pane: Pane = { width: 1, height: 1 };
  private ratio = 1;
  private scene: Scene | null = null;
  private lines = new Map<number, Segments>();
  private dots = new Map<number, Dots>();

  constructor(private readonly canvas: HTMLCanvasElement) {
    this.context = canvas.getContext('2d', { alpha: false })!;
  }

  resize(pane: Pane, pixel_ratio: number): void {
    this.pane = pane;
    this.ratio = pixel_ratio;
    this.canvas.width = Math.max(1, Math.round(pane.width * pixel_ratio));
    this.canvas.height = Math.max(1, Math.round(pane.height * pixel_ratio));
  }

  set_scene(scene: Scene): void {
    this.scene = scene;
    this.lines.clear();
    this.dots.clear();
  }

  refresh(): void {
    this.dots.clear();
  }

  draw(camera: Camera, looks: Looks): void {
    const c = this.context;
    c.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    c.fillStyle = css(looks.page);
    c.fillRect(0, 0, this.pane.width, this.pane.height);
    if (!this.scene) return;
    const view = visible(camera, this.pane);
    this.draw_frames(camera, looks, view);
    this.draw_lines(camera, looks, view);
    this.draw_boxes(camera, looks, view);
  }

  dispose(): void {
    this.lines.clear();
    this.dots.clear();
    this.scene = null;
  }

  private draw_frames(camera: Camera, looks: Looks, view: Rect): void {
    const c = this.context;
    const f = this.scene!.drawing.frames;
    c.fillStyle = css(looks.frame);
    c.strokeStyle = css(looks.frame_line);
    c.lineWidth = 1;
    for (let i = 0; i < f.count; ++i) {
      if (f.x[i] > view.x + view.w || f.x[i] + f.w[i] < view.x || f.y[i] > view.y + view.h || f.y[i] + f.h[i] < view.y) continue;
      if (Math.max(f.w[i], f.h[i]) * camera.scale < 4) continue;
      // Clipped to the view: a frame of a million pixels is none the canvas must know.
      const left = Math.max(-4, to_screen_x(camera, this.pane, f.x[i]));
      const top = Math.max(-4, to_screen_y(camera, this.pane, f.y[i]));
      const right = Math.min(this.pane.width + 4, to_screen_x(camera, this.pane, f.x[i] + f.w[i]));
      const bottom = Math.min(this.pane.height + 4, to_screen_y(camera, this.pane, f.y[i] + f.h[i]));
      if (f.parent[i] < 0) c.fillRect(left, top, right - left, bottom - top);
      c.strokeRect(left, top, right - left, bottom - top);
    }
  }

  private draw_lines(camera: Camera, looks: Looks, view: Rect): void {
    const c = this.context;
    const scene = this.scene!;
    if (scene.drawing.edges.count === 0) return;
    const level = line_level(camera.scale);
    let data = this.lines.get(level);
    if (!data) this.lines.set(level, (data = segments(scene, level)));
    const s = camera.scale;
    const [ox, oy] = [this.pane.width / 2 - camera.x * s, this.pane.height / 2 - camera.y * s];
    const list = data;
    const runs: [number, number][] = [];
    scene.edges.runs(view.x, view.y, view.x + view.w, view.y + view.h, 1, (from, to) => {
      if (list.starts[to] > list.starts[from]) runs.push([list.starts[from], list.starts[to]]);
    });
    const lit = looks.dark ? 0xc9d1d9 : 0x424a53;
    const shades: [number, number][] = [
      [State.dim, mix(looks.line, looks.page, 0.75)], [0, looks.line], [State.lit, lit],
    ];
    c.globalAlpha = 0.55 + 0.45 * Math.min(1, s / 0.4);
    for (const [state, color] of shades) {
      for (const dashed of [0, 1]) {
        c.strokeStyle = css(color);
        c.lineWidth = Math.max(0.8, 1.3 * s);
        c.setLineDash(dashed ? [5 * s, 4 * s] : []);
        c.beginPath();
        let any = false;
        for (const [from, to] of runs) {
          for (let i = from; i < to; ++i) {
            if (list.widths[4 * i + 2] !== dashed || scene.edge_states[list.edge[i]] !== state) continue;
            if (list.widths[4 * i] > list.widths[4 * i + 1] + 8) continue; // an arrow's head
            c.moveTo(list.ends[4 * i] * s + ox, list.ends[4 * i + 1] * s + oy);
            c.lineTo(list.ends[4 * i + 2] * s + ox, list.ends[4 * i + 3] * s + oy);
            any = true;
          }
        }
        if (any) c.stroke();
      }
      if (s > 0.3) this.draw_heads(list, runs, state, color, s, ox, oy);
    }
    c.setLineDash([]);
    c.globalAlpha = 1;
  }

  private draw_heads(list: Segments, runs: [number, number][], state: number, color: number, s: number, ox: number, oy: number): void {
    const c = this.context;
    c.fillStyle = css(color);
    c.beginPath();
    for (const [from, to] of runs) {
      for (let i = from; i < to; ++i) {
        if (list.widths[4 * i] <= list.widths[4 * i + 1] + 8 || this.scene!.edge_states[list.edge[i]] !== state) continue;
        const [x0, y0] = [list.ends[4 * i] * s + ox, list.ends[4 * i + 1] * s + oy];
        const [x1, y1] = [list.ends[4 * i + 2] * s + ox, list.ends[4 * i + 3] * s + oy];
        const [dx, dy] = [(x1 - x0) / 2, (y1 - y0) / 2];
        c.moveTo(x1, y1);
        c.lineTo(x0 - dy, y0 + dx);
        c.lineTo(x0 + dy, y0 - dx);
      }
    }
    c.fill();
  }

  private draw_boxes(camera: Camera, looks: Looks, view: Rect): void {
    const scene = this.scene!;
    const level = dot_level(scene, camera.scale);
    const [right, bottom] = [view.x + view.w, view.y + view.h];
    if (level >= 0) {
      this.draw_dots(level, camera, looks, view);
      return;
    }
    const height = scene.text_height * camera.scale;
    scene.boxes.runs(view.x, view.y, right, bottom, 0, (from, to) => {
      for (let place = from; place < to; ++place) {
        const box = scene.boxes.order[place];
        if (height < plain_height) this.draw_plain(box, camera, looks, height);
        else this.draw_box(box, camera, looks);
      }
    });
  }

  private draw_dots(level: number, camera: Camera, looks: Looks, view: Rect): void {
    const scene = this.scene!;
    let data = this.dots.get(level);
    if (!data) this.dots.set(level, (data = dots(scene, level)));
    const { geometry, colors, states } = data;
    const c = this.context;
    scene.boxes.runs(view.x, view.y, view.x + view.w, view.y + view.h, level, (from, to) => {
      const size = fan_out ** (level + 1);
      for (let g = from / size; g < Math.ceil(to / size); ++g) {
        const color = (colors[4 * g] << 16) | (colors[4 * g + 1] << 8) | colors[4 * g + 2];
        c.fillStyle = css(states[g] === State.dim ? mix(color, looks.page, 0.8) : color, colors[4 * g + 3] / 255);
        this.fill(camera, geometry[5 * g], geometry[5 * g + 1], geometry[5 * g + 2], geometry[5 * g + 3]);
      }
    });
  }

  private draw_plain(box: number, camera: Camera, looks: Looks, height: number): void {
    const b = this.scene!.drawing.boxes;
    const own = mix(this.scene!.colors[box], looks.body, height < dot_height ? 0 : 0.18);
    this.context.fillStyle = css(this.scene!.box_states[box] === State.dim ? mix(own, looks.page, 0.8) : own);
    this.fill(camera, b.x[box], b.y[box], b.w[box], b.h[box]);
  }

  private fill(camera: Camera, x: number, y: number, w: number, h: number): void {
    const s = camera.scale;
    this.context.fillRect(
      to_screen_x(camera, this.pane, x), to_screen_y(camera, this.pane, y), Math.max(1.2, w * s), Math.max(1.2, h * s),
    );
  }

  private draw_box(box: number, camera: Camera, looks: Looks): void {
    const c = this.context;
    const b = this.scene!.drawing.boxes;
    const s = camera.scale;
    const [x, y] = [to_screen_x(camera, this.pane, b.x[box]), to_screen_y(camera, this.pane, b.y[box])];
    const [w, h] = [b.w[box] * s, b.h[box] * s];
    const tensor = b.kind[box] !== Kind.layer && b.kind[box] !== Kind.scope;
    const radius = tensor ? Math.min(h / 2, 14 * s) : 5 * s;
    const shade = (color: number): string => css(this.scene!.box_states[box] === State.dim ? mix(color, looks.page, 0.8) : color);
    const own = this.scene!.colors[box];
    c.lineWidth = Math.max(1, 1.2 * s);
    c.strokeStyle = shade(own);
    if (b.kind[box] === Kind.scope) {
      c.fillStyle = shade(looks.body);
      this.rounded(x + sheet_offset * s, y + sheet_offset * s, w, h, radius);
      c.fill();
      c.stroke();
    }
    const banded = b.band[box] * s > least_band && b.band[box] < b.h[box];
    this.rounded(x, y, w, h, radius);
    c.fillStyle = shade(banded ? looks.body : mix(own, looks.body, tensor ? looks.pill : looks.band));
    c.fill();
    if (banded) {
      c.save();
      c.clip();
      c.fillStyle = shade(mix(own, looks.body, looks.band));
      c.fillRect(x, y, w, b.band[box] * s);
      c.restore();
      this.rounded(x, y, w, h, radius);
    }
    if (b.kind[box] === Kind.region || b.kind[box] === Kind.constant) c.setLineDash([5 * s, 4 * s]);
    c.stroke();
    c.setLineDash([]);
    let at = x + 8 * s;
    for (let part = b.bar_starts[box]; part < b.bar_starts[box + 1]; ++part) {
      const width = (w - 16 * s) * b.bar_part[part];
      c.fillStyle = shade(b.bar_color[part]);
      c.fillRect(at, y + h - 9 * s, width, 4 * s);
      at += width;
    }
  }

  private rounded(x: number, y: number, w: number, h: number, radius: number): void {
    this.context.beginPath();
    this.context.roundRect(x, y, w, h, radius);
  }
}
