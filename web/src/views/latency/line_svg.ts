// The time series as an SVG file: the same lines, thinned to what the width shows.

// SPDX-License-Identifier: Apache-2.0
import { finite_max, finite_min, tick_text } from '../charts/kit/axes';
import { round_up_step } from '../charts/kit/bins';
import type { Look } from '../charts/kit/look';
import { running_median, thin } from './series';

interface Line {
  at: number;
  label: string;
}

export function line_svg(title: string, values: ArrayLike<number>, lines: Line[], look: Look, width: number, height: number): string {
  const [left, right, top, bottom] = [64, 14, 14, 36];
  let [low, high] = [finite_min(values), finite_max(values)];
  if (!(low <= high)) [low, high] = [0, 1];
  const room = (high - low || Math.abs(high) || 1) * 0.06;
  [low, high] = [low - room, high + room];
  const x = (at: number) => left + (at / Math.max(values.length - 1, 1)) * (width - left - right);
  const y = (value: number) => height - bottom - ((value - low) / (high - low)) * (height - top - bottom);
  const path = ({ at, value }: { at: number[]; value: number[] }) => at.map((a, i) => `${x(a).toFixed(1)},${y(value[i]).toFixed(1)}`).join(' ');
  const step = round_up_step((high - low) / 6);
  const parts: string[] = [];
  for (let tick = Math.ceil(low / step) * step; tick <= high; tick += step) {
    parts.push(`<line x1="${left}" x2="${width - right}" y1="${y(tick).toFixed(1)}" y2="${y(tick).toFixed(1)}" stroke="${look.faint}"/>`);
    parts.push(`<text x="${left - 6}" y="${(y(tick) + 4).toFixed(1)}" text-anchor="end" fill="${look.muted}">${tick_text(tick)}</text>`);
  }
  parts.push(`<polyline points="${path(thin(values, width))}" fill="none" stroke="${look.accent}" stroke-opacity="0.65"/>`);
  parts.push(`<polyline points="${path(running_median(values, 60))}" fill="none" stroke="${look.text}" stroke-width="1.75"/>`);
  for (const line of lines) {
    parts.push(`<line x1="${left}" x2="${width - right}" y1="${y(line.at).toFixed(1)}" y2="${y(line.at).toFixed(1)}" stroke="${look.bad}" stroke-dasharray="4 3"/>`);
    parts.push(`<text x="${width - right - 4}" y="${(y(line.at) - 3).toFixed(1)}" text-anchor="end" fill="${look.bad}">${line.label}</text>`);
  }
  parts.push(`<text x="${(width / 2).toFixed(0)}" y="${height - 8}" text-anchor="middle" fill="${look.muted}">inference; ${title}, ms</text>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="11"><rect width="100%" height="100%" fill="${look.surface}"/>${parts.join('')}</svg>\n`;
}
