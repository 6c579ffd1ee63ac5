// The charts of the report card, in the order in which they are listed.

// SPDX-License-Identifier: Apache-2.0
import { options, type Choice, type Entry } from './entry';
import { group_entry, pointwise_entry, precision_strip } from './group_charts';
import { colors_first, histogram_entry, order_entry, scatter_entry, space_entry } from './layer_charts';
import { tree_entry } from './tree_chart';

const time_or_share: Choice = { id: 'measure', label: 'measure', options: options(['time_ms', 'time'], ['share', 'share of time']) };
const sizes: Choice = {
  id: 'measure', label: 'measure',
  options: options(['footprint_bytes', 'activations and weights'], ['io_bytes', 'activations'], ['weights_bytes', 'weights']),
};
const multiplies = 'macs > 0';
const no_work = 'no layer with countable multiplications';
const convolutions = 'work in ("convolution", "deconvolution")';
const no_convolution = 'no convolution whose work can be counted';

function work_colors(first: string, label: string): Choice {
  return colors_first({ value: first, label }, { value: 'precision', label: 'precision' }, { value: 'groups', label: 'groups' }, { value: 'Kernel', label: 'kernel' });
}

// Of each layer that multiplies: one chart a figure.
function work_bars(id: string, title: string, value: string, color: Choice): Entry {
  return order_entry({ id, title, value, group: 'Convolutions, matrix products', where: multiplies, none: no_work, choices: [color] });
}

function efficiency_dots(id: string, title: string, x: string, y: string, logarithmic = { x: true, y: true }): Entry {
  return scatter_entry({ id, title, x, y, logarithmic, group: 'Efficiency' });
}

export const catalog: readonly Entry[] = [
  order_entry({ id: 'time', group: 'Time', title: 'Time of each layer', choices: [time_or_share] }),
  histogram_entry({ id: 'time-histogram', group: 'Time', title: 'How layer times are spread', value: 'time_ms' }),
  group_entry({ id: 'by-type', group: 'Time', title: 'By layer type', by: 'type', stack: 'precision' }),
  tree_entry(),

  group_entry({
    id: 'by-precision', group: 'Precision', title: 'By precision', by: 'precision', stack: 'type',
    choices: [{ id: 'by', label: 'of', options: options(['precision', 'math'], ['input_precision', 'input'], ['output_precision', 'output']) }],
  }),
  precision_strip(),

  order_entry({ id: 'footprint', group: 'Memory', title: 'Footprint of each layer', choices: [sizes] }),
  histogram_entry({ id: 'footprint-histogram', group: 'Memory', title: 'How footprints are spread', choices: [sizes] }),

  work_bars('work-time', 'Time', 'time_ms', work_colors('precision', 'precision')),
  work_bars('work-macs', 'Multiplications (MACs)', 'macs', work_colors('time_ms', 'time')),
  work_bars('work-flops', 'Arithmetic rate (FLOP/s)', 'tflops', work_colors('precision', 'precision')),
  work_bars('work-gbps', 'Bandwidth', 'gbps', work_colors('precision', 'precision')),
  work_bars('work-intensity', 'Arithmetic intensity', 'intensity', work_colors('efficiency', 'efficiency')),
  work_bars('work-efficiency', 'Efficiency: floor / time', 'efficiency', work_colors('bound', 'bound by')),
  work_bars('work-footprint', 'Footprint', 'footprint_bytes', work_colors('precision', 'precision')),
  space_entry({ id: 'mnk', group: 'Convolutions, matrix products', title: 'M x N x K', axes: ['m', 'n', 'k'], where: multiplies, none: no_work }),
  scatter_entry({
    id: 'mnk-time', group: 'Convolutions, matrix products', title: 'M, N or K against time', x: 'm', y: 'time_ms', where: multiplies, none: no_work,
    choices: [{ id: 'x', label: 'across', options: options(['m', 'M'], ['n', 'N'], ['k', 'K']) }],
  }),
  attribute_groups('kernels', 'Convolutions by kernel', 'Kernel'),
  attribute_groups('channels', 'Convolutions by output channels', 'OutMaps'),
  attribute_groups('group-sizes', 'Convolutions by groups', 'groups'),
  attribute_groups('kinds', 'Convolutions by kind', 'subtype'),

  efficiency_dots('efficiency-time', 'Efficiency against time', 'time_ms', 'efficiency', { x: true, y: false }),
  efficiency_dots('rate-macs', 'Arithmetic rate against MACs', 'macs', 'tflops'),
  efficiency_dots('bandwidth-bytes', 'Bandwidth against bytes moved', 'bytes_moved', 'gbps'),
  efficiency_dots('rate-intensity', 'Arithmetic rate against intensity', 'intensity', 'tflops'),
  efficiency_dots('bandwidth-intensity', 'Bandwidth against intensity', 'intensity', 'gbps'),
  efficiency_dots('rate-bandwidth', 'Arithmetic rate against bandwidth', 'gbps', 'tflops'),
  efficiency_dots('time-footprint', 'Time against footprint', 'footprint_bytes', 'time_ms'),
  space_entry({ id: 'efficiency-space', group: 'Efficiency', title: 'Rate x bandwidth x intensity', axes: ['tflops', 'gbps', 'intensity'], where: multiplies, none: no_work }),

  group_entry({ id: 'reformats', group: 'Reformats', title: 'Reformats by origin', by: 'origin', where: 'type ~ "Reformat"', none: 'no Reformat layer' }),
  order_entry({ id: 'reformat-time', group: 'Reformats', title: 'Time of each Reformat', value: 'time_ms', where: 'type ~ "Reformat"', none: 'no Reformat layer', choices: [colors_first({ value: 'origin', label: 'origin' })] }),

  pointwise_entry(),

  group_entry({ id: 'tactics', group: 'Tactics', title: 'By tactic', by: 'tactic_base', stack: 'precision' }),
  group_entry({ id: 'tensor-cores', group: 'Tactics', title: 'By use of Tensor Cores', by: 'tensor_core', stack: 'precision' }),
];

function attribute_groups(id: string, title: string, by: string): Entry {
  return group_entry({ id, title, by, group: 'Convolutions, matrix products', where: convolutions, none: no_convolution, stack: 'precision' });
}

export const catalog_groups: readonly string[] = [...new Set(catalog.map((entry) => entry.group))];
