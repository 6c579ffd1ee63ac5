// Axes that people read without a second look: round steps in a unit that fits.
//
// Bytes step in powers of 1024, so they are drawn in KiB, MiB ... instead of labelling 50 000 000 B
// as 47.7 MiB; counts in thousands, millions ...; fractions as percent. What is drawn is
// value / factor; everything else (table, CSV, tooltips, filters) keeps the core's own value.

// SPDX-License-Identifier: Apache-2.0
import type { Look } from './look';

export interface AxisScale {
  factor: number;
  unit: string; // with its prefix: "MiB", "GFLOP", "%"
}

const si = ['', 'k', 'M', 'G', 'T', 'P', 'E'];
const binary = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];
const counted = ['MAC', 'FLOP'];

export function axis_scale(largest: number, unit: string): AxisScale {
  if (unit === '%') return { factor: 0.01, unit };
  if (!(largest > 0) || !Number.isFinite(largest)) return { factor: 1, unit };
  if (unit === 'B') {
    const power = Math.min(Math.max(Math.floor(Math.log2(largest) / 10), 0), binary.length - 1);
    return { factor: 1024 ** power, unit: binary[power] };
  }
  if (counted.includes(unit)) {
    const power = Math.min(Math.max(Math.floor(Math.log10(largest) / 3), 0), si.length - 1);
    return { factor: 1000 ** power, unit: si[power] + unit };
  }
  return { factor: 1, unit };
}

// "1e-05" is no label; 4 digits are enough for a tick.
export function tick_text(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e15 || size < 1e-6) return value.toExponential(0);
  if (size >= 1000) {
    const power = Math.min(Math.floor(Math.log10(size) / 3), si.length - 1);
    return `${Number((value / 1000 ** power).toPrecision(4))}${si[power]}`;
  }
  return String(Number(value.toPrecision(4)));
}

export function finite_max(values: ArrayLike<number>): number {
  let most = NaN;
  for (let i = 0; i < values.length; ++i) {
    if (Number.isFinite(values[i]) && !(values[i] <= most)) most = values[i];
  }
  return most;
}

export function finite_min(values: ArrayLike<number>): number {
  let least = NaN;
  for (let i = 0; i < values.length; ++i) {
    if (Number.isFinite(values[i]) && !(values[i] >= least)) least = values[i];
  }
  return least;
}

export function axis_name(title: string, unit: string): string {
  return unit ? `${title}, ${unit}` : title;
}

interface AxisLook {
  look: Look;
  name: string;
  compact: boolean;
}

// An axis of numbers; `min` and `max` only where the data's own will not do.
export function value_axis(
  { look, name, compact }: AxisLook,
  kind: 'x' | 'y',
  more: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    type: 'value',
    name: compact ? '' : name,
    nameLocation: kind === 'x' ? 'middle' : 'end',
    nameGap: kind === 'x' ? 26 : 12,
    nameTextStyle: { color: look.muted, fontSize: 11, align: kind === 'x' ? 'center' : 'left', padding: kind === 'y' ? [0, 0, 0, -36] : 0 },
    axisLabel: { show: !compact, color: look.muted, fontSize: 11, formatter: tick_text, hideOverlap: true },
    axisTick: { show: false },
    axisLine: { show: kind === 'x', lineStyle: { color: look.line } },
    splitLine: { show: !compact, lineStyle: { color: look.faint } },
    minorSplitLine: { show: false },
    ...more,
  };
}

export function category_axis(
  { look, name, compact }: AxisLook,
  labels: readonly string[],
  more: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    type: 'category',
    data: labels,
    name: compact ? '' : name,
    nameLocation: 'middle',
    nameGap: 26,
    nameTextStyle: { color: look.muted, fontSize: 11 },
    axisLabel: { show: !compact, color: look.muted, fontSize: 11, hideOverlap: true },
    axisTick: { show: false },
    axisLine: { lineStyle: { color: look.line } },
    ...more,
  };
}

export function grid(compact: boolean, more: Record<string, unknown> = {}): Record<string, unknown> {
  if (compact) return { left: 4, right: 4, top: 6, bottom: 4 };
  return { left: 12, right: 16, top: 30, bottom: 34, containLabel: true, ...more };
}
