// Moving, zooming, fitting.

// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { between, fitted, kept, largest_scale, opening, revealing, to_drawing, to_screen_x, to_screen_y, visible, zoomed } from './camera';

const pane = { width: 1000, height: 500 };

describe('camera', () => {
  test('the view is the pane in the drawing', () => {
    expect(visible({ x: 100, y: 50, scale: 2 }, pane)).toEqual({ x: -150, y: -75, w: 500, h: 250 });
  });

  test('screen and drawing are inverse', () => {
    const camera = { x: 12345.5, y: -77, scale: 0.3 };
    const point = to_drawing(camera, pane, 130, 440);
    expect(to_screen_x(camera, pane, point.x)).toBeCloseTo(130, 9);
    expect(to_screen_y(camera, pane, point.y)).toBeCloseTo(440, 9);
  });

  test('zooming keeps the point under the pointer', () => {
    const camera = { x: 500, y: 9000, scale: 0.5 };
    const before = to_drawing(camera, pane, 900, 30);
    const after = to_drawing(zoomed(camera, pane, 1.7, 900, 30, 0.001), pane, 900, 30);
    expect(after.x).toBeCloseTo(before.x, 9);
    expect(after.y).toBeCloseTo(before.y, 9);
  });

  test('zooming ends at both ends', () => {
    const camera = { x: 0, y: 0, scale: 1 };
    expect(zoomed(camera, pane, 1e9, 0, 0, 0.01).scale).toBe(largest_scale);
    expect(zoomed(camera, pane, 1e-9, 0, 0, 0.01).scale).toBe(0.01);
  });

  test('fitting shows all, never nearer than to read', () => {
    expect(fitted({ x: 0, y: 0, w: 2000, h: 100 }, pane, 0)).toEqual({ x: 1000, y: 50, scale: 0.5 });
    expect(fitted({ x: 0, y: 0, w: 10, h: 10 }, pane, 0).scale).toBe(1);
  });

  test('a small graph opens whole, a long one at its beginning', () => {
    const first = { x: 8000, y: 0, w: 100, h: 40 };
    expect(opening({ x: 0, y: 0, w: 400, h: 400 }, first, false, pane)).toEqual({ x: 200, y: 200, scale: 1 });
    const long = opening({ x: 0, y: 0, w: 400, h: 100000 }, first, false, pane);
    expect(long).toEqual({ x: 200, y: -24 + 250, scale: 1 });
    const wide = opening({ x: 0, y: 0, w: 9000, h: 100000 }, first, false, pane);
    expect(wide).toEqual({ x: 8050, y: -24 + 250 / 0.8, scale: 0.8 });
    const across = opening({ x: 0, y: 0, w: 100000, h: 400 }, first, true, pane);
    expect(across.x).toBe(-24 + 500);
    expect(across.y).toBe(200);
  });

  test('the drawing cannot be lost', () => {
    const camera = kept({ x: 1e9, y: -1e9, scale: 1 }, { x: 0, y: 0, w: 100, h: 100 }, pane);
    const view = visible(camera, pane);
    expect(view.x).toBeLessThan(100);
    expect(view.y + view.h).toBeGreaterThan(0);
  });

  test('revealing moves as little as it takes', () => {
    const camera = { x: 500, y: 250, scale: 1 };
    expect(revealing(camera, { x: 400, y: 200, w: 100, h: 40 }, pane, 50)).toBeNull();
    expect(revealing(camera, { x: 400, y: 600, w: 100, h: 40 }, pane, 50)).toEqual({ x: 500, y: 440, scale: 1 });
    expect(revealing(camera, { x: 0, y: 0, w: 4000, h: 40 }, pane, 50)!.scale).toBeCloseTo(900 / 4000, 9);
  });

  test('flights begin and end where they should', () => {
    const [a, b] = [{ x: 0, y: 0, scale: 1 }, { x: 100, y: 50, scale: 0.25 }];
    expect(between(a, b, 0)).toEqual(a);
    expect(between(a, b, 1)).toEqual(b);
    expect(between(a, b, 0.5).scale).toBeCloseTo(0.5, 9);
    expect(between(a, { ...b, scale: 1 }, 0.5)).toEqual({ x: 50, y: 25, scale: 1 });
  });
});
