// The colours of the canvas that are no data's: page, text, lines. As in the SVG of `trex draw`.

// SPDX-License-Identifier: Apache-2.0

export interface Looks {
  dark: boolean;
  page: number;
  body: number;
  text: number;
  faint: number;
  line: number;
  frame: number;
  frame_line: number;
  tag: number;
  lit: number; // matches
  accent: number; // selection
  band: number; // how far a colour is mixed into the body
  pill: number;
}

export const light_looks: Looks = {
  dark: false, page: 0xffffff, body: 0xffffff, text: 0x1f2328, faint: 0x57606a, line: 0x8c959f, frame: 0xf6f8fa,
  frame_line: 0xc4ccd4, tag: 0xfff4d6, lit: 0xcf222e, accent: 0x0969da, band: 0.68, pill: 0.84,
};
export const dark_looks: Looks = {
  dark: true, page: 0x0d1117, body: 0x161b22, text: 0xe6edf3, faint: 0x9ea7b3, line: 0x6e7681, frame: 0x10151c,
  frame_line: 0x3d444d, tag: 0x3a3016, lit: 0xff7b72, accent: 0x58a6ff, band: 0.52, pill: 0.74,
};

export function css(color: number, alpha = 1): string {
  const [r, g, b] = [color >> 16, (color >> 8) & 255, color & 255];
  return alpha >= 1 ? `rgb(${r},${g},${b})` : `rgba(${r},${g},${b},${alpha})`;
}

export function mix(a: number, b: number, part: number): number {
  const channel = (shift: number): number => {
    const [x, y] = [(a >> shift) & 255, (b >> shift) & 255];
    return Math.round(x + (y - x) * part) << shift;
  };
  return channel(16) | channel(8) | channel(0);
}

// "#rrggbb" or "rgb(r, g, b)" of a style; null: neither.
export function parse_color(text: string): number | null {
  const hex = /^\s*#([0-9a-f]{6})\s*$/i.exec(text);
  if (hex) return parseInt(hex[1], 16);
  const rgb = /^\s*rgba?\(\s*(\d+)[,\s]+(\d+)[,\s]+(\d+)/.exec(text);
  return rgb ? (Number(rgb[1]) << 16) | (Number(rgb[2]) << 8) | Number(rgb[3]) : null;
}

// The looks on a page of that colour: frames a shade off it, as wells are.
export function on_page(looks: Looks, page: number): Looks {
  return { ...looks, page, frame: mix(page, looks.dark ? 0xffffff : 0, looks.dark ? 0.045 : 0.03) };
}
