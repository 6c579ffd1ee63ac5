// The graph's part of the permalink: what is open, how it is drawn, where we look.

// SPDX-License-Identifier: Apache-2.0
import type { GraphOptions } from './model.svelte';
import type { Camera } from './scene/camera';

export interface GraphPlace {
  color: string;
  ask: string;
  depth: string;
  options: Partial<GraphOptions>;
  changes: { scope: number; open: boolean }[];
  camera: Camera | null;
}

const most_changes = 60; // a link is no longer than mail programs take

// "d=1;o=3.7,c12;v=120,4000,0.5": parts that are as at the beginning are left out.
export function write_place(place: GraphPlace): string {
  const parts: string[] = [];
  if (place.depth) parts.push(`d=${place.depth}`);
  if (place.color) parts.push(`c=${place.color}`);
  const flags = [
    place.options.direction === 'right' ? 'r' : '', place.options.regions ? 'm' : '', place.options.constants ? 'k' : '',
    place.options.style === 'minimal' ? 'i' : place.options.style === 'keras' ? 'e' : '',
  ].join('');
  if (flags) parts.push(`f=${flags}`);
  const changes = place.changes.slice(-most_changes);
  if (changes.length > 0) parts.push(`o=${changes.map(({ scope, open }) => `${open ? '' : '-'}${scope}`).join(',')}`);
  if (place.camera) {
    const { x, y, scale } = place.camera;
    parts.push(`v=${Math.round(x)},${Math.round(y)},${Number(scale.toPrecision(4))}`);
  }
  if (place.ask) parts.push(`q=${encodeURIComponent(place.ask)}`);
  return parts.join(';');
}

// What is not understood is left out: a link may come from anywhere.
export function read_place(text: string): GraphPlace {
  const parts = new Map(
    text.split(';').map((part) => {
      const at = part.indexOf('=');
      return [part.slice(0, at), part.slice(at + 1)] as const;
    }),
  );
  const flags = parts.get('f') ?? '';
  const depth = parts.get('d') ?? '';
  const changes = (parts.get('o') ?? '').split(',').filter((one) => /^-?\d{1,9}$/.test(one)).slice(0, most_changes);
  const view = (parts.get('v') ?? '').split(',').map(Number);
  let ask = '';
  try {
    ask = decodeURIComponent(parts.get('q') ?? '');
  } catch {
    // cut off in the middle of a letter
  }
  return {
    color: parts.get('c') ?? '', ask, depth: /^(all|\d{1,3})$/.test(depth) ? depth : '',
    options: {
      direction: flags.includes('r') ? 'right' : 'down', regions: flags.includes('m'), constants: flags.includes('k'),
      style: flags.includes('i') ? 'minimal' : flags.includes('e') ? 'keras' : 'full',
    },
    changes: changes.map((one) => ({ scope: Math.abs(Number(one)), open: !one.startsWith('-') })),
    camera: view.length === 3 && view.every(Number.isFinite) && view[2] > 0 ? { x: view[0], y: view[1], scale: view[2] } : null,
  };
}
