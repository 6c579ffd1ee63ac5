// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { catalog } from './catalog';
import { chosen_of, read_choices, write_choices } from './entry';
import { build_tree, scope_path } from './tree_chart';

describe('the catalog', () => {
  it('names each chart once, and each choice of a chart once', () => {
    expect(new Set(catalog.map((entry) => entry.id)).size).toBe(catalog.length);
    for (const entry of catalog) {
      for (const choice of entry.choices) {
        const values = choice.options.map((option) => option.value);
        expect(new Set(values).size, `${entry.id} ${choice.id}`).toBe(values.length);
      }
    }
  });
  it('takes the first option for what was never an option', () => {
    const tree = catalog.find((entry) => entry.id === 'tree')!;
    expect(chosen_of(tree, { by: 'nonsense', shape: 'treemap' })).toEqual({ by: 'type,precision', measure: 'time_ms', shape: 'treemap' });
  });
  it('keeps choices in the address', () => {
    const all = { tree: { by: 'type,precision', shape: 'treemap' }, 'by-type': { stack: '' } };
    expect(read_choices(write_choices(all))).toEqual(all);
    expect(read_choices('broken;;x=1')).toEqual({});
  });
});

describe('the tree', () => {
  const times = [1, 2, NaN, 4];
  const words = [['A', 'x'], ['A', 'y'], ['A', 'y'], ['B', null]];
  const { roots, lines } = build_tree([0, 1, 2, 3], (layer) => words[layer], (layer) => times[layer], true, (layer) => `l${layer}`);
  it('adds up what is known', () => {
    expect(roots.map((root) => [root.name, root.value])).toEqual([['A', 3], ['B', 4]]);
    expect(lines.find((line) => line.path === 'A / y')).toMatchObject({ layers: [1, 2], value: 2 });
    expect(lines.find((line) => line.path === 'A / y / l2')!.value).toBeNaN();
    expect(lines.find((line) => line.path === 'B / –')!.layers).toEqual([3]);
  });
  it('splits modules', () => {
    expect(scope_path('/layer1/layer1.0/conv1')).toEqual(['layer1', 'layer1.0', 'conv1']);
    expect(scope_path(null)).toEqual([]);
  });
});
