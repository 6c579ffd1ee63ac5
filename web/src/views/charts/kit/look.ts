// What do charts look like? Colours and fonts from the page's CSS variables, so that light, dark and
// print follow the page without a word in any chart.

// SPDX-License-Identifier: Apache-2.0
export interface Look {
  dark: boolean;
  text: string; // titles, values
  muted: string; // axis labels
  faint: string; // hairlines, split lines
  line: string; // axis lines, borders
  surface: string; // behind the chart
  raised: string; // tooltips
  accent: string; // the selection
  good: string; // faster
  bad: string; // slower
  font: string;
  still: boolean; // no animation
}

function variable(style: CSSStyleDeclaration, names: string[], otherwise: string): string {
  for (const name of names) {
    const value = style.getPropertyValue(name).trim();
    if (value) return value;
  }
  return otherwise;
}

// Any CSS colour as "#rrggbb".
let pen: CanvasRenderingContext2D | null | undefined;
function hex(color: string): string {
  if (/^#[0-9a-f]{6}$/i.test(color)) return color;
  pen ??= document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  if (!pen) return '#808080';
  pen.fillStyle = '#808080';
  pen.fillStyle = color;
  pen.fillRect(0, 0, 1, 1);
  const [red, green, blue] = pen.getImageData(0, 0, 1, 1).data;
  return `#${[red, green, blue].map((c) => c.toString(16).padStart(2, '0')).join('')}`;
}

export function look_of(element: Element): Look {
  const style = getComputedStyle(element);
  const dark = variable(style, ['color-scheme'], '').includes('dark') ||
    document.documentElement.dataset.theme === 'dark';
  const pick = (names: string[], light: string, night: string) =>
    hex(variable(style, names, dark ? night : light));
  return {
    dark,
    text: pick(['--text'], '#1c2128', '#e6e9ee'),
    muted: pick(['--muted'], '#5f6b7a', '#98a3b3'),
    faint: pick(['--faint'], '#e9ecf0', '#262c35'),
    line: pick(['--line'], '#d3d9e0', '#3a424e'),
    surface: pick(['--surface'], '#ffffff', '#14181e'),
    raised: pick(['--raised'], '#ffffff', '#1d232b'),
    accent: pick(['--accent'], '#0b62d6', '#6aa8ff'),
    good: pick(['--good'], '#00845f', '#2fbf93'),
    bad: pick(['--bad'], '#cc4125', '#f0805f'),
    font: style.fontFamily || 'system-ui, sans-serif',
    still: matchMedia('(prefers-reduced-motion: reduce)').matches,
  };
}

// `part` of the way from colour a to colour b, both "#rrggbb".
export function mix(a: string, b: string, part: number): string {
  const channels = (color: string) => {
    const value = Number.parseInt(color.slice(1), 16);
    return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
  };
  const [from, to] = [channels(a), channels(b)];
  const mixed = from.map((c, i) => Math.round(c + (to[i] - c) * part));
  return `#${mixed.map((c) => c.toString(16).padStart(2, '0')).join('')}`;
}

// A place on a list of colours, 0: the first, 1: the last.
export function ramp(colors: readonly string[], part: number): string {
  const place = Math.min(Math.max(part, 0), 1) * (colors.length - 1);
  const low = Math.min(Math.floor(place), colors.length - 2);
  return mix(colors[low], colors[low + 1], place - low);
}
