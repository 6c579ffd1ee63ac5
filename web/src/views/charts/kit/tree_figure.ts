// Where does the time (or another sum) go, from the whole to the layer? Sunburst and treemap.

// SPDX-License-Identifier: Apache-2.0
import type { Option } from './echarts';
import type { Figure, Scene } from './figure';
import type { Frame } from './frame';
import { mix } from './look';

export interface TreeNode {
  name: string;
  path: string; // from the root, "Convolution / INT8"
  value: number;
  row: number; // of the frame
  color: string;
  children: TreeNode[];
}

export interface TreeParts {
  id: string;
  title: string;
  summary: string;
  notes: string[];
  frame: Frame;
  roots: TreeNode[];
  shape: 'sunburst' | 'treemap';
  say: (value: number) => string;
  where?: (row: number) => string | null;
}

interface Datum {
  name: string;
  value: number;
  row: number;
  itemStyle: { color: string };
  label?: object;
  children?: Datum[];
}

// A colour that text can be read on: dark on light ones, white on dark ones (WCAG's luminance).
export function ink_on(color: string): string {
  const channel = (at: number) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  };
  const luminance = 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
  return luminance > 0.24 ? '#10151b' : '#ffffff';
}

// Of a fused layer's name the operation that multiplies, else the last; of that the last two parts:
// what fits a slice. The card beside the pointer has the whole.
export function short_name(name: string): string {
  const operations = name.split(' + ');
  const last = operations.find((one) => /(Conv|Gemm|MatMul|Attention)[^/]*$/.test(one)) ?? operations.at(-1)!;
  const parts = last.split('/').filter((part) => part !== '');
  return parts.length > 1 ? parts.slice(-2).join('/') : last;
}

function data_of(nodes: TreeNode[], depth: number, scene: Scene): Datum[] {
  return nodes
    .filter((node) => node.value > 0)
    .map((node) => {
      const color = mix(node.color, scene.look.surface, Math.min(depth * 0.16, 0.5));
      return {
        name: short_name(node.name),
        value: node.value,
        row: node.row,
        itemStyle: { color },
        label: { color: ink_on(color) },
        ...(node.children.length > 0 ? { children: data_of(node.children, depth + 1, scene) } : {}),
      };
    });
}

function depth_of(nodes: TreeNode[]): number {
  return nodes.reduce((most, node) => Math.max(most, 1 + depth_of(node.children)), 0);
}

// The outermost ring holds names of layers: it gets more room than the words inside.
function rings(depth: number, inner: number, outer: number): [number, number][] {
  const last = depth > 1 ? 1.5 : 1;
  const unit = (outer - inner) / (depth - 1 + last);
  return Array.from({ length: depth }, (_, level) => [inner + unit * level, level === depth - 1 ? outer : inner + unit * (level + 1)]);
}

// ECharts adds children up where a parent says no value: our parents say theirs.
function sunburst(parts: TreeParts, scene: Scene): object {
  const depth = Math.max(depth_of(parts.roots), 1);
  const inner = 14;
  const outer = 97;
  const pixels = Math.min(scene.width, scene.height) / 200;
  return {
    type: 'sunburst',
    data: data_of(parts.roots, 0, scene),
    radius: [`${inner}%`, `${outer}%`],
    nodeClick: false,
    sort: 'desc',
    animation: false,
    itemStyle: { borderColor: scene.look.surface, borderWidth: scene.compact ? 0.5 : 1.2 },
    emphasis: { focus: 'ancestor' },
    label: { show: !scene.compact, fontSize: 11, minAngle: 5 },
    levels: [{}, ...rings(depth, inner, outer).map(([from, to], level) => ({
      r0: `${from}%`,
      r: `${to}%`,
      label: {
        show: !scene.compact,
        rotate: level === 0 && depth > 1 ? 'tangential' : 'radial',
        overflow: 'truncate',
        width: level === 0 && depth > 1 ? pixels * 60 : (to - from) * pixels - 10,
      },
    }))],
  };
}

function treemap(parts: TreeParts, scene: Scene): object {
  return {
    type: 'treemap',
    data: data_of(parts.roots, 0, scene),
    left: 0, right: 0, top: 0, bottom: 0,
    roam: false,
    nodeClick: false,
    animation: false,
    breadcrumb: { show: false },
    visibleMin: 2,
    label: { show: !scene.compact, fontSize: 11, overflow: 'truncate', padding: 3 },
    upperLabel: { show: !scene.compact, height: 20, fontSize: 11, overflow: 'truncate', color: scene.look.text },
    itemStyle: { borderColor: scene.look.surface, borderWidth: 1, gapWidth: 1 },
    levels: [
      { itemStyle: { gapWidth: 3, borderWidth: 0 }, upperLabel: { show: false } },
      { itemStyle: { gapWidth: 1, borderWidth: 2 }, upperLabel: { show: !scene.compact } },
      { itemStyle: { gapWidth: 1, borderWidth: 1 } },
    ],
  };
}

export function tree_figure(parts: TreeParts): Figure {
  return {
    ...parts,
    height: parts.shape === 'sunburst' ? 520 : 460,
    empty: parts.roots.some((root) => root.value > 0) ? undefined : 'nothing to add up: every value is unknown',
    option: (scene): Option => ({
      series: [parts.shape === 'sunburst' ? sunburst(parts, scene) : treemap(parts, scene)],
    }),
  };
}
