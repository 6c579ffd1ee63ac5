// What both painters do: boxes, lines and frames of a scene, without texts.

// SPDX-License-Identifier: Apache-2.0
import type { Camera, Pane } from './camera';
import type { Looks } from './looks';
import type { Scene } from './scene';

export interface Painter {
  readonly kind: 'webgl2' | 'canvas2d';
  resize(pane: Pane, pixel_ratio: number): void;
  set_scene(scene: Scene): void;
  refresh(): void; // colours or states of the scene changed
  draw(camera: Camera, looks: Looks): void;
  dispose(): void;
}

// A usual box's height on screen below which boxes are dots, below which groups of them are.
export const dot_height = 3;
export const group_height = 0.75;

// Groups of which level stand for the boxes; -1: the boxes themselves.
export function dot_level(scene: Scene, scale: number): number {
  let height = scene.text_height * scale;
  let level = -1;
  while (height < group_height && level + 1 < scene.boxes.levels.length && scene.boxes.count > 20000 / 16 ** (level + 1)) {
    ++level;
    height *= 4; // sixteen boxes, four by four
  }
  return level;
}
