// A chart of the report card: where it stands in the list, what can be chosen, how it is made.

// SPDX-License-Identifier: Apache-2.0
import type { Context } from './kit/context';
import type { Figure } from './kit/figure';
import { real, type EngineLayers } from './kit/layers';

export interface Choice {
  id: string;
  label: string;
  options: { value: string; label: string }[]; // the first is the default
}

export type Chosen = Record<string, string>;

export interface Entry {
  id: string;
  group: string;
  title: string;
  choices: Choice[];
  // Other defaults than the first options, for an engine without times.
  untimed?: Chosen;
  make(context: Context, chosen: Chosen): Promise<Figure>;
}

export function chosen_of(entry: Entry, given: Chosen): Chosen {
  const chosen: Chosen = {};
  for (const choice of entry.choices) {
    const wanted = given[choice.id];
    chosen[choice.id] = choice.options.some((o) => o.value === wanted) ? wanted : choice.options[0].value;
  }
  return chosen;
}

// As chosen_of; an engine that was not timed has other defaults.
export function picked_of(entry: Entry, given: Chosen, layers: EngineLayers): Chosen {
  const timed = !entry.untimed || Array.prototype.some.call(real(layers, 'time_ms'), Number.isFinite);
  return chosen_of(entry, timed ? given : { ...entry.untimed, ...given });
}

export function options(...pairs: [string, string][]): Choice['options'] {
  return pairs.map(([value, label]) => ({ value, label }));
}

export const color_words = options(
  ['precision', 'precision'], ['type', 'type'], ['bound', 'bound by'], ['tactic_base', 'tactic'],
  ['output_precision', 'output precision'], ['tensor_core', 'Tensor Cores'],
);
export const color_numbers = options(
  ['efficiency', 'efficiency'], ['macs', 'MACs'], ['footprint_bytes', 'footprint'], ['intensity', 'arithmetic intensity'],
  ['tflops', 'arithmetic rate'], ['gbps', 'bandwidth'], ['time_ms', 'time'],
);
export const color_choice: Choice = { id: 'color', label: 'colour', options: [...color_words, ...color_numbers] };

// Choices as a text for the address: "time.color=type;tree.by=tactic_base". A value may hold commas.
export function write_choices(all: Record<string, Chosen>): string {
  return Object.entries(all)
    .flatMap(([entry, chosen]) => Object.entries(chosen).map(([id, value]) => `${entry}.${id}=${value}`))
    .join(';');
}

export function read_choices(text: string): Record<string, Chosen> {
  const all: Record<string, Chosen> = {};
  for (const part of text.split(';')) {
    const [, entry, id, value] = /^([\w-]+)\.([\w-]+)=(.*)$/.exec(part) ?? [];
    if (entry) (all[entry] ??= {})[id] = value;
  }
  return all;
}
