// A history as tables: the engines of a series, what a change is made of, and the trends of its parts.

// SPDX-License-Identifier: Apache-2.0
import type { HistoryChange, HistoryPart, HistorySeries, HistoryTrend } from '../../core/reports';
import { unknown } from '../../ui/units';
import type { Frame } from '../charts/kit/frame';

const number = (value: number | null | undefined) => value ?? NaN;

// "+6.33 %", as `trex history` rounds it.
export function percent(part: number | null | undefined): string {
  if (part === null || part === undefined || !Number.isFinite(part)) return unknown;
  const text = (100 * Math.abs(part)).toFixed(Math.abs(part) < 0.1 ? 2 : 1);
  return `${part < 0 ? '−' : '+'}${text} %`;
}

// When an engine of the series was: its date, else its name.
export function moment(series: HistorySeries, index: number): string {
  const engine = series.engines[index];
  return (series.by_name ? engine.label : engine.date) ?? engine.label;
}

// "2026-01-05 to 2026-01-28".
export function span(series: HistorySeries): string {
  const [first, last] = [series.engines[0]?.date, series.engines.at(-1)?.date];
  if (!first || !last) return unknown;
  return first === last ? first : `${first} to ${last}`;
}

// What is to be said of each engine: a change that begins there, or that it stands alone.
function remarks(series: HistorySeries): (string | null)[] {
  const said: (string | null)[] = series.engines.map(() => null);
  for (const index of series.stand_alone) said[index] = 'stands alone';
  for (const change of series.changes) said[change.index] = percent(change.change);
  return said;
}

// A row an engine, in the order of time.
export function engines_frame(series: HistorySeries): Frame {
  const { engines, metric, metric_label, unit } = series;
  const dates = series.by_name ? [] : [{ name: 'date', title: 'date', texts: engines.map((one) => one.date) }];
  const levels = series.changes.length > 0
    ? [{ name: 'level', title: 'level', unit, values: engines.map((one) => number(one.level)) }] : [];
  return {
    rows: engines.length,
    columns: [
      { name: 'engine', title: 'engine', texts: engines.map((one) => one.label) },
      ...dates,
      { name: metric, title: metric_label, unit, values: engines.map((one) => number(one.value)) },
      ...levels,
      { name: 'what', title: 'what', texts: remarks(series) },
      { name: 'tensorrt_version', title: 'TensorRT', texts: engines.map((one) => one.tensorrt_version) },
      { name: 'path', title: 'file', texts: engines.map((one) => one.path) },
    ],
  };
}

const kinds = [
  { kind: 'block', title: 'Blocks' }, { kind: 'type', title: 'Types' }, { kind: 'precision', title: 'Precisions' },
  { kind: 'layer', title: 'Layers of these two engines' },
] as const;

// One table a kind of part that the change has.
export function change_frames(change: HistoryChange): { title: string; frame: Frame }[] {
  return kinds.flatMap(({ kind, title }) => {
    const parts = change.parts.filter((part) => part.kind === kind);
    return parts.length > 0 ? [{ title, frame: parts_frame(kind, parts) }] : [];
  });
}

function parts_frame(kind: string, parts: HistoryPart[]): Frame {
  const noise = parts.some((part) => part.significant !== null)
    ? [{ name: 'significant', title: 'real', texts: parts.map((part) => verdict_of(part.significant)) }] : [];
  return {
    rows: parts.length,
    columns: [
      { name: kind, title: kind, texts: parts.map((part) => part.name || 'unknown') },
      { name: 'delta_ms', title: 'change', unit: 'ms', values: parts.map((part) => number(part.delta_ms)) },
      { name: 'before_ms', title: 'before', unit: 'ms', values: parts.map((part) => number(part.before_ms)) },
      { name: 'after_ms', title: 'after', unit: 'ms', values: parts.map((part) => number(part.after_ms)) },
      ...noise,
    ],
  };
}

function verdict_of(significant: boolean | null): string | null {
  if (significant === null) return null;
  return significant ? 'yes' : 'may be noise';
}

export interface Trend extends HistoryTrend {
  change: number | null; // from its first level to its last; null where it did not change
}

// Those that changed most first; then the others, the largest first.
export function trends_of(list: readonly HistoryTrend[]): Trend[] {
  const moved = ({ first_ms, last_ms }: HistoryTrend) => Math.abs(number(last_ms) - number(first_ms)) || 0;
  const changed = (one: HistoryTrend) => one.changed_at !== null;
  const order = [...list].sort((a, b) => {
    if (changed(a) !== changed(b)) return changed(a) ? -1 : 1;
    return changed(a) ? moved(b) - moved(a) : (number(b.last_ms) || 0) - (number(a.last_ms) || 0);
  });
  return order.map((one) => ({
    ...one, change: changed(one) && one.first_ms && one.last_ms !== null ? one.last_ms / one.first_ms - 1 : null,
  }));
}

// For a file: with the time of every engine.
export function trends_frame(what: string, trends: readonly Trend[], series: HistorySeries): Frame {
  const at = trends.map(({ changed_at }) => (changed_at === null ? null : moment(series, changed_at)));
  return {
    rows: trends.length,
    columns: [
      { name: what, title: what, texts: trends.map((one) => one.name || null) },
      { name: 'first_ms', title: 'first', unit: 'ms', values: trends.map((one) => number(one.first_ms)) },
      { name: 'last_ms', title: 'last', unit: 'ms', values: trends.map((one) => number(one.last_ms)) },
      { name: 'change', title: 'change', unit: '%', values: trends.map((one) => number(one.change)) },
      { name: 'changed_at', title: 'changed at', texts: at },
      ...series.engines.map((engine, i) => ({
        name: engine.label, title: engine.label, unit: 'ms', values: trends.map((one) => number(one.time_ms[i])),
      })),
    ],
  };
}

// What the address asks for, where there is such a row.
export function place_in(list: readonly unknown[], text: string | undefined): number | null {
  const place = /^\d{1,9}$/.test(text ?? '') ? Number(text) : NaN;
  return place < list.length ? place : null;
}
