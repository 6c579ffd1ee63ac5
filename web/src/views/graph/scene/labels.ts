// Which words are worth writing at this scale, and where?
//
// Three ways, by how large a box is on the screen: its own texts where they are legible; else one
// line of small type, cut to the box, while the box can hold one; else nothing. Frames keep their
// name at the upper left corner of what is seen of them, so that one always knows where one is.

// SPDX-License-Identifier: Apache-2.0
import type { Camera, Pane } from './camera';
import { to_screen_x, to_screen_y, visible } from './camera';
import { Anchor, Kind, Role, text_of, type Drawing, type PlacedTexts } from './drawing';
import { State, type Scene } from './scene';

export type Ground = 'page' | 'frame' | 'tag' | null; // tag: a stub's name

export interface Label {
  text: string;
  x: number; // screen, of the base line
  y: number;
  size: number;
  bold: boolean;
  faint: boolean;
  dim: boolean;
  anchor: number;
  ground: Ground; // what is behind it, so that lines do not run through the letters
}

export const legible = 5.5; // least height of letters, in screen pixels
export const compact_size = 10;
const frame_size = 11;
const header = 22; // of a frame, in the drawing's units: room for its name
const most_labels = 1500; // more are noise, and cost a frame

// As in trex/document/drawing.cpp, look_of().
const sizes = [12, 11, 10, 11, 10, 16];
const bold = [true, false, false, false, false, true];
const faint = [false, false, true, false, true, false];

// About so many letters fit; measured letters of a system font are 0.55 em wide on average.
export function cut(text: string, width: number, size: number): string {
  const most = Math.floor(width / (0.55 * size));
  if (text.length <= most) return text;
  return most < 3 ? '' : text.slice(0, most - 1) + '…';
}

export function labels(scene: Scene, camera: Camera, pane: Pane): Label[] {
  const list: Label[] = [];
  frame_labels(scene.drawing, camera, pane, list);
  const view = visible(camera, pane);
  const [right, bottom] = [view.x + view.w, view.y + view.h];
  const readable = sizes[Role.detail] * camera.scale >= legible;
  // Where no usual box can hold a line none is looked at: there may be a hundred thousand.
  if (!readable && scene.text_height * camera.scale * 2 < compact_size) return list;
  const b = scene.drawing.boxes;
  scene.boxes.search(view.x, view.y, right, bottom, (box) => {
    if (list.length >= most_labels) return;
    const dim = scene.box_states[box] === State.dim;
    if (readable) put(list, scene.drawing, b.texts, b.text_starts[box], b.text_starts[box + 1], camera, pane, dim, null);
    else compact(list, scene.drawing, box, camera, pane, dim);
  });
  if (readable) edge_labels(list, scene, camera, pane);
  return list;
}

function put(
  list: Label[], drawing: Drawing, texts: PlacedTexts, from: number, to: number, camera: Camera, pane: Pane, dim: boolean, ground: Ground,
): void {
  for (let t = from; t < to; ++t) {
    const role = texts.role[t];
    const size = sizes[role] * camera.scale;
    if (size < legible) continue;
    const text = text_of(drawing, texts.text[t]);
    if (text === '') continue;
    list.push({
      text, x: to_screen_x(camera, pane, texts.x[t]), y: to_screen_y(camera, pane, texts.y[t]), size, bold: bold[role],
      faint: faint[role], dim, anchor: texts.anchor[t], ground,
    });
  }
}

// The type of a layer, the name of anything else.
export function short_name(drawing: Drawing, box: number): string {
  const b = drawing.boxes;
  const name = text_of(drawing, b.kind[box] === Kind.layer ? b.type[box] : b.name[box]);
  return name === '' ? text_of(drawing, b.name[box]) : name;
}

function compact(list: Label[], drawing: Drawing, box: number, camera: Camera, pane: Pane, dim: boolean): void {
  const b = drawing.boxes;
  const [w, h] = [b.w[box] * camera.scale, b.h[box] * camera.scale];
  if (h < compact_size + 1 || w < 24) return;
  const text = cut(short_name(drawing, box), w - 6, compact_size);
  if (text === '') return;
  list.push({
    text, x: to_screen_x(camera, pane, b.x[box] + b.w[box] / 2), y: to_screen_y(camera, pane, b.y[box] + b.h[box] / 2) + 3.5,
    size: compact_size, bold: false, faint: false, dim, anchor: Anchor.middle, ground: null,
  });
}

function edge_labels(list: Label[], scene: Scene, camera: Camera, pane: Pane): void {
  const e = scene.drawing.edges;
  const frame = scene.drawing.boxes.frame;
  if (e.texts.text.length === 0) return;
  const view = visible(camera, pane);
  scene.edges.search(view.x, view.y, view.x + view.w, view.y + view.h, (edge) => {
    if (list.length >= most_labels || e.text_starts[edge] === e.text_starts[edge + 1]) return;
    const dim = scene.edge_states[edge] === State.dim;
    const inside = frame[e.source[edge]] >= 0 && frame[e.target[edge]] >= 0;
    const ground = e.stub[edge] ? 'tag' : inside ? 'frame' : 'page';
    put(list, scene.drawing, e.texts, e.text_starts[edge], e.text_starts[edge + 1], camera, pane, dim, ground);
  });
}

function frame_labels(drawing: Drawing, camera: Camera, pane: Pane, list: Label[]): void {
  const f = drawing.frames;
  const size = Math.max(frame_size, Math.min(13, 12 * camera.scale));
  const taken: { left: number; right: number; y: number }[] = [];
  for (let i = 0; i < f.count; ++i) {
    const left = to_screen_x(camera, pane, f.x[i]);
    const right = to_screen_x(camera, pane, f.x[i] + f.w[i]);
    const top = to_screen_y(camera, pane, f.y[i]);
    const bottom = to_screen_y(camera, pane, f.y[i] + f.h[i]);
    if (right < 0 || left > pane.width || bottom < 0 || top > pane.height) continue;
    const roomy = header * camera.scale >= size; // its own heading's place holds the letters
    if (right - left < (roomy ? 60 : 90) || bottom - top < (roomy ? 26 : 90)) continue;
    const x = Math.max(left, 0) + 8;
    let y = Math.max(top, 0) + size + 4;
    // Outer names first: an inner frame that begins above the view stands below them.
    for (const other of taken) if (x < other.right && right > other.left && Math.abs(other.y - y) < size + 3) y = other.y + size + 4;
    if (y > bottom - 6 || (top >= 0 && y > top + 2.4 * size)) continue;
    const text = cut(text_of(drawing, f.name[i]), Math.min(right, pane.width) - x - 4, size);
    if (text === '') continue;
    taken.push({ left: x, right: x + 0.6 * size * text.length, y });
    list.push({ text, x, y, size, bold: true, faint: true, dim: false, anchor: Anchor.start, ground: top < 0 || !roomy ? 'frame' : null });
    if (list.length >= 200) return;
  }
}
