// The totals of a diff as lines: from, to, change, and whether the change is real.

// SPDX-License-Identifier: Apache-2.0
import type { Diff, DiffTotal } from './answers';

export interface TotalLine {
  key: string;
  label: string;
  unit: string;
  total: DiffTotal;
  better: 'lower' | 'higher' | 'neither';
}

const specs: [string, string, string, TotalLine['better']][] = [
  ['end_to_end_ms', 'end to end, median', 'ms', 'lower'],
  ['p90_ms', 'p90', 'ms', 'lower'],
  ['p95_ms', 'p95', 'ms', 'lower'],
  ['p99_ms', 'p99', 'ms', 'lower'],
  ['throughput_qps', 'throughput', 'qps', 'higher'],
  ['layer_time_ms', 'sum of the layers', 'ms', 'lower'],
  ['layer_count', 'layers', '', 'neither'],
  ['reformat_count', 'Reformat layers', '', 'lower'],
  ['reformat_ms', 'time of Reformats', 'ms', 'lower'],
  ['weights_bytes', 'weights', 'B', 'lower'],
  ['activation_bytes', 'activations', 'B', 'lower'],
  ['peak_activation_bytes', 'peak of activations', 'B', 'lower'],
  ['engine_bytes', 'engine file', 'B', 'lower'],
];

export function total_spec(key: string): { label: string; unit: string; better: TotalLine['better'] } {
  const found = specs.find(([name]) => name === key);
  return found ? { label: found[1], unit: found[2], better: found[3] } : { label: key.replaceAll('_', ' '), unit: '', better: 'neither' };
}

// In the order above; what the core adds one day stands at the end.
export function total_lines(diff: Diff): TotalLine[] {
  const known = specs.map(([key]) => key);
  const keys = [...known.filter((key) => key in diff.totals), ...Object.keys(diff.totals).filter((key) => !known.includes(key))];
  return keys.map((key) => ({ key, ...total_spec(key), total: diff.totals[key] }));
}

// "+12.3 %"; "" when unknown.
export function signed_percent(ratio: number | null): string {
  if (ratio === null || !Number.isFinite(ratio)) return '';
  const text = (100 * Math.abs(ratio)).toFixed(Math.abs(ratio) >= 0.1 ? 1 : 2);
  return Number(text) === 0 ? '0 %' : `${ratio > 0 ? '+' : '−'}${text} %`;
}

// How that change is felt; noise and unknown are neither good nor bad.
export function verdict({ total, better }: TotalLine): 'good' | 'bad' | '' {
  if (better === 'neither' || total.delta === null || total.delta === 0 || total.significant === false) return '';
  return total.delta < 0 === (better === 'lower') ? 'good' : 'bad';
}

export function noise_text({ total }: TotalLine): string {
  if (total.significant === undefined) return '';
  if (total.significant === null) return 'not known whether this is noise: both need a timing file';
  const [low, high] = total.interval ?? [NaN, NaN];
  const range = Number.isFinite(low) ? `; 99 % interval ${signed_percent(low)} to ${signed_percent(high)}` : '';
  return (total.significant ? 'real, not noise' : 'may be noise') + range;
}
