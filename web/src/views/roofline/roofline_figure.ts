// The roofline as a figure: dots sized by time, roofs by precision, the gap to the roof, and arrows
// from an old engine's layer to the new one's.

// SPDX-License-Identifier: Apache-2.0
import { coloring_of, filter_note, inside_of, type Context } from '../charts/kit/context';
import type { Figure, Scene } from '../charts/kit/figure';
import { numbers, texts, type Frame } from '../charts/kit/frame';
import { layer_frame } from '../charts/kit/layers';
import { mix } from '../charts/kit/look';
import { drawable, drawn_rows, log_limits, scatter_figure, type ScatterParts } from '../charts/kit/scatter_figure';
import { finite_max, finite_min } from '../charts/kit/axes';
import { say } from '../../ui/units';
import { iso_time, iso_times, roof, visible_peaks, type Machine, type Peak, type Point } from './roofs';

export type Plane = 'rate' | 'work';

export interface Arrow {
  from: { x: number; y: number };
  to: { x: number; y: number };
  text: string;
  better: boolean;
}

const columns = ['intensity', 'tflops', 'flops', 'bytes_moved', 'gbps', 'time_ms', 'floor_ms', 'efficiency', 'recoverable_ms', 'bound', 'type', 'precision'];
const gap_lines = 12; // of the layers with most to win
const [label_width, label_height] = [46, 15]; // pixels that "-45.5 %" takes
const room_for_names = 0.24; // of the plot's width, right of the last dot

export function roofline_frame(context: Context, rows: readonly number[]): Frame {
  return layer_frame(context.layers, rows, columns);
}

function line(points: Point[], scene: Scene, more: Record<string, unknown>): object {
  return {
    type: 'line', data: points, silent: true, showSymbol: false, animation: false, z: 1, clip: true,
    lineStyle: { color: scene.look.muted, width: 1.25, ...(more.lineStyle as object) },
    endLabel: more.label ? { show: !scene.compact, formatter: () => more.label, color: (more.color as string) ?? scene.look.muted, fontSize: 11, align: 'right', verticalAlign: 'bottom', distance: -2, offset: [-4, -3], textBorderColor: scene.look.surface, textBorderWidth: 3 } : undefined,
  };
}

function roofs(peaks: Peak[], machine: Machine, colors: Context['hues'], from: number, to: number) {
  return (scene: Scene): object[] =>
    peaks.map((peak) => {
      const color = mix(colors.precisions[peak.precision] ?? colors.unknown, scene.look.text, 0.15);
      return line(roof(peak, machine.bandwidth_gbps, from, to), scene, { lineStyle: { color, width: 1.6 }, color, label: `${peak.precision} ${say(peak.tflops, 'TFLOP/s')}` });
    });
}

function bandwidth_label(machine: Machine, from: number, scene: Scene): object[] {
  if (machine.bandwidth_gbps === null || scene.compact) return [];
  const across = from * 2.4;
  const at: Point = [across, (across * machine.bandwidth_gbps) / 1000];
  return [{
    type: 'scatter', silent: true, symbolSize: 0.1, data: [at], z: 2,
    label: { show: true, formatter: say(machine.bandwidth_gbps, 'GB/s'), position: 'left', distance: 4, color: scene.look.muted, fontSize: 11 },
  }];
}

// From the layers with most to win up to where their floor is: the rate that the floor's time gives.
function gaps(frame: Frame, rows: readonly number[], scene: Scene): object {
  const [x, y] = [numbers(frame, 'intensity'), numbers(frame, 'tflops')];
  const [efficiency, recoverable] = [numbers(frame, 'efficiency'), numbers(frame, 'recoverable_ms')];
  const top = [...rows].filter((row) => efficiency[row] > 0 && efficiency[row] < 1 && recoverable[row] > 0)
    .sort((a, b) => recoverable[b] - recoverable[a]).slice(0, gap_lines);
  return {
    type: 'custom', silent: true, z: 1,
    renderItem: (_: unknown, api: any) => {
      const [a, b] = [api.coord([api.value(0), api.value(1)]), api.coord([api.value(0), api.value(2)])];
      return { type: 'line', shape: { x1: a[0], y1: a[1], x2: b[0], y2: b[1] }, style: { stroke: scene.look.bad, lineWidth: 1, lineDash: [3, 3], opacity: 0.75 } };
    },
    encode: { x: 0, y: [1, 2] },
    data: top.map((row) => [x[row], y[row], y[row] / efficiency[row]]),
  };
}

function arrow_series(arrows: Arrow[], factors: { x: number; y: number }, scene: Scene): object {
  let labels: { x: number; y: number }[] = []; // none over another
  const free = (x: number, y: number) => {
    if (labels.some((other) => Math.abs(other.x - x) < label_width && Math.abs(other.y - y) < label_height)) return false;
    labels.push({ x, y });
    return true;
  };
  return {
    type: 'custom', silent: true, z: 6,
    renderItem: (params: any, api: any) => {
      if (params.dataIndexInside === 0) labels = [];
      const arrow = arrows[params.dataIndex];
      const [a, b] = [api.coord([api.value(0), api.value(1)]), api.coord([api.value(2), api.value(3)])];
      const long = Math.hypot(b[0] - a[0], b[1] - a[1]);
      if (!Number.isFinite(long) || long < 8) return null;
      const [ux, uy] = [(b[0] - a[0]) / long, (b[1] - a[1]) / long];
      const [x, y] = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2 - 5];
      const color = arrow.better ? scene.look.good : scene.look.bad;
      const head = [[b[0], b[1]], [b[0] - 8 * ux + 4 * uy, b[1] - 8 * uy - 4 * ux], [b[0] - 8 * ux - 4 * uy, b[1] - 8 * uy + 4 * ux]];
      return {
        type: 'group',
        children: [
          { type: 'line', shape: { x1: a[0], y1: a[1], x2: b[0] - 6 * ux, y2: b[1] - 6 * uy }, style: { stroke: color, lineWidth: 1.4, lineDash: [5, 3] } },
          { type: 'polygon', shape: { points: head }, style: { fill: color } },
          ...(arrow.text && long > 40 && free(x, y) ? [{ type: 'text', z2: 10, style: { text: arrow.text, x, y, fill: color, fontSize: 11, textAlign: 'center', textVerticalAlign: 'bottom', stroke: scene.look.surface, lineWidth: 3 } }] : []),
        ],
      };
    },
    encode: { x: [0, 2], y: [1, 3] },
    data: arrows.map((a) => [a.from.x / factors.x, a.from.y / factors.y, a.to.x / factors.x, a.to.y / factors.y]),
  };
}

// Limits that show dots, ends of arrows, the ridge points and the roofs.
function limits_of(parts: ScatterParts, extra: Point[]): { x: [number, number]; y: [number, number] } {
  const rows = drawn_rows(parts);
  const reach = (name: string, at: 0 | 1): [number, number] => {
    const values = [...rows.map((row) => numbers(parts.frame, name)[row]), ...extra.map((p) => p[at])].filter((v) => drawable(v, true));
    return log_limits(finite_min(values), finite_max(values));
  };
  return { x: reach(parts.x, 0), y: reach(parts.y, 1) };
}

export function roofline_figure(
  context: Context, rows: readonly number[], machine: Machine, plane: Plane, color: string, arrows: Arrow[],
): Figure {
  const frame = roofline_frame(context, rows);
  const words = new Set(texts(frame, 'precision').filter((word): word is string => word !== null));
  const peaks = visible_peaks(machine, words);
  const base: ScatterParts = {
    id: 'roofline',
    title: plane === 'rate' ? 'Rate and intensity' : 'Work and bytes',
    summary: `${rows.length} layers; the dot's area is its time`,
    notes: [
      'area: time',
      ...(plane === 'work' && peaks[0] ? [`along an L the floor takes the same time, at the peak of ${peaks[0].precision}`] : []),
      ...(plane === 'rate' ? ['red dashes: from the layers with most to win up to their floor'] : []),
      ...filter_note(context, rows),
    ],
    frame,
    x: plane === 'rate' ? 'intensity' : 'bytes_moved',
    y: plane === 'rate' ? 'tflops' : 'flops',
    size: 'time_ms',
    logarithmic: { x: true, y: true },
    coloring: coloring_of(context, rows, color),
    inside: inside_of(context, rows),
    height: 480,
  };
  const ends: Point[] = arrows.flatMap((a): Point[] => [[a.from.x, a.from.y], [a.to.x, a.to.y]]);
  const corners: Point[] = plane === 'rate' && machine.bandwidth_gbps !== null
    ? peaks.map((peak) => [(peak.tflops * 1000) / machine.bandwidth_gbps! * 1.6, peak.tflops * 1.25]) : [];
  const limits = limits_of(base, [...ends, ...corners]);
  if (plane === 'rate') limits.x[1] *= (limits.x[1] / limits.x[0]) ** (room_for_names / (1 - room_for_names));
  const drawn = drawn_rows(base);
  const under = (scene: Scene): object[] =>
    plane === 'rate'
      ? [...roofs(peaks, machine, context.hues, limits.x[0], limits.x[1])(scene), ...bandwidth_label(machine, limits.x[0], scene), gaps(frame, drawn, scene)]
      : iso_lines(frame, peaks, machine, [limits.x[0], limits.y[0]], scene);
  return scatter_figure({ ...base, limits, under, over: (scene, factors) => (arrows.length > 0 ? [arrow_series(arrows, factors, scene)] : []) });
}

function iso_lines(frame: Frame, peaks: Peak[], machine: Machine, low: Point, scene: Scene): object[] {
  const peak = peaks[0];
  if (!peak || machine.bandwidth_gbps === null) return [];
  // Those whose foot stands in the plot.
  const shown = iso_times(numbers(frame, 'floor_ms')).filter((ms) => ms * machine.bandwidth_gbps! * 1e6 > low[0]);
  return shown.map((ms) => ({
    ...line(iso_time(ms, peak, machine.bandwidth_gbps!, low), scene, { lineStyle: { color: scene.look.muted, width: 1, type: 'dotted' } }),
    endLabel: { show: !scene.compact, formatter: () => `${Number(ms.toPrecision(3))} ms`, color: scene.look.muted, fontSize: 11, align: 'left', verticalAlign: 'bottom', distance: 4 },
  }));
}
