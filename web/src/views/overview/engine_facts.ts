// What the engine card says: figures, facts, and how far the evidence is to be trusted.

// SPDX-License-Identifier: Apache-2.0
import type { Check, Summary } from '../../core/reports';
import { bytes_said, count, say, unknown } from '../../ui/units';

export interface Figure {
  value: string;
  unit: string;
  label: string;
  why: string; // where it comes from
}

function split(text: string): [string, string] {
  const at = text.lastIndexOf(' ');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function throughput(summary: Summary): number | null {
  return summary.performance?.throughput_qps ?? null;
}

export function figures(summary: Summary): Figure[] {
  const latency = summary.end_to_end_ms;
  const from = latency ? `end to end, from the ${latency.source}` : 'no timing file and no log';
  const figure = (said: string, label: string, why: string): Figure => {
    const [value, unit] = split(said);
    return { value, unit, label, why };
  };
  return [
    figure(say(latency?.median, 'ms'), 'latency p50', from),
    figure(say(latency?.p99, 'ms'), 'latency p99', from),
    { value: count(rounded(throughput(summary))), unit: '/s', label: 'throughput', why: 'inferences a second, from the log of the run' },
    figure(say(summary.layer_time_ms, 'ms'), 'sum of layers', summary.difference ?? 'from the profile'),
    figure(bytes_said(summary.peak_activation_bytes), 'peak activations', 'the most that is alive at once'),
    figure(bytes_said(summary.weights_bytes), 'weights', 'as stored in the engine'),
    { value: count(summary.layer_count), unit: '', label: 'layers', why: `${count(summary.file_layer_count)} in the file, hidden ones too` },
  ];
}

function rounded(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(4));
}

export function facts(summary: Summary): string[] {
  const device = summary.device;
  const clock = device?.clock_mhz ? `${count(device.clock_mhz)} MHz` : '';
  const chips = [
    device?.name ?? 'GPU unknown',
    device?.sms ? `${device.sms} SMs${clock ? ` at ${clock}` : ''}` : '',
    `TensorRT ${summary.tensorrt_version ?? unknown}`,
    shapes(summary),
  ];
  return chips.filter((chip) => chip !== '');
}

function shapes(summary: Summary): string {
  const input = summary.bindings.find((binding) => binding.mode === 'input' && binding.dims);
  if (!input) return '';
  return `${input.name} ${input.dims!.join('×')}`;
}

export type Quality = 'good' | 'fair' | 'doubtful' | 'bad' | 'no times';

export interface Evidence {
  quality: Quality;
  points: { severity: string; message: string }[];
  pairing: string;
}

const worst: [string, Quality][] = [['error', 'bad'], ['warning', 'doubtful'], ['note', 'fair']];

export function evidence(check: Check, summary: Summary): Evidence {
  const points = check.issues.map(({ severity, message }) => ({ severity, message }));
  for (const note of check.notes) {
    points.push({ severity: 'note', message: typeof note === 'string' ? note : String(note.message ?? note.text ?? '') });
  }
  const paired = check.paired;
  const pairing = paired && paired.profile_rows > 0
    ? `${count(paired.matched)} of ${count(paired.layers)} layers have a time, joined by ${paired.joined_by ?? unknown}`
    : 'no profile: add the file of trtexec --exportProfile for times';
  const quality = worst.find(([severity]) => points.some((point) => point.severity === severity))?.[1] ?? 'good';
  return { quality: summary.layer_time_ms === null ? 'no times' : quality, points, pairing };
}
