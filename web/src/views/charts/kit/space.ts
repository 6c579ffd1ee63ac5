// Three columns at once: a 3-D scatter, drawn by hand because ECharts 6 has none that works.
//
// The cube is seen without perspective, so that equal distances stay equal; dots are painted from
// back to front, each with a thin line down to the floor that tells its place. What is painted is a
// list of shapes: the canvas and the SVG file draw the same list.

// SPDX-License-Identifier: Apache-2.0
import { finite_max, finite_min, tick_text } from './axes';
import type { Coloring } from './colors';
import type { Figure, Scene } from './figure';
import { column_of, is_number_column, numbers, type Frame } from './frame';
import { mix } from './look';
import { dot_size } from './scatter_figure';

export interface Turn {
  yaw: number; // about the upright axis, in radians
  pitch: number; // from above, 0: from the side
}
export const first_turn: Turn = { yaw: 0.65, pitch: 0.42 };

export type Shape =
  | { kind: 'line'; x1: number; y1: number; x2: number; y2: number; color: string; width: number; dash?: boolean }
  | { kind: 'dot'; x: number; y: number; r: number; fill: string; stroke: string; width: number; row: number }
  | { kind: 'text'; x: number; y: number; text: string; color: string; size: number; anchor: 'start' | 'middle' | 'end' };

export interface SpaceParts {
  id: string;
  title: string;
  summary: string;
  notes: string[];
  frame: Frame;
  axes: [string, string, string]; // columns: across, deep, up
  size?: string;
  logarithmic: boolean;
  coloring: Coloring;
  inside: ArrayLike<number> | null;
}

interface SpaceAxis {
  title: string;
  place: (value: number) => number; // into -0.5 .. 0.5
  ticks: { at: number; label: string }[];
}

function linear_ticks(low: number, high: number): number[] {
  const step = 10 ** Math.floor(Math.log10((high - low) / 3));
  const wide = [1, 2, 5, 10].map((f) => f * step).find((s) => (high - low) / s <= 5) ?? step * 10;
  const ticks: number[] = [];
  for (let at = Math.ceil(low / wide) * wide; at <= high * (1 + 1e-9) && ticks.length < 12; at += wide) ticks.push(at);
  return ticks;
}

function log_ticks(low: number, high: number): number[] {
  const ticks: number[] = [];
  const decades = Math.log10(high / low);
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high) + 1e-9; ++power) {
    for (const factor of decades < 1.5 ? [1, 2, 5] : [1]) {
      const at = factor * 10 ** power;
      if (at >= low * (1 - 1e-9) && at <= high * (1 + 1e-9)) ticks.push(at);
    }
  }
  return ticks;
}

export function space_axis(title: string, values: number[], logarithmic: boolean): SpaceAxis {
  let low = finite_min(values);
  let high = finite_max(values);
  if (logarithmic) {
    if (low === high) [low, high] = [low / 2, high * 2];
    const span = Math.log(high / low);
    const place = (value: number) => Math.log(value / low) / span - 0.5;
    return { title, place, ticks: log_ticks(low, high).map((v) => ({ at: place(v), label: tick_text(v) })) };
  }
  low = Math.min(low, 0);
  if (low === high) high = low + 1;
  const place = (value: number) => (value - low) / (high - low) - 0.5;
  return { title, place, ticks: linear_ticks(low, high).map((v) => ({ at: place(v), label: tick_text(v) })) };
}

type Point = [number, number, number]; // across, deep, up; each -0.5 .. 0.5

export interface Flat {
  x: number;
  y: number;
  depth: number; // larger: nearer to the eye
}

export function project([across, deep, up]: Point, turn: Turn): Flat {
  const x = across * Math.cos(turn.yaw) - deep * Math.sin(turn.yaw);
  const away = across * Math.sin(turn.yaw) + deep * Math.cos(turn.yaw);
  return {
    x,
    y: -(up * Math.cos(turn.pitch) + away * Math.sin(turn.pitch)),
    depth: -(away * Math.cos(turn.pitch)) + up * Math.sin(turn.pitch),
  };
}

function drawn_rows(parts: SpaceParts): number[] {
  const columns = parts.axes.map((name) => numbers(parts.frame, name));
  const rows: number[] = [];
  for (let row = 0; row < parts.frame.rows; ++row) {
    if (columns.every((c) => Number.isFinite(c[row]) && (!parts.logarithmic || c[row] > 0))) rows.push(row);
  }
  return rows;
}

class Painter {
  readonly shapes: Shape[] = [];
  private readonly scale: number;

  constructor(private readonly scene: Scene, private readonly turn: Turn) {
    this.scale = Math.min(scene.width / 1.75, scene.height / (scene.compact ? 1.45 : 1.66));
  }

  at(point: Point): Flat {
    const flat = project(point, this.turn);
    return { x: this.scene.width / 2 + flat.x * this.scale, y: this.scene.height * (this.scene.compact ? 0.5 : 0.48) + flat.y * this.scale, depth: flat.depth };
  }

  line(a: Point, b: Point, color: string, width = 1, dash = false) {
    const [from, to] = [this.at(a), this.at(b)];
    this.shapes.push({ kind: 'line', x1: from.x, y1: from.y, x2: to.x, y2: to.y, color, width, dash });
  }

  text(point: Point, text: string, color: string, size: number, shift = { x: 0, y: 0 }) {
    const flat = this.at(point);
    const anchor = shift.x > 3 ? 'start' : shift.x < -3 ? 'end' : 'middle';
    this.shapes.push({ kind: 'text', x: flat.x + shift.x, y: flat.y + shift.y, text, color, size, anchor });
  }
}

// The far side of each pair of faces, with its grid; labels stand on the near edges of the floor.
function paint_box(painter: Painter, axes: SpaceAxis[], turn: Turn, { look, compact }: Scene) {
  const back = Math.cos(turn.yaw) > 0 ? 0.5 : -0.5; // deep
  const side = Math.sin(turn.yaw) > 0 ? 0.5 : -0.5; // across
  for (const tick of axes[0].ticks) {
    painter.line([tick.at, -0.5, -0.5], [tick.at, 0.5, -0.5], look.faint);
    painter.line([tick.at, back, -0.5], [tick.at, back, 0.5], look.faint);
  }
  for (const tick of axes[1].ticks) {
    painter.line([-0.5, tick.at, -0.5], [0.5, tick.at, -0.5], look.faint);
    painter.line([side, tick.at, -0.5], [side, tick.at, 0.5], look.faint);
  }
  for (const tick of axes[2].ticks) {
    painter.line([-0.5, back, tick.at], [0.5, back, tick.at], look.faint);
    painter.line([side, -0.5, tick.at], [side, 0.5, tick.at], look.faint);
  }
  const corners: Point[] = [[-0.5, -0.5, -0.5], [0.5, -0.5, -0.5], [0.5, 0.5, -0.5], [-0.5, 0.5, -0.5]];
  corners.forEach((corner, i) => painter.line(corner, corners[(i + 1) % 4], look.line));
  painter.line([side, back, -0.5], [side, back, 0.5], look.line);
  painter.line([-side, back, -0.5], [-side, back, 0.5], look.line);
  painter.line([side, -back, -0.5], [side, -back, 0.5], look.line);
  if (compact) return;
  const outward = (a: Point, b: Point) => Math.sign(painter.at(a).x - painter.at(b).x) || 1;
  const across = outward([0, -back, -0.5], [0, back, -0.5]);
  const deep = outward([-side, 0, -0.5], [side, 0, -0.5]);
  for (const tick of axes[0].ticks) painter.text([tick.at, -back * 1.06, -0.5], tick.label, look.muted, 11, { x: 6 * across, y: 12 });
  for (const tick of axes[1].ticks) painter.text([-side * 1.06, tick.at, -0.5], tick.label, look.muted, 11, { x: 6 * deep, y: 12 });
  const upright: Point = painter.at([-side, back, 0]).x < painter.at([side, -back, 0]).x ? [-side, back, 0] : [side, -back, 0];
  for (const tick of axes[2].ticks) painter.text([upright[0], upright[1], tick.at], tick.label, look.muted, 11, { x: -8, y: 4 });
  painter.text([0, -back * 1.3, -0.5], axes[0].title, look.text, 12, { x: 12 * across, y: 24 });
  painter.text([-side * 1.3, 0, -0.5], axes[1].title, look.text, 12, { x: 12 * deep, y: 24 });
  painter.text([upright[0], upright[1], 0.5], axes[2].title, look.text, 12, { x: 0, y: -12 });
}

export function space_shapes(parts: SpaceParts, turn: Turn, scene: Scene, selected: number | null): Shape[] {
  const rows = drawn_rows(parts);
  const { look, compact } = scene;
  const columns = parts.axes.map((name) => numbers(parts.frame, name));
  const axes = parts.axes.map((name, i) => {
    const column = column_of(parts.frame, name)!;
    const unit = is_number_column(column) ? column.unit : '';
    return space_axis(unit ? `${column.title}, ${unit}` : column.title, rows.map((row) => columns[i][row]), parts.logarithmic);
  });
  const painter = new Painter(scene, turn);
  paint_box(painter, axes, turn, scene);
  const sizes = parts.size ? numbers(parts.frame, parts.size) : null;
  const largest = sizes ? finite_max(rows.map((row) => sizes[row])) : NaN;
  const dots = rows
    .map((row) => {
      const point = axes.map((axis, i) => axis.place(columns[i][row])) as Point;
      return { row, point, flat: painter.at(point) };
    })
    .sort((a, b) => a.flat.depth - b.flat.depth);
  if (!compact && dots.length <= 400) {
    for (const { point } of dots) painter.line(point, [point[0], point[1], -0.5], look.line, 0.75, true);
  }
  for (const { row, flat } of dots) {
    const pale = parts.inside !== null && !parts.inside[row];
    const color = pale ? mix(parts.coloring.colors[row], look.surface, 0.82) : parts.coloring.colors[row];
    const chosen = selected !== null && (parts.frame.layers?.(row).includes(selected) ?? false);
    const r = (sizes ? dot_size(sizes[row], largest, compact) * 0.8 : 9) / 2;
    painter.shapes.push({ kind: 'dot', x: flat.x, y: flat.y, r, row, fill: color + 'dd', stroke: chosen ? look.accent : mix(color, look.text, 0.3), width: chosen ? 3 : 0.75 });
  }
  return painter.shapes;
}

export function space_figure(parts: SpaceParts): Figure {
  const drawn = drawn_rows(parts).length;
  const left_out = parts.frame.rows - drawn;
  const unknown = parts.logarithmic ? 'unknown or not above 0' : 'unknown';
  return {
    ...parts,
    notes: left_out > 0 ? [...parts.notes, `${left_out} of ${parts.frame.rows} layers are not drawn: a value is ${unknown}`] : parts.notes,
    empty: drawn === 0 ? 'no layer has all three values' : undefined,
    height: 500,
    paint: (scene, turn, selected) => space_shapes(parts, turn, scene, selected),
  };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

export function shapes_svg(shapes: Shape[], width: number, height: number, ground: string): string {
  const body = shapes.map((s) => {
    if (s.kind === 'line') return `<line x1="${s.x1.toFixed(1)}" y1="${s.y1.toFixed(1)}" x2="${s.x2.toFixed(1)}" y2="${s.y2.toFixed(1)}" stroke="${s.color}" stroke-width="${s.width}"${s.dash ? ' stroke-dasharray="2 3"' : ''}/>`;
    if (s.kind === 'dot') return `<circle cx="${s.x.toFixed(1)}" cy="${s.y.toFixed(1)}" r="${s.r.toFixed(1)}" fill="${s.fill.slice(0, 7)}" fill-opacity="0.87" stroke="${s.stroke}" stroke-width="${s.width}"/>`;
    return `<text x="${s.x.toFixed(1)}" y="${s.y.toFixed(1)}" fill="${s.color}" font-size="${s.size}" text-anchor="${s.anchor}">${escaped(s.text)}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif"><rect width="100%" height="100%" fill="${ground}"/>${body.join('')}</svg>\n`;
}
