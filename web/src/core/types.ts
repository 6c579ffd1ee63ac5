// Every call of the core (trex/page/calls.cpp): what it takes and what it answers.
//
// Layers are row numbers of the engine's layer table, the same everywhere. What the command line
// prints as JSON comes as it is; `Json` marks those not spelled out here.

// SPDX-License-Identifier: Apache-2.0
import type { Check, Explained, Lint, Shown, Summary } from './reports';
import type { Drawing } from '../views/graph/scene/drawing';
import type { ScopeTree } from '../views/graph/scene/owners';

export type Json = Record<string, any>;

export type ColumnType = 'real' | 'integer' | 'bool' | 'text' | 'integers' | 'texts';

export interface ColumnInfo {
  name: string;
  unit: string;
  doc: string;
  type: ColumnType;
}

// Numbers: NaN is unknown. Texts: ids into `texts`, unknown_text where unknown. Lists: row r has the
// values from starts[r] to starts[r + 1].
export interface CoreColumn extends ColumnInfo {
  values: Float64Array | Uint32Array | Uint8Array;
  texts?: string[];
  starts?: Uint32Array;
  unknown?: Uint8Array; // of lists: 1 where the list itself is unknown
}
export const unknown_text = 0xffffffff;

export interface CoreTable {
  rows: number;
  columns: CoreColumn[];
}

export interface OpenedEngine {
  id: number;
  name: string;
  files: { role: string; name: string; how: string }[];
}

export type BothColors = { light: string; dark: string };

interface Filter {
  engine: number;
  where?: string;
  sort?: string[];
  all?: boolean;
}

type Call<Args, Answer> = { args: Args; answer: Answer };
type OfEngine<Answer> = Call<{ engine: number }, Answer>;

export interface Calls {
  open: Call<{ files: string[]; [explicit: string]: unknown }, { engines: OpenedEngine[]; errors: string[] }>;
  close: OfEngine<Json>;
  summary: OfEngine<Summary>;
  check: OfEngine<Check>;
  columns: Call<{ engine?: number }, { columns: ColumnInfo[]; attributes: string[] }>;
  layers: Call<{ engine: number; columns?: string[]; lint?: boolean }, { table: CoreTable } & CoreTable>;
  select: Call<Filter & { top?: number }, { rows: Uint32Array }>;
  group: Call<Filter & { by: string[]; aggregates?: string[] }, { table: CoreTable } & CoreTable>;
  lint: OfEngine<Lint>;
  lint_step: OfEngine<{ left: number }>;
  show: Call<{ engine: number; layer: number }, Shown>;
  explain: Call<{ word: string }, Explained>;
  glossary: Call<object, Json>;
  colors: Call<
    object,
    {
      types: Record<string, BothColors>;
      precisions: Record<string, BothColors>;
      severities: Record<string, BothColors>;
      heat: BothColors[];
      others: BothColors[];
      unknown: BothColors;
    }
  >;
  memory: OfEngine<Json>;
  timing: OfEngine<Json>;
  roofline: OfEngine<Json>;
  source_ops: OfEngine<Json>;
  graph_open: Call<{ engine: number; [option: string]: unknown }, Drawing & { view: number; scopes: ScopeTree }>;
  graph_toggle: Call<{ view: number; scope: number; open: boolean }, Drawing>;
  graph_reveal: Call<{ view: number; layer: number }, Drawing>;
  graph_find: Call<
    { view: number; kind: 'pattern' | 'path' | 'regex' | 'beam'; text?: string; layers?: number[]; radius?: number },
    { rows: Uint32Array }
  >;
  graph_svg: Call<{ view: number; color?: string; hover?: boolean }, { svg: string }>;
  graph_close: Call<{ view: number }, object>;
  diff: Call<{ a: number; b: number }, Json>;
  compare: Call<{ engines: number[]; baseline: number }, Json>;
  render: Call<{ engine: number; report: string; format: string; [argument: string]: unknown }, { text: string }>;
}
