// Where on the drawing are we, and how near?
//
// A camera is the drawing's point in the middle of the pane and the scale (screen pixels a unit).
// Kept as the middle, not the corner, so that a pane that grows keeps what was looked at.

// SPDX-License-Identifier: Apache-2.0
import type { Rect } from './drawing';

export interface Camera {
  x: number;
  y: number;
  scale: number;
}

export const largest_scale = 4;
export const reading_scale = 1; // never nearer of its own accord

export interface Pane {
  width: number;
  height: number;
}

export function visible(camera: Camera, pane: Pane): Rect {
  const w = pane.width / camera.scale;
  const h = pane.height / camera.scale;
  return { x: camera.x - w / 2, y: camera.y - h / 2, w, h };
}

export function to_screen_x(camera: Camera, pane: Pane, x: number): number {
  return (x - camera.x) * camera.scale + pane.width / 2;
}

export function to_screen_y(camera: Camera, pane: Pane, y: number): number {
  return (y - camera.y) * camera.scale + pane.height / 2;
}

export function to_drawing(camera: Camera, pane: Pane, x: number, y: number): { x: number; y: number } {
  return { x: camera.x + (x - pane.width / 2) / camera.scale, y: camera.y + (y - pane.height / 2) / camera.scale };
}

// The least scale: all of it on the pane, with some air.
export function smallest_scale(size: Rect, pane: Pane): number {
  const fit = Math.min(pane.width / Math.max(size.w, 1), pane.height / Math.max(size.h, 1));
  return Math.min(0.5, fit * 0.7);
}

// Keeps the drawing's point under (x, y) of the pane where it is.
export function zoomed(camera: Camera, pane: Pane, factor: number, x: number, y: number, least: number): Camera {
  const scale = Math.min(largest_scale, Math.max(least, camera.scale * factor));
  const at = to_drawing(camera, pane, x, y);
  return { x: at.x - (x - pane.width / 2) / scale, y: at.y - (y - pane.height / 2) / scale, scale };
}

export function fitted(rect: Rect, pane: Pane, margin = 24, most = reading_scale): Camera {
  const scale = Math.min(
    most,
    Math.max(pane.width - 2 * margin, 1) / Math.max(rect.w, 1),
    Math.max(pane.height - 2 * margin, 1) / Math.max(rect.h, 1),
  );
  return { x: rect.x + rect.w / 2, y: rect.y + rect.h / 2, scale };
}

// Where a drawing opens: whole when its texts are then still legible, else at its first box, at a
// scale that fits its narrow side.
export function opening(size: Rect, first: Rect, rightwards: boolean, pane: Pane, legible = 0.55): Camera {
  const whole = fitted(size, pane);
  if (whole.scale >= legible) return whole;
  const margin = 24;
  const across = rightwards ? pane.height / Math.max(size.h + 2 * margin, 1) : pane.width / Math.max(size.w + 2 * margin, 1);
  const scale = Math.min(reading_scale, Math.max(0.8, across)); // 0.8: letters of nine pixels
  const [half_w, half_h] = [pane.width / 2 / scale, pane.height / 2 / scale];
  // In the middle where all of the narrow side fits, else over the first box.
  const middle = (from: number, length: number, half: number, at: number): number => (length <= 2 * half ? from + length / 2 : at);
  return rightwards
    ? { x: size.x - margin + half_w, y: middle(size.y, size.h, half_h, first.y + first.h / 2), scale }
    : { x: middle(size.x, size.w, half_w, first.x + first.w / 2), y: size.y - margin + half_h, scale };
}

// At least a corner of the drawing stays in view.
export function kept(camera: Camera, size: Rect, pane: Pane): Camera {
  const reach_x = Math.max(pane.width / 2 / camera.scale - 40 / camera.scale, 0);
  const reach_y = Math.max(pane.height / 2 / camera.scale - 40 / camera.scale, 0);
  return {
    x: Math.min(size.x + size.w + reach_x, Math.max(size.x - reach_x, camera.x)),
    y: Math.min(size.y + size.h + reach_y, Math.max(size.y - reach_y, camera.y)),
    scale: camera.scale,
  };
}

// Nearest camera that shows the rectangle, without zooming in; null: it is in view.
export function revealing(camera: Camera, rect: Rect, pane: Pane, margin = 60): Camera | null {
  const scale = Math.min(camera.scale, fitted(rect, pane, margin, largest_scale).scale);
  const half_w = Math.max(pane.width / 2 - margin, 1) / scale;
  const half_h = Math.max(pane.height / 2 - margin, 1) / scale;
  const near = (at: number, from: number, to: number, half: number): number =>
    to - from >= 2 * half ? (from + to) / 2 : Math.min(from + half, Math.max(to - half, at));
  const x = near(camera.x, rect.x, rect.x + rect.w, half_w);
  const y = near(camera.y, rect.y, rect.y + rect.h, half_h);
  return x === camera.x && y === camera.y && scale === camera.scale ? null : { x, y, scale };
}

// Between two cameras, t in 0 .. 1. Scales go by their logarithm, places so that what is common to
// both stays on a straight way over the screen.
export function between(a: Camera, b: Camera, t: number): Camera {
  if (t >= 1) return b;
  const scale = a.scale * (b.scale / a.scale) ** t;
  const same = Math.abs(b.scale - a.scale) < 1e-6 * a.scale;
  const part = same ? t : (1 / scale - 1 / a.scale) / (1 / b.scale - 1 / a.scale);
  return { x: a.x + (b.x - a.x) * part, y: a.y + (b.y - a.y) * part, scale };
}

export const eased = (t: number): number => 1 - (1 - t) ** 3;
