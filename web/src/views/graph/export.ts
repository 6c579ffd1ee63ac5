// The graph as a file: the core's SVG, the same picture as `trex draw` makes, and that as PNG.

// SPDX-License-Identifier: Apache-2.0
import { save } from '../../ui/save';
import type { GraphModel } from './model.svelte';

const most_pixels = 16384; // a side that browsers still take
const most_area = 120e6;

function stem(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9._-]+/g, '-').slice(0, 100) || 'graph';
}

export async function export_svg(model: GraphModel, color: string): Promise<void> {
  try {
    save(`${stem(model.engine.name)}.svg`, 'image/svg+xml', await model.svg(color));
  } catch (error) {
    model.error = (error as Error).message;
  }
}

// Pixels a unit: two, or fewer where the picture would not fit.
export function png_scale(width: number, height: number): number {
  return Math.min(2, most_pixels / Math.max(width, height), Math.sqrt(most_area / (width * height)));
}

export async function export_png(model: GraphModel, color: string): Promise<void> {
  try {
    const svg = await model.svg(color);
    const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
    try {
      const image = new Image();
      image.src = url;
      await image.decode();
      const scale = png_scale(image.naturalWidth, image.naturalHeight);
      const canvas = document.createElement('canvas');
      canvas.width = Math.max(1, Math.round(image.naturalWidth * scale));
      canvas.height = Math.max(1, Math.round(image.naturalHeight * scale));
      canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
      const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
      if (!blob) throw new Error('the picture is too large for a PNG; save it as SVG');
      save(`${stem(model.engine.name)}.png`, 'image/png', blob);
    } finally {
      URL.revokeObjectURL(url);
    }
  } catch (error) {
    model.error = (error as Error).message || 'the picture is too large for a PNG; save it as SVG';
  }
}
