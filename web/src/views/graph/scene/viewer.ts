// A pane with a graph: paints when something changed, never otherwise; moves, zooms, picks.
//
// Knows boxes, not layers; what a click means is told through `Events`. No frame is drawn while
// nothing changes.

// SPDX-License-Identifier: Apache-2.0
import {
  between, eased, fitted, kept, opening, revealing, smallest_scale, to_drawing, to_screen_x, to_screen_y, zoomed, type Camera, type Pane,
} from './camera';
import type { Drawing, Rect } from './drawing';
import { box_rect, union_rect } from './drawing';
import { labels } from './labels';
import { light_looks, type Looks } from './looks';
import { Minimap } from './minimap';
import { CanvasPainter } from './paint_canvas';
import { TopPainter } from './paint_top';
import { has_graphics_card, WebglPainter } from './paint_webgl';
import type { Painter } from './painter';
import { Scene, type Picked } from './scene';

export interface Canvases {
  base: HTMLCanvasElement;
  top: HTMLCanvasElement;
  map: HTMLCanvasElement;
}

export interface Events {
  hover(picked: Picked, x: number, y: number): void; // place in the pane
  pick(picked: Picked, more: boolean): void; // more: with shift, adds
  open(picked: Picked): void; // double click
  moved(camera: Camera, by_hand: boolean): void;
}

const animation_ms = 220;
const click_reach = 4; // pixels a pointer may move and still click
const edge_reach = 6;
const narrow_pane = 480; // no room for a map

export type PainterChoice = 'auto' | 'webgl2' | 'canvas2d';

export class Viewer {
  camera: Camera = { x: 0, y: 0, scale: 1 };
  pane: Pane = { width: 1, height: 1 };
  scene: Scene | null = null;
  frames = 0; // drawn so far, for tests and measurements
  last_ms = 0;
  private painter: Painter;
  private readonly top: TopPainter;
  private readonly top_context: CanvasRenderingContext2D;
  private readonly minimap: Minimap;
  private looks: Looks = light_looks;
  private ratio = 1;
  private selected: ReadonlySet<number> = new Set();
  private hovered: Picked = null;
  private scheduled = 0;
  private flight: { from: Camera; to: Camera; start: number } | null = null;
  private map_stale = true;
  private placed = false;

  constructor(private readonly canvases: Canvases, private readonly events: Events, choice: PainterChoice = 'auto') {
    const wanted = choice === 'webgl2' || (choice === 'auto' && has_graphics_card());
    const webgl = wanted ? WebglPainter.make(canvases.base) : null;
    this.painter = webgl ?? new CanvasPainter(canvases.base);
    this.top_context = canvases.top.getContext('2d')!;
    this.top = new TopPainter(this.top_context);
    this.minimap = new Minimap(canvases.map);
    canvases.base.addEventListener('webglcontextrestored', this.restore);
    canvases.base.addEventListener('webglcontextlost', prevent);
  }

  get painter_kind(): string {
    return this.painter.kind;
  }

  dispose(): void {
    cancelAnimationFrame(this.scheduled);
    this.canvases.base.removeEventListener('webglcontextrestored', this.restore);
    this.canvases.base.removeEventListener('webglcontextlost', prevent);
    this.painter.dispose();
  }

  private readonly restore = (): void => {
    const again = WebglPainter.make(this.canvases.base);
    if (!again) return;
    this.painter = again;
    this.painter.resize(this.pane, this.ratio);
    if (this.scene) this.painter.set_scene(this.scene);
    this.schedule();
  };

  resize(pane: Pane, ratio: number): void {
    if (pane.width < 1 || pane.height < 1) return;
    this.pane = pane;
    this.ratio = ratio;
    this.painter.resize(pane, ratio);
    this.canvases.top.width = Math.round(pane.width * ratio);
    this.canvases.top.height = Math.round(pane.height * ratio);
    this.map_stale = true;
    if (this.scene && !this.placed) this.begin();
    this.draw_now(); // a resized canvas is empty: within this frame
  }

  set_looks(looks: Looks): void {
    this.looks = looks;
    this.map_stale = true;
    this.schedule();
  }

  // `keep`: a place of the old drawing and the same of the new one, which then stays where it was.
  set_drawing(drawing: Drawing, keep: { before: Rect; after: Rect } | null = null): void {
    this.scene = new Scene(drawing);
    this.hovered = null;
    this.painter.set_scene(this.scene);
    this.map_stale = true;
    this.flight = null;
    if (keep && this.placed) {
      const shift_x = keep.after.x - keep.before.x;
      const shift_y = keep.after.y - keep.before.y;
      this.camera = { ...this.camera, x: this.camera.x + shift_x, y: this.camera.y + shift_y };
    } else {
      this.placed = false;
      if (this.pane.width > 1) this.begin();
    }
    this.schedule();
  }

  private begin(): void {
    if (!this.scene) return;
    this.placed = true;
    this.camera = opening(this.scene.size, this.scene.first_box(), this.scene.drawing.rightwards, this.pane);
    this.events.moved(this.camera, false);
  }

  // Colours or states of the scene changed.
  refresh(): void {
    this.painter.refresh();
    this.map_stale = true;
    this.schedule();
  }

  set_selected(boxes: ReadonlySet<number>): void {
    this.selected = boxes;
    this.schedule();
  }

  // ---- moving

  place(camera: Camera): void {
    this.flight = null;
    this.placed = true;
    this.camera = this.scene ? kept(camera, this.scene.size, this.pane) : camera;
    this.schedule();
  }

  private move(camera: Camera): void {
    this.place(camera);
    this.events.moved(this.camera, true);
  }

  pan(dx: number, dy: number): void {
    this.move({ ...this.camera, x: this.camera.x - dx / this.camera.scale, y: this.camera.y - dy / this.camera.scale });
  }

  zoom(factor: number, x = this.pane.width / 2, y = this.pane.height / 2): void {
    if (!this.scene) return;
    this.move(zoomed(this.camera, this.pane, factor, x, y, smallest_scale(this.scene.size, this.pane)));
  }

  fit(): void {
    if (this.scene) this.fly(fitted(this.scene.size, this.pane));
  }

  // The boxes in the middle, at a scale to read them.
  focus(boxes: Iterable<number>): void {
    const rect = this.rect_of(boxes);
    if (rect) this.fly(fitted(rect, this.pane, 80));
  }

  focus_rect(rect: Rect): void {
    this.fly(fitted(rect, this.pane, 40));
  }

  // As little as it takes to have them in view.
  reveal(boxes: Iterable<number>): void {
    const rect = this.rect_of(boxes);
    const to = rect && revealing(this.camera, rect, this.pane);
    if (to) this.fly(to);
  }

  reveal_rect(rect: Rect): void {
    const to = revealing(this.camera, rect, this.pane, 30);
    if (to) this.fly(to);
  }

  private rect_of(boxes: Iterable<number>): Rect | null {
    let rect: Rect | null = null;
    if (this.scene) for (const box of boxes) if (box >= 0) rect = union_rect(rect, box_rect(this.scene.drawing.boxes, box));
    return rect;
  }

  private fly(to: Camera): void {
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
      this.move(to);
      return;
    }
    this.flight = { from: this.camera, to, start: performance.now() };
    this.schedule();
  }

  // ---- painting

  schedule(): void {
    this.scheduled ||= requestAnimationFrame((now) => {
      this.scheduled = 0;
      this.step(now);
    });
  }

  private step(now: number): void {
    if (this.flight) {
      const { from, to, start } = this.flight;
      const t = Math.min(1, Math.max(0, (now - start) / animation_ms));
      this.camera = between(from, to, eased(t));
      if (t >= 1) this.flight = null;
      else this.schedule();
      this.events.moved(this.camera, true);
    }
    this.draw_now();
  }

  private draw_now(): void {
    const begin = performance.now();
    this.painter.draw(this.camera, this.looks);
    const c = this.top_context;
    c.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    c.clearRect(0, 0, this.pane.width, this.pane.height);
    if (this.scene) {
      const marks = {
        selected: this.selected,
        hovered_box: this.hovered?.what === 'box' ? this.hovered.index : -1,
        hovered_edge: this.hovered?.what === 'edge' ? this.hovered.index : -1,
        hovered_frame: -1,
      };
      this.top.draw(this.scene, this.camera, this.pane, marks, labels(this.scene, this.camera, this.pane), this.looks);
      if (this.map_stale) this.minimap.set_scene(this.scene, this.looks, this.ratio);
      this.map_stale = false;
      this.canvases.map.hidden = this.pane.width < narrow_pane || !this.minimap.draw(this.camera, this.pane, this.looks);
    }
    this.frames += 1;
    this.last_ms = performance.now() - begin;
  }

  // ---- pointer: the pane hands its events on

  at(x: number, y: number): Picked {
    if (!this.scene) return null;
    const point = to_drawing(this.camera, this.pane, x, y);
    const s = this.camera.scale;
    return this.scene.pick(point.x, point.y, edge_reach / s, s > 0.2);
  }

  screen_rect(box: number): Rect | null {
    if (!this.scene || box < 0 || box >= this.scene.drawing.boxes.count) return null;
    const r = box_rect(this.scene.drawing.boxes, box);
    return {
      x: to_screen_x(this.camera, this.pane, r.x), y: to_screen_y(this.camera, this.pane, r.y),
      w: r.w * this.camera.scale, h: r.h * this.camera.scale,
    };
  }

  hover(x: number, y: number): void {
    const picked = this.at(x, y);
    const same = picked?.what === this.hovered?.what && picked?.index === this.hovered?.index;
    this.hovered = picked;
    if (!same) this.schedule();
    this.events.hover(picked, x, y);
  }

  leave(): void {
    if (this.hovered) this.schedule();
    this.hovered = null;
    this.events.hover(null, 0, 0);
  }

  click(x: number, y: number, more: boolean): void {
    this.events.pick(this.at(x, y), more);
  }

  double_click(x: number, y: number): void {
    this.events.open(this.at(x, y));
  }

  map_to(x: number, y: number): void {
    const point = this.minimap.point(x, y);
    this.move({ ...this.camera, ...point });
  }
}

function prevent(event: Event): void {
  event.preventDefault();
}

// Pointers on the pane: one drags, two pinch, a still one clicks.
export class Pointers {
  private readonly down = new Map<number, { x: number; y: number }>();
  private moved = 0;
  private pinch = 0;

  constructor(private readonly viewer: Viewer, private readonly element: HTMLElement) {}

  private place(event: PointerEvent | WheelEvent | MouseEvent): { x: number; y: number } {
    const box = this.element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  press(event: PointerEvent): void {
    if (event.button !== 0 && event.button !== 1) return;
    this.element.setPointerCapture(event.pointerId);
    this.down.set(event.pointerId, this.place(event));
    this.moved = 0;
    this.pinch = this.span();
  }

  move(event: PointerEvent): void {
    const at = this.place(event);
    const before = this.down.get(event.pointerId);
    if (!before) {
      if (event.pointerType !== 'touch') this.viewer.hover(at.x, at.y);
      return;
    }
    this.down.set(event.pointerId, at);
    const [dx, dy] = [at.x - before.x, at.y - before.y];
    this.moved += Math.hypot(dx, dy);
    if (this.down.size === 1 && this.moved > click_reach) this.viewer.pan(dx, dy);
    if (this.down.size === 2) {
      const span = this.span();
      const [a, b] = [...this.down.values()];
      this.viewer.pan(dx / 2, dy / 2);
      if (this.pinch > 0 && span > 0) this.viewer.zoom(span / this.pinch, (a.x + b.x) / 2, (a.y + b.y) / 2);
      this.pinch = span;
    }
  }

  release(event: PointerEvent): void {
    const was_down = this.down.delete(event.pointerId);
    this.pinch = this.span();
    if (!was_down || event.button !== 0 || this.moved > click_reach || event.type === 'pointercancel') return;
    const at = this.place(event);
    this.viewer.click(at.x, at.y, event.shiftKey || event.ctrlKey || event.metaKey);
  }

  get dragging(): boolean {
    return this.down.size > 0 && this.moved > click_reach;
  }

  wheel(event: WheelEvent): void {
    event.preventDefault();
    const at = this.place(event);
    const unit = event.deltaMode === 1 ? 30 : event.deltaMode === 2 ? 400 : 1;
    if (event.shiftKey && !event.ctrlKey) {
      this.viewer.pan(-(event.deltaX || event.deltaY) * unit, 0);
      return;
    }
    // A pinch on a touch pad comes as a wheel with Ctrl, in small steps.
    const step = event.deltaY * unit * (event.ctrlKey ? 0.01 : 0.0022);
    this.viewer.zoom(Math.exp(-Math.max(-0.7, Math.min(0.7, step))), at.x, at.y);
  }

  private span(): number {
    if (this.down.size !== 2) return 0;
    const [a, b] = [...this.down.values()];
    return Math.hypot(a.x - b.x, a.y - b.y);
  }
}
