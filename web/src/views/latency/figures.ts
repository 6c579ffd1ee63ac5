// The figures of a run as a table, and drift and modes as sentences.

// SPDX-License-Identifier: Apache-2.0
import { count, say } from '../../ui/units';
import type { Frame } from '../charts/kit/frame';
import type { SampleFigures } from '../compare/answers';

const titles: Record<string, string> = {
  latency_ms: 'latency', compute_ms: 'GPU compute', h2d_ms: 'copy to the GPU', d2h_ms: 'copy from the GPU', end_to_end_ms: 'end to end',
};

export function title_of_series(name: string): string {
  return titles[name] ?? name;
}

export function figures_table(rows: { title: string; figures: SampleFigures | null }[]): Frame {
  const column = (name: string, title: string, unit: string, pick: (f: SampleFigures) => number | null) => ({
    name, title, unit, values: rows.map(({ figures }) => (figures && pick(figures)) ?? NaN),
  });
  return {
    rows: rows.length,
    columns: [
      { name: 'time', title: 'time', texts: rows.map((row) => row.title) },
      column('median', 'p50', 'ms', (f) => f.median), column('p90', 'p90', 'ms', (f) => f.p90),
      column('p95', 'p95', 'ms', (f) => f.p95), column('p99', 'p99', 'ms', (f) => f.p99),
      column('mean', 'mean', 'ms', (f) => f.mean), column('min', 'min', 'ms', (f) => f.min), column('max', 'max', 'ms', (f) => f.max),
      column('count', 'inferences', '', (f) => f.count),
    ],
  };
}

function signed_percent(part: number): string {
  return `${part > 0 ? '+' : part < 0 ? '−' : ''}${(100 * Math.abs(part)).toFixed(2)} %`;
}

export function sentences_of(figures: SampleFigures | null): { text: string; warning: boolean }[] {
  if (!figures) return [];
  const sentences: { text: string; warning: boolean }[] = [];
  const { drift, modes, median_interval: interval, quartile_spread: spread } = figures;
  if (drift && drift.change !== null) {
    const moved = `from the first quarter of the run to the last the median moves by ${signed_percent(drift.change)}`;
    sentences.push({ text: drift.significant ? `Drift: ${moved}.` : `No drift to speak of: ${moved}.`, warning: drift.significant });
  }
  if (modes && modes.length > 1) {
    const peaks = modes.map((mode) => `${say(mode.center_ms, 'ms')} (${(100 * mode.share).toFixed(0)} %)`).join(', ');
    sentences.push({ text: `${count(modes.length)} modes: ${peaks}. One median describes neither.`, warning: true });
  } else if (modes) {
    sentences.push({ text: 'One mode: the latencies have a single peak.', warning: false });
  }
  if (interval) sentences.push({ text: `The median lies between ${say(interval[0], 'ms')} and ${say(interval[1], 'ms')} (99 %).`, warning: false });
  if (typeof spread === 'number') sentences.push({ text: `Half of the inferences lie within ${(100 * spread).toFixed(2)} % of the median.`, warning: false });
  return sentences;
}
