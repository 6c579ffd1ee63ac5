// What the reports of the command line hold as JSON, as far as the page reads them by name.
//
// The core writes them exactly as `trex summary --json` and the others do. null: unknown.

// SPDX-License-Identifier: Apache-2.0
export type Maybe<T> = T | null;

export interface Figures {
  count?: number;
  min: Maybe<number>;
  max: Maybe<number>;
  mean: Maybe<number>;
  median: Maybe<number>;
  p90: Maybe<number>;
  p95: Maybe<number>;
  p99: Maybe<number>;
}

export interface Binding {
  name: string;
  mode: string;
  datatype: Maybe<string>;
  format: Maybe<string>;
  dims: Maybe<number[]>;
  bytes: Maybe<number>;
  location: Maybe<string>;
  shape_inference: Maybe<boolean>;
  opt_profile: Maybe<number>;
  min_dims: Maybe<number[]>;
  opt_dims: Maybe<number[]>;
  max_dims: Maybe<number[]>;
}

export interface Mix {
  count: number;
  time_ms: Maybe<number>;
  share: Maybe<number>;
  io_bytes: Maybe<number>;
  weights_bytes: Maybe<number>;
}

export interface Device {
  name: Maybe<string>;
  compute_capability: Maybe<string>;
  sms: Maybe<number>;
  clock_mhz: Maybe<number>;
  bandwidth_gbps: Maybe<number>;
  memory_bytes: Maybe<number>;
  [key: string]: unknown;
}

export interface Summary {
  name: string;
  schema: Maybe<string>;
  tensorrt_version: Maybe<string>;
  verbosity: Maybe<string>;
  layer_count: number;
  file_layer_count: number;
  layer_time_ms: Maybe<number>;
  end_to_end_ms: Maybe<Figures & { source: string }>;
  difference: Maybe<string>;
  weights_bytes: Maybe<number>;
  activation_bytes: Maybe<number>;
  peak_activation_bytes: Maybe<number>;
  bindings: Binding[];
  optimization_profiles: unknown[];
  by_precision: (Mix & { precision: Maybe<string> })[];
  by_type: (Mix & { type: Maybe<string> })[];
  top_layers: { index: number; name: string; time_ms: Maybe<number>; share: Maybe<number> }[];
  device: Maybe<Device>;
  builder: Maybe<Record<string, unknown>>;
  performance: Maybe<Record<string, unknown> & { throughput_qps?: Maybe<number> }>;
  inference: Maybe<Record<string, unknown>>;
  sources: { kind: string; path: string; how: string }[];
  notes: (string | Record<string, unknown>)[];
  [key: string]: unknown;
}

export interface Issue {
  severity: string;
  message: string;
  [key: string]: unknown;
}

export interface Check {
  name: string;
  paired: Maybe<{
    layers: number;
    shown_layers: number;
    profile_rows: number;
    matched: number;
    joined_by: Maybe<string>;
    iterations: Maybe<number>;
    unmatched: string[];
  }>;
  sources: Summary['sources'];
  issues: Issue[];
  notes: (string | Record<string, unknown>)[];
  [key: string]: unknown;
}

export type Severity = 'error' | 'warning' | 'note';

export interface Finding {
  engine: string;
  rule: string;
  code: string;
  group: string;
  severity: Severity;
  message: string;
  layers: string[];
  indices: number[];
  tensors: string[];
  source_ops: string[];
  evidence: Record<string, unknown>;
  measured_ms: Maybe<number>;
  recoverable_ms: Maybe<number>;
  confidence: string;
  mitigation: Maybe<string>;
  fingerprint: string;
  [key: string]: unknown;
}

export interface Positive {
  id: string;
  message: string;
  evidence: Record<string, unknown>;
}

export interface Lint {
  findings: Finding[];
  positives: Positive[];
  notes: unknown[];
  skipped: unknown[];
  engines: {
    name: string;
    layer_time_ms: Maybe<number>;
    recoverable_ms: Maybe<number>;
    best_ms: Maybe<number>;
    below_min_ms: Maybe<number>;
  }[];
}

export interface ShownTensor {
  role: string;
  port: number;
  name: string;
  dims: Maybe<number[]>;
  format: Maybe<string>;
  datatype: Maybe<string>;
  location: Maybe<string>;
  bytes: Maybe<number>;
  bytes_lower_bound: boolean;
  raw_format: Maybe<string>;
  layers: number[];
  layer: string;
}

export interface Neighbour {
  index: number;
  name: string;
  type: Maybe<string>;
  precision: Maybe<string>;
  time_ms: Maybe<number>;
}

export interface Shown {
  index: number;
  name: string;
  tensors: ShownTensor[];
  predecessors: Neighbour[];
  successors: Neighbour[];
  raw?: unknown;
  text?: string;
  [column: string]: unknown;
}

export interface Explained {
  word: string;
  kind: string;
  text: string;
  sources?: string[];
  [key: string]: unknown;
}

export interface HistoryEngine {
  engine_id: string;
  engine: string;
  label: string; // what sets it apart from the others of its series
  date: Maybe<string>;
  tensorrt_version: Maybe<string>;
  gpu: Maybe<string>;
  path: Maybe<string>;
  precision_flags: Maybe<string>;
  value: Maybe<number>;
  level: Maybe<number>; // median of the level that it is in; null without a change
}

export interface HistoryPart {
  kind: 'block' | 'type' | 'precision' | 'layer';
  name: string;
  before_ms: Maybe<number>;
  after_ms: Maybe<number>;
  delta_ms: Maybe<number>;
  significant: Maybe<boolean>;
}

export interface HistoryChange {
  index: number; // the engine that begins the new level
  before: Maybe<number>;
  after: Maybe<number>;
  change: Maybe<number>;
  worse: boolean;
  sentence: string;
  differs: { what: string; before: string; after: string }[];
  parts: HistoryPart[];
  [key: string]: unknown;
}

export interface HistoryTrend {
  name: string;
  first_ms: Maybe<number>;
  last_ms: Maybe<number>;
  changed_at: Maybe<number>;
  time_ms: Maybe<number>[]; // by engine
}

export interface HistorySeries {
  title: string;
  verdict: string; // whether changes were looked for, and against how much noise
  batch_size: Maybe<number>;
  metric: string;
  metric_label: string;
  unit: string;
  better: number; // -1: lower is better, 1: higher, 0: neither
  by_name: boolean; // no engine has a date
  engines: HistoryEngine[];
  changes: HistoryChange[];
  stand_alone: number[];
  by_scope: HistoryTrend[];
  by_type: HistoryTrend[];
  by_precision: HistoryTrend[];
  [key: string]: unknown;
}

export interface ModelHistory {
  model: string;
  engine_count: number;
  remarks: string[]; // what was left out, in words
  series: HistorySeries[];
  [key: string]: unknown;
}
