// What `diff` and `compare` answer: the members of the command line's JSON that the view shows.

// SPDX-License-Identifier: Apache-2.0
type Maybe = number | null;

export interface WaterfallStep {
  cause: string;
  title: string;
  delta_ms: Maybe;
  faster_ms: Maybe;
  slower_ms: Maybe;
  count: Maybe;
  from_ms: Maybe;
  to_ms: Maybe;
  details: { what: string; count: number; delta_ms: Maybe; example: string }[];
}

export interface DiffTotal {
  a: Maybe;
  b: Maybe;
  delta: Maybe;
  ratio: Maybe; // b / a - 1
  interval?: [number, number] | null;
  p?: Maybe;
  significant?: boolean | null;
}

export interface Pair {
  a: string[];
  b: string[];
  a_indices: number[];
  b_indices: number[];
  relation: string; // 1-1, 1-n ..., added, removed
  reason: string;
  confidence: Maybe;
  time_a_ms: Maybe;
  time_b_ms: Maybe;
  delta_ms: Maybe;
  speedup: Maybe;
  changes: string[];
  cause: string;
  layer: string;
  type: string | null;
  precision: string | null;
  format: string | null;
  tactic: string | null;
  interval_low_ms: Maybe;
  interval_high_ms: Maybe;
  p: Maybe;
  significant: boolean | null;
}

export interface SampleFigures {
  count: number;
  median: Maybe;
  p90: Maybe;
  p95: Maybe;
  p99: Maybe;
  mean: Maybe;
  min: Maybe;
  max: Maybe;
  deviation?: Maybe;
  quartile_spread?: Maybe;
  correlation_time?: Maybe;
  median_interval?: [number, number] | null;
  drift?: { change: Maybe; p: Maybe; significant: boolean } | null;
  modes?: { center_ms: number; share: number }[];
}

export interface Diff {
  a: { name: string; device: string | null; tensorrt_version: string | null; batch: Maybe };
  b: { name: string; device: string | null; tensorrt_version: string | null; batch: Maybe };
  comparability: { what: string; message: string; serious: boolean }[];
  waterfall: WaterfallStep[];
  totals: Record<string, DiffTotal>;
  statistics?: { a: SampleFigures | null; b: SampleFigures | null } | null;
  by_precision: { precision: string; count_a: number; count_b: number; time_a_ms: Maybe; time_b_ms: Maybe }[];
  findings: { added: string[]; removed: string[]; kept: number };
  pairs: Pair[];
}

export interface EngineTotals {
  engine: string;
  [figure: string]: string | number | null;
}

export interface ByWord {
  [word: string]: string | null | (number | null)[];
}

export interface Comparison {
  engines: { name: string; label: string; tensorrt_version: string | null; device: { name?: string } | null }[];
  totals: EngineTotals[];
  by_type: ByWord[];
  by_precision: ByWord[];
  by_scope: ByWord[];
}
