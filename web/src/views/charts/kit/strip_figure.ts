// Which word has each layer, in execution order? Rows of coloured cells: input, math and output
// precision, one above the other.

// SPDX-License-Identifier: Apache-2.0
import { category_axis } from './axes';
import { between } from '../../../state/where';
import type { BrushRange, Figure, Scene } from './figure';
import { numbers, type Frame } from './frame';
import { mix } from './look';

export interface StripParts {
  id: string;
  title: string;
  summary: string;
  notes: string[];
  frame: Frame; // `index` and the words
  bands: { title: string; colors: readonly string[] }[]; // top first; a colour for each row
  legend: Figure['coloring'];
  inside: ArrayLike<number> | null;
}

function cells(parts: StripParts, scene: Scene): object {
  const { rows } = parts.frame;
  return {
    type: 'custom',
    renderItem: (_: unknown, api: any) => {
      const [row, band] = [api.value(0), api.value(1)];
      const center = api.coord([row, band]);
      const [width, height] = api.size([1, 1]);
      const gap = width > 4 ? 1 : 0;
      // On whole pixels: neighbours would mix their colours.
      const left = Math.round(center[0] - width / 2);
      const right = Math.max(Math.round(center[0] + width / 2) - gap, left + 1);
      return {
        type: 'rect',
        shape: { x: left, y: center[1] - height * 0.42, width: right - left, height: height * 0.84 },
        style: { fill: api.visual('color') },
      };
    },
    progressive: 0,
    data: parts.bands.flatMap((band, place) =>
      Array.from({ length: rows }, (_, row) => {
        const pale = parts.inside !== null && !parts.inside[row];
        return { value: [row, place, row], itemStyle: { color: pale ? mix(band.colors[row], scene.look.surface, 0.8) : band.colors[row] } };
      }),
    ),
    encode: { x: 0, y: 1 },
    cursor: 'pointer',
  };
}

function selected(at: number[], scene: Scene): object {
  return {
    id: 'selected', type: 'line', data: [], silent: true,
    markLine: {
      precision: 12, // the default rounds places to two digits
      symbol: 'none', silent: true, animation: false, label: { show: false },
      lineStyle: { color: scene.look.accent, width: 2, type: 'solid' },
      data: at.map((x) => ({ xAxis: x })),
    },
  };
}

export function strip_figure(parts: StripParts): Figure {
  const { frame } = parts;
  const index = numbers(frame, 'index');
  const of_layer = new Map<number, number>();
  for (let row = 0; row < frame.rows; ++row) for (const layer of frame.layers?.(row) ?? []) of_layer.set(layer, row);
  const clamp = (x: number) => Math.min(Math.max(Math.round(x), 0), frame.rows - 1);
  return {
    ...parts,
    coloring: parts.legend,
    height: 90 + parts.bands.length * 46,
    empty: frame.rows === 0 ? 'no layers' : undefined,
    option: (scene) => ({
      animation: false,
      grid: scene.compact ? { left: 4, right: 4, top: 4, bottom: 4 } : { left: 12, right: 16, top: 10, bottom: 34, containLabel: true },
      xAxis: category_axis({ ...scene, name: 'layer, in execution order' }, Array.from(index, String)),
      yAxis: category_axis({ ...scene, name: '' }, parts.bands.map((b) => b.title), { inverse: true, axisLine: { show: false } }),
      series: [cells(parts, scene), selected([], scene)],
    }),
    mark: (layer, scene) => {
      const row = layer === null ? undefined : of_layer.get(layer);
      return [selected(row === undefined ? [] : [row], scene)];
    },
    row_at: (x) => (frame.rows > 0 ? clamp(x) : null),
    brush: {
      kind: 'lineX',
      where: ({ x }: BrushRange) => (x && frame.rows > 0 ? between('index', index[clamp(x[0])], index[clamp(x[1])]) : null),
    },
  };
}
