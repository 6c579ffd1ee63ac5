// What the layer panel says of a layer, in groups: the columns of `trex show` with a value.

// SPDX-License-Identifier: Apache-2.0
import type { Shown } from '../core/reports';
import type { ColumnInfo } from '../core/types';
import { cell_text, say } from '../ui/units';

export interface Fact {
  name: string;
  label: string;
  value: string;
  doc: string;
}

// Those not named here are in 'more'; those of the head are in none.
const groups: { title: string; names: string[] }[] = [
  { title: 'Time', names: ['time_ms', 'median_ms', 'share', 'total_ms', 'floor_ms', 'recoverable_ms', 'efficiency', 'bound'] },
  { title: 'Work', names: ['work', 'macs', 'flops', 'm', 'n', 'k', 'gemm_count', 'groups', 'bytes_moved', 'intensity', 'tflops', 'gbps', 'work_reason'] },
  { title: 'Memory', names: ['io_bytes', 'weights_bytes', 'weights_type', 'weights_count', 'footprint_bytes', 'live_bytes', 'born_bytes', 'freed_bytes'] },
  { title: 'Precision', names: ['precision', 'precision_reason', 'input_precision', 'output_precision', 'tensor_core', 'tensor_core_rule', 'origin'] },
  { title: 'Kernel', names: ['tactic', 'tactic_value', 'subtype', 'activation', 'architecture', 'instruction', 'tile_m', 'tile_n', 'tile_k', 'stages'] },
  { title: 'Place', names: ['scope', 'stream', 'device', 'device_reason', 'opt_profile', 'hidden', 'metadata'] },
];
const elsewhere = new Set(['index', 'name', 'type', 'source_ops', 'tensors', 'predecessors', 'successors', 'raw', 'text', 'findings', 'tactic_base']);

const with_unit = (info: ColumnInfo, value: unknown): string => {
  if (typeof value === 'number' && info.unit !== '') return say(value, info.unit);
  return cell_text(info, value as never);
};

export function fact_groups(shown: Shown, columns: readonly ColumnInfo[]): { title: string; facts: Fact[] }[] {
  const infos = new Map(columns.map((info) => [info.name, info]));
  const named = new Set(groups.flatMap((group) => group.names));
  const rest = columns.map((info) => info.name).filter((name) => !named.has(name) && !elsewhere.has(name));
  return [...groups, { title: 'More', names: rest }]
    .map(({ title, names }) => ({ title, facts: names.flatMap((name) => fact(name, shown[name], infos.get(name))) }))
    .filter((group) => group.facts.length > 0);
}

function fact(name: string, value: unknown, info: ColumnInfo | undefined): Fact[] {
  if (value === null || value === undefined || !info) return [];
  const label = name.replace(/_(ms|bytes)$/, '').replaceAll('_', ' ');
  return [{ name, label, value: with_unit(info, value), doc: info.doc }];
}
