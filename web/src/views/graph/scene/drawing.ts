// A placed graph as the core hands it over: arrays by box, by line, by frame.
//
// The same as trex/document/drawing.hpp. Units are CSS pixels at scale 1, y grows downwards. Texts
// stand once in `texts`; what is not known has the id `no_text`.

// SPDX-License-Identifier: Apache-2.0

export const no_text = 0xffffffff;

export const box_kinds = ['layer', 'region', 'binding', 'constant', 'scope'] as const;
export const Kind = { layer: 0, region: 1, binding: 2, constant: 3, scope: 4 } as const;
export const Flag = { input: 1, output: 2, highlighted: 4 } as const;
export const Role = { title: 0, name: 1, detail: 2, figure: 3, label: 4, heading: 5 } as const;
export const Anchor = { start: 0, middle: 1, end: 2 } as const;

export interface PlacedTexts {
  text: Uint32Array;
  x: Float32Array; // of the base line, at the anchor
  y: Float32Array;
  role: Uint8Array;
  anchor: Uint8Array;
}

export interface Boxes {
  count: number;
  kind: Uint8Array;
  x: Float32Array;
  y: Float32Array;
  w: Float32Array;
  h: Float32Array;
  color: Uint32Array; // 0xRRGGBB
  frame: Int32Array; // innermost one it stands in, -1: none
  subject: Int32Array; // layer row of a layer, scope id of a scope, else -1
  band: Float32Array; // height of the coloured band at its top; 0: the whole box is tinted
  name: Uint32Array;
  type: Uint32Array;
  figures: Uint32Array;
  flags: Uint8Array;
  texts: PlacedTexts;
  text_starts: Uint32Array; // count + 1
  bar_color: Uint32Array; // parts of the bar along the lower edge
  bar_part: Float32Array; // of 1
  bar_starts: Uint32Array; // count + 1
}

export interface Edges {
  count: number;
  source: Uint32Array; // boxes
  target: Uint32Array;
  kind: Uint32Array; // its word: data, back, reuse, wait, order
  back: Uint8Array;
  dashed: Uint8Array;
  stub: Uint8Array;
  thickness: Float32Array;
  points: Float32Array; // x, y, x, y ...: 3 n + 1 points of cubic curves; of a stub two of 4 points
  starts: Uint32Array; // by edge, in points; count + 1
  tensor: Uint32Array; // its name
  shape: Uint32Array; // shape and format in one text
  bytes: Float64Array; // NaN: not known
  texts: PlacedTexts; // labels and the tags of stubs
  text_starts: Uint32Array; // count + 1
}

export interface Frames {
  count: number;
  x: Float32Array;
  y: Float32Array;
  w: Float32Array;
  h: Float32Array;
  parent: Int32Array;
  color: Uint32Array;
  scope: Int32Array;
  name: Uint32Array;
  path: Uint32Array;
}

export interface LegendEntry {
  label: string;
  color: number;
}

export interface Drawing {
  title: string;
  subtitle: string;
  width: number;
  height: number;
  rightwards: boolean;
  legend_title: string;
  legend: LegendEntry[];
  notes: string[];
  texts: string[];
  boxes: Boxes;
  edges: Edges;
  frames: Frames;
}

export interface Rect {
  x: number;
  y: number;
  w: number;
  h: number;
}

export function text_of(drawing: Drawing, id: number): string {
  return id === no_text ? '' : (drawing.texts[id] ?? '');
}

export function box_rect(boxes: Boxes, box: number): Rect {
  return { x: boxes.x[box], y: boxes.y[box], w: boxes.w[box], h: boxes.h[box] };
}

export function union_rect(a: Rect | null, b: Rect): Rect {
  if (!a) return b;
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  return { x, y, w: Math.max(a.x + a.w, b.x + b.w) - x, h: Math.max(a.y + a.h, b.y + b.h) - y };
}

export const empty_texts = (): PlacedTexts => ({
  text: new Uint32Array(0), x: new Float32Array(0), y: new Float32Array(0), role: new Uint8Array(0), anchor: new Uint8Array(0),
});
