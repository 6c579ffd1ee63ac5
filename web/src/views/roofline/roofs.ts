// The lines of a roofline: roofs, and in the plane of work the places of equal time.
//
// Two planes. Rate: FLOP/s over FLOP/byte, the known picture; a layer's distance to the roof is a
// factor. Work: FLOPs over bytes moved, where the floor's time is the same along an L: below it the
// bandwidth decides, left of it the arithmetic. Both axes logarithmic.

// SPDX-License-Identifier: Apache-2.0
export interface Peak {
  precision: string;
  tflops: number;
}

export interface Machine {
  peaks: Peak[]; // highest first
  bandwidth_gbps: number | null;
}

export type Point = [number, number];

// In FLOP per byte: right of it a layer can reach the peak.
export function ridge(peak: Peak, bandwidth_gbps: number): number {
  return (peak.tflops * 1000) / bandwidth_gbps;
}

// The roof of one precision between two intensities; TFLOP/s. Without a bandwidth only the flat part.
export function roof(peak: Peak, bandwidth_gbps: number | null, from: number, to: number): Point[] {
  if (bandwidth_gbps === null) return [[from, peak.tflops], [to, peak.tflops]];
  const slope = (intensity: number) => (intensity * bandwidth_gbps) / 1000;
  const corner = ridge(peak, bandwidth_gbps);
  if (corner <= from) return [[from, peak.tflops], [to, peak.tflops]];
  if (corner >= to) return [[from, slope(from)], [to, slope(to)]];
  return [[from, slope(from)], [corner, peak.tflops], [to, peak.tflops]];
}

// Where the floor is `ms`, at that peak: bytes and FLOPs that fit exactly.
export function iso_time(ms: number, peak: Peak, bandwidth_gbps: number, low: Point): Point[] {
  const bytes = bandwidth_gbps * 1e6 * ms; // GB/s x ms = 1e6 bytes
  const flops = peak.tflops * 1e9 * ms; // TFLOP/s x ms = 1e9 FLOP
  const lines: Point[] = [];
  if (low[0] <= bytes) lines.push([low[0], flops]);
  lines.push([bytes, flops]);
  if (low[1] <= flops) lines.push([bytes, low[1]]);
  return lines;
}

// Round times (1, 10, 100 us ...) that lie among the floors of the layers.
export function iso_times(floors: ArrayLike<number>): number[] {
  let [low, high] = [Infinity, 0];
  for (let i = 0; i < floors.length; ++i) {
    if (!(floors[i] > 0) || !Number.isFinite(floors[i])) continue;
    [low, high] = [Math.min(low, floors[i]), Math.max(high, floors[i])];
  }
  if (high === 0) return [];
  const times: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); ++power) times.push(10 ** power);
  return times.slice(-6);
}

// The top of the plot: a roof that no dot comes near would squash them all.
export function visible_peaks(machine: Machine, precisions: ReadonlySet<string>): Peak[] {
  const used = machine.peaks.filter((peak) => precisions.has(peak.precision));
  return used.length > 0 ? used : machine.peaks;
}
