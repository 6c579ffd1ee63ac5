// A figure as a file: SVG and PNG of what is drawn, on the page's own ground.

// SPDX-License-Identifier: Apache-2.0
import { init, type ECharts } from './echarts';
import type { Figure } from './figure';
import { look_of } from './look';

export function file_stem(title: string): string {
  return title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '') || 'chart';
}

export function svg_of(figure: Figure, element: Element, width: number, height: number): string {
  const look = look_of(element);
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  chart.setOption({
    backgroundColor: look.surface,
    textStyle: { fontFamily: 'system-ui, sans-serif' },
    ...figure.option!({ look, compact: false, width, height }),
  });
  const text = chart.renderToSVGString();
  chart.dispose();
  return text;
}

export async function png_of(chart: ECharts, element: Element): Promise<Blob> {
  const look = look_of(element);
  const url = chart.getDataURL({ type: 'png', pixelRatio: 2, backgroundColor: look.surface, excludeComponents: ['dataZoom'] });
  const bytes = Uint8Array.from(atob(url.slice(url.indexOf(',') + 1)), (c) => c.charCodeAt(0));
  return new Blob([bytes], { type: 'image/png' });
}

export async function png_of_canvas(canvas: HTMLCanvasElement, element: Element): Promise<Blob | null> {
  const copy = document.createElement('canvas');
  copy.width = canvas.width;
  copy.height = canvas.height;
  const pen = copy.getContext('2d')!;
  pen.fillStyle = look_of(element).surface;
  pen.fillRect(0, 0, copy.width, copy.height);
  pen.drawImage(canvas, 0, 0);
  return new Promise((done) => copy.toBlob(done, 'image/png'));
}
