// Where does it go: type, precision, tactic or module down to the layer, as sunburst or treemap.
//
// The sums of words are the core's; a module's sum is that of the modules and layers in it, added up
// here because a tree of modules is a picture's own question.

// SPDX-License-Identifier: Apache-2.0
import { chosen_of, options, type Entry } from './entry';
import { color_by_word } from './kit/colors';
import { both, equals, quoted } from '../../state/where';
import type { Context } from './kit/context';
import type { Figure } from './kit/figure';
import { numbers, texts, type Frame } from './kit/frame';
import { real, text, title_of, unit_of } from './kit/layers';
import { tree_figure, type TreeNode } from './kit/tree_figure';
import { say } from '../../ui/units';
import { no_value } from './layer_charts';

// A node of the tree as a row of the table.
interface Line {
  path: string;
  layers: number[];
  value: number;
  where: string | null;
}

const most_leaves = 1500; // more layers are no longer told apart: the words alone are drawn

export function tree_frame(lines: Line[], measure: string, unit: string): Frame {
  return {
    rows: lines.length,
    columns: [
      { name: 'path', title: 'path', texts: lines.map((line) => line.path) },
      { name: 'count', title: 'layers', unit: '', values: lines.map((line) => line.layers.length) },
      { name: measure, title: title_of(measure), unit, values: lines.map((line) => line.value) },
    ],
    layers: (row) => lines[row].layers,
  };
}

// Names of modules, outermost first: "/layer1/layer1.0/conv1" and "layer1.layer1_0" both are paths.
export function scope_path(scope: string | null): string[] {
  if (!scope) return [];
  return scope.split('/').filter((part) => part !== '');
}

export function build_tree(
  rows: readonly number[], levels: (layer: number) => (string | null)[], value: (layer: number) => number,
  leaves: boolean, name: (layer: number) => string,
): { roots: TreeNode[]; lines: Line[] } {
  const lines: Line[] = [];
  const roots: TreeNode[] = [];
  const known = new Map<string, TreeNode>();
  const add = (list: TreeNode[], path: string, label: string): TreeNode => {
    const node: TreeNode = { name: label, path, value: 0, row: lines.length, color: '', children: [] };
    lines.push({ path, layers: [], value: NaN, where: null });
    list.push(node);
    return node;
  };
  for (const layer of rows) {
    let list = roots;
    let path = '';
    const own = value(layer);
    const count = (node: TreeNode) => {
      const line = lines[node.row];
      line.layers.push(layer);
      if (!Number.isFinite(own)) return;
      node.value += own;
      line.value = node.value;
    };
    for (const word of levels(layer)) {
      path += `${path && ' / '}${word ?? '–'}`;
      let node = known.get(path);
      if (!node) known.set(path, (node = add(list, path, word ?? '–')));
      count(node);
      list = node.children;
    }
    if (leaves) count(add(list, `${path && `${path} / `}${name(layer)}`, name(layer)));
  }
  return { roots, lines };
}

// Where the core has the same sum, its figure stands.
async function take_core_sums(context: Context, by: string[], measure: string, lines: Line[]): Promise<void> {
  const of_path = new Map(lines.map((line) => [line.path, line]));
  for (let depth = 1; depth <= by.length; ++depth) {
    const words = by.slice(0, depth);
    const sums = await context.group(context.filter, words, [`sum:${measure}`]);
    const values = numbers(sums, measure);
    for (let row = 0; row < sums.rows; ++row) {
      const line = of_path.get(words.map((word) => texts(sums, word)[row] ?? '–').join(' / '));
      if (line) line.value = values[row];
    }
  }
}

function color_tree(nodes: TreeNode[], color: (root: TreeNode, at: number) => string) {
  const paint = (node: TreeNode, own: string) => {
    node.color = own;
    for (const child of node.children) paint(child, own);
  };
  nodes.forEach((root, at) => paint(root, color(root, at)));
}

// Sums are of what is known.
function unknown_note(rows: readonly number[], values: ArrayLike<number>, title: string): string[] {
  const unknown = rows.filter((row) => !Number.isFinite(values[row])).length;
  if (unknown === 0 || unknown === rows.length) return [];
  return [`${unknown} of ${rows.length} layers have no known ${title}: the sums around them are at least so much`];
}

export function tree_entry(): Entry {
  const entry: Entry = {
    id: 'tree', group: 'Time', title: 'Where it goes',
    untimed: { measure: 'io_bytes' },
    choices: [
      { id: 'by', label: 'by', options: options(['type,precision', 'type, precision'], ['precision,type', 'precision, type'], ['tactic_base', 'tactic'], ['scope', 'module'], ['input_precision,output_precision', 'input, output precision']) },
      { id: 'measure', label: 'measure', options: options(['time_ms', 'time'], ['io_bytes', 'activations'], ['weights_bytes', 'weights'], ['macs', 'MACs']) },
      { id: 'shape', label: 'as', options: options(['sunburst', 'sunburst'], ['treemap', 'treemap']) },
    ],
    async make(context, given): Promise<Figure> {
      const chosen = chosen_of(entry, given);
      const rows = (await context.rows('')).filter((row) => !context.inside || context.inside[row]);
      const by = chosen.by.split(',');
      const names = text(context.layers, 'name');
      const words = by.map((column) => text(context.layers, column));
      const levels = chosen.by === 'scope' ? (layer: number) => scope_path(words[0][layer]) : (layer: number) => words.map((w) => w[layer]);
      const values = real(context.layers, chosen.measure);
      const leaves = rows.length <= most_leaves;
      const { roots, lines } = build_tree(rows, levels, (layer) => values[layer], leaves, (layer) => names[layer] ?? '–');
      if (chosen.by !== 'scope') await take_core_sums(context, by, chosen.measure, lines);
      const coloring = color_by_word(context.hues, by[0], title_of(by[0]), roots.map((root) => root.name), roots.map((root) => root.value));
      color_tree(roots, (_, at) => coloring.colors[at]);
      const unit = unit_of(context.layers, chosen.measure);
      const where = chosen.by === 'scope' ? scope_where : (path: string) => words_where(by, path);
      const figure = tree_figure({
        id: 'tree',
        title: `Where the ${title_of(chosen.measure)} goes`,
        summary: `${title_of(chosen.measure)} of ${rows.length} layers by ${by.map(title_of).join(', ')}`,
        notes: [
          ...unknown_note(rows, values, title_of(chosen.measure)),
          ...(leaves ? [] : [`more than ${most_leaves} layers: drawn down to the groups, not to the layers`]),
          ...(context.filter ? ['only layers in the filter are added up'] : []),
        ],
        frame: tree_frame(lines, chosen.measure, unit),
        roots,
        shape: chosen.shape as 'sunburst' | 'treemap',
        say: (value) => say(value, unit),
        where: (row) => (lines[row].layers.length > 1 ? where(lines[row].path) : null),
      });
      if (figure.empty) figure.empty = no_value(chosen.measure);
      return figure;
    },
  };
  return entry;
}

function words_where(by: string[], path: string): string {
  return path.split(' / ').slice(0, by.length)
    .map((word, depth) => equals(by[depth], word === '–' ? undefined : word))
    .reduce(both, '');
}

function scope_where(path: string): string {
  const literal = path.replaceAll(' / ', '/').replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return `scope ~ ${quoted(`^/?${literal}(/|$)`)}`;
}

