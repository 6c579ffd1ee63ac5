// What lies above boxes and lines: words, the selection, what is hovered. On a 2D canvas.

// SPDX-License-Identifier: Apache-2.0
import type { Camera, Pane } from './camera';
import { to_screen_x, to_screen_y, visible } from './camera';
import { flatten } from './curves';
import { Anchor } from './drawing';
import { arrow, arrow_length } from './instances';
import type { Label } from './labels';
import { css, mix, type Looks } from './looks';
import { State, type Scene } from './scene';

export interface Marks {
  selected: ReadonlySet<number>; // boxes
  hovered_box: number; // -1: none
  hovered_edge: number;
  hovered_frame: number;
}

// As in trex/document/font.hpp: boxes are as wide as their texts are in these fonts.
const font_stack = "Arial, 'Liberation Sans', Helvetica, sans-serif";
const most_lines = 400; // of a hub: more would be a blot
const most_pins = 3000;
const pin_height = 7; // boxes lower than this get a pin when lit

export class TopPainter {
  constructor(private readonly c: CanvasRenderingContext2D) {}

  draw(scene: Scene, camera: Camera, pane: Pane, marks: Marks, list: Label[], looks: Looks): void {
    const lines = new Set<number>();
    for (const box of marks.selected) this.add_lines(scene, box, lines);
    if (marks.hovered_edge >= 0) lines.add(marks.hovered_edge);
    for (const edge of lines) this.draw_line(scene, edge, camera, pane, looks.accent, 1.6);
    if (marks.hovered_box >= 0 && !marks.selected.has(marks.hovered_box)) {
      const around = new Set<number>();
      this.add_lines(scene, marks.hovered_box, around);
      for (const edge of around) this.draw_line(scene, edge, camera, pane, mix(looks.accent, looks.page, 0.25), 1.1);
      this.outline(scene, marks.hovered_box, camera, pane, css(looks.accent, 0.55), 1.5);
    }
    this.draw_pins(scene, camera, pane, looks);
    for (const box of marks.selected) this.outline(scene, box, camera, pane, css(looks.accent), 2.5);
    this.draw_labels(list, looks);
  }

  private add_lines(scene: Scene, box: number, lines: Set<number>): void {
    if (box >= scene.drawing.boxes.count) return;
    const { into, out } = scene.edges_of(box);
    for (const ends of [into, out]) for (const edge of ends) if (lines.size < most_lines) lines.add(edge);
  }

  private outline(scene: Scene, box: number, camera: Camera, pane: Pane, style: string, width: number): void {
    const b = scene.drawing.boxes;
    if (box >= b.count) return;
    const s = camera.scale;
    const gap = 2.5;
    const [w, h] = [Math.max(b.w[box] * s, 3) + 2 * gap, Math.max(b.h[box] * s, 3) + 2 * gap];
    const [x, y] = [to_screen_x(camera, pane, b.x[box]) - gap, to_screen_y(camera, pane, b.y[box]) - gap];
    if (x > pane.width || y > pane.height || x + w < 0 || y + h < 0) return;
    this.c.strokeStyle = style;
    this.c.lineWidth = width;
    this.c.beginPath();
    this.c.roundRect(x, y, w, h, Math.min(7 * s + 1, h / 2));
    this.c.stroke();
  }

  private draw_line(scene: Scene, edge: number, camera: Camera, pane: Pane, color: number, width: number): void {
    const c = this.c;
    const edges = scene.drawing.edges;
    const s = camera.scale;
    c.strokeStyle = c.fillStyle = css(color);
    c.lineWidth = Math.max(width, edges.thickness[edge] * s * 1.25);
    c.setLineDash(edges.dashed[edge] ? [5, 4] : []);
    c.beginPath();
    flatten(edges, edge, 0.4 / s, (x0, y0, x1, y1) => {
      // A line may be a million pixels long: what is far outside is left out.
      const [ax, ay] = [to_screen_x(camera, pane, x0), to_screen_y(camera, pane, y0)];
      const [bx, by] = [to_screen_x(camera, pane, x1), to_screen_y(camera, pane, y1)];
      if (Math.max(ax, bx) < -9 || Math.min(ax, bx) > pane.width + 9 || Math.max(ay, by) < -9 || Math.min(ay, by) > pane.height + 9) return;
      c.moveTo(ax, ay);
      c.lineTo(bx, by);
    });
    c.stroke();
    c.setLineDash([]);
    const tip = s > 0.25 ? arrow(edges, edge) : null;
    if (!tip) return;
    const [x, y] = [to_screen_x(camera, pane, tip.x), to_screen_y(camera, pane, tip.y)];
    const [dx, dy] = [tip.dx * arrow_length * s * 1.15, tip.dy * arrow_length * s * 1.15];
    c.beginPath();
    c.moveTo(x, y);
    c.lineTo(x - dx - dy / 2, y - dy + dx / 2);
    c.lineTo(x - dx + dy / 2, y - dy - dx / 2);
    c.fill();
  }

  // A match of a pixel's size is no match seen: it gets a ring of its own.
  private draw_pins(scene: Scene, camera: Camera, pane: Pane, looks: Looks): void {
    if (scene.text_height * camera.scale >= pin_height) return;
    const view = visible(camera, pane);
    const b = scene.drawing.boxes;
    const c = this.c;
    let pins = 0;
    c.fillStyle = css(looks.lit);
    scene.boxes.search(view.x, view.y, view.x + view.w, view.y + view.h, (box) => {
      if (scene.box_states[box] !== State.lit || pins++ > most_pins) return;
      const [x, y] = [to_screen_x(camera, pane, b.x[box] + b.w[box] / 2), to_screen_y(camera, pane, b.y[box] + b.h[box] / 2)];
      c.fillRect(x - 2, y - 2, 4, 4);
    });
  }

  private draw_labels(list: Label[], looks: Looks): void {
    const c = this.c;
    c.textBaseline = 'alphabetic';
    const order = list.map((label, i) => ({ label, i, font: `${label.bold ? 'bold ' : ''}${label.size.toFixed(2)}px ${font_stack}` }));
    order.sort((a, b) => (a.font < b.font ? -1 : a.font > b.font ? 1 : a.i - b.i));
    const shades = [
      [css(looks.text), css(mix(looks.text, looks.page, 0.75))], [css(looks.faint), css(mix(looks.faint, looks.page, 0.75))],
    ];
    const anchors: CanvasTextAlign[] = ['left', 'center', 'right'];
    let font = '';
    for (const { label, font: wanted } of order) {
      if (wanted !== font) c.font = font = wanted;
      c.textAlign = anchors[label.anchor];
      if (label.ground) this.ground(label, looks);
      c.fillStyle = shades[label.faint ? 1 : 0][label.dim ? 1 : 0];
      c.fillText(label.text, label.x, label.y);
    }
  }

  private ground(label: Label, looks: Looks): void {
    const c = this.c;
    const width = c.measureText(label.text).width;
    const left = label.anchor === Anchor.start ? label.x : label.anchor === Anchor.middle ? label.x - width / 2 : label.x - width;
    const pad = 0.3 * label.size;
    const color = { page: looks.page, frame: looks.frame, tag: looks.tag }[label.ground!];
    c.fillStyle = css(label.dim ? mix(color, looks.page, 0.75) : color, label.ground === 'tag' ? 1 : 0.85);
    c.fillRect(left - pad, label.y - label.size, width + 2 * pad, 1.35 * label.size);
  }
}
