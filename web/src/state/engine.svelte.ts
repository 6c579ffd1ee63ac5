// One open engine, with what views often ask of it, asked once.

// SPDX-License-Identifier: Apache-2.0
import type { Client } from '../core/client';
import type { Urgency } from '../core/queue';
import type { Check, Finding, Lint, Summary } from '../core/reports';
import { Columns } from '../core/table';
import type { Calls, ColumnInfo, OpenedEngine } from '../core/types';

// Calls whose arguments are an engine and perhaps more.
type OfEngine = { [Name in keyof Calls]: Calls[Name]['args'] extends { engine?: number } ? Name : never }[keyof Calls];

export class Engine {
  readonly id: number; // of the core
  readonly name: string;
  readonly files: OpenedEngine['files'];
  summary!: Summary; // as `trex summary --json`
  layers = new Columns({ rows: 0, columns: [] }); // row i is layer i; hidden ones too
  columns = $state.raw<ColumnInfo[]>([]); // what a filter may name
  attributes = $state.raw<string[]>([]); // of the file, which it may name too
  visible = new Uint32Array(); // rows without those that `trex layers` hides
  lint = $state.raw<Lint | null>(null); // as `trex lint --json`; null until it is known
  check = $state.raw<Check | null>(null);
  findings_of = $derived(by_layer(this.lint?.findings ?? []));
  private readonly answers = new Map<string, Promise<unknown>>();

  constructor(opened: OpenedEngine, private readonly core: Client) {
    this.id = opened.id;
    this.name = opened.name;
    this.files = opened.files;
  }

  // The answer to a question about this engine, asked once; what failed or was cancelled may be asked
  // again.
  ask<Name extends OfEngine>(
    name: Name, args: Omit<Calls[Name]['args'], 'engine'>, urgency: Urgency = 'now',
  ): Promise<Calls[Name]['answer']> {
    const key = `${name} ${JSON.stringify(args)}`;
    const known = this.answers.get(key) as Promise<Calls[Name]['answer']> | undefined;
    if (known) return known;
    const answer = this.core.call(name, { ...args, engine: this.id } as Calls[Name]['args'], urgency);
    answer.catch(() => this.answers.delete(key));
    this.answers.set(key, answer);
    return answer;
  }

  // What the first screen cannot do without.
  async load(): Promise<void> {
    const [summary, layers] = await Promise.all([this.ask('summary', {}), this.ask('layers', { lint: false })]);
    this.summary = summary;
    this.layers = new Columns(layers);
    this.columns = this.layers.list.map(({ name, unit, doc, type }) => ({ name, unit, doc, type }));
    this.visible = visible_rows(this.layers);
  }

  // The rest, when the core has nothing else to do.
  async judge(): Promise<void> {
    this.check ??= await this.ask('check', {}, 'background');
    if (!this.lint) {
      const step = () => this.core.call('lint_step', { engine: this.id }, 'background');
      while ((await step()).left > 0);
      await this.count_findings();
      this.lint = await this.ask('lint', {}, 'background');
    }
    this.attributes = (await this.ask('columns', {}, 'background')).attributes;
  }

  // Into the table that views hold already.
  private async count_findings(): Promise<void> {
    const counted = new Columns(await this.ask('layers', { columns: ['findings'] }, 'background'));
    this.layers.find('findings')?.values.set(counted.numbers('findings'));
  }

  layer_name(row: number): string {
    return this.layers.text('name', row) ?? `layer ${row}`;
  }
}

function visible_rows(layers: Columns): Uint32Array<ArrayBuffer> {
  const rows: number[] = [];
  for (let row = 0; row < layers.rows; ++row) {
    if (layers.number('hidden', row) !== 1) rows.push(row);
  }
  return Uint32Array.from(rows);
}

function by_layer(findings: readonly Finding[]): ReadonlyMap<number, Finding[]> {
  const result = new Map<number, Finding[]>();
  for (const finding of findings) {
    for (const layer of new Set(finding.indices)) {
      const list = result.get(layer);
      if (list) list.push(finding);
      else result.set(layer, [finding]);
    }
  }
  return result;
}
