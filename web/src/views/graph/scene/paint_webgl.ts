// Boxes and lines by WebGL2: instances of a rectangle, two programs, no library.
//
// Places are taken relative to the camera in two steps (its single-precision part, then the rest),
// so that a graph of ten million pixels does not tremble when near. Frames are scissored clears with
// hairlines: filling nested frames by fragments costs more than everything else in software.

// SPDX-License-Identifier: Apache-2.0
import type { Camera, Pane } from './camera';
import { visible } from './camera';
import type { Rect } from './drawing';
import { box_instances, dots, line_level, segments, type BoxInstances, type Dots, type Segments } from './instances';
import type { Looks } from './looks';
import { dot_level, type Painter } from './painter';
import { fan_out } from './rtree';
import type { Scene } from './scene';
import { box_fragment, box_vertex, line_fragment, line_vertex } from './shaders';

interface BoxBuffers {
  geometry: WebGLBuffer;
  colors: WebGLBuffer;
  looks: WebGLBuffer;
}
interface LineBuffers {
  data: Segments;
  ends: WebGLBuffer;
  widths: WebGLBuffer;
  phase: WebGLBuffer;
  states: WebGLBuffer;
}

type GL = WebGL2RenderingContext;

export class WebglPainter implements Painter {
  readonly kind = 'webgl2';
  private readonly box_program: Program;
  private readonly line_program: Program;
  private pane: Pane = { width: 1, height: 1 };
  private ratio = 1;
  private scene: Scene | null = null;
  private boxes: BoxInstances | null = null;
  private box_buffers: BoxBuffers | null = null;
  private lines = new Map<number, LineBuffers>();
  private dots = new Map<number, { data: Dots; buffers: BoxBuffers }>();
  private readonly scratch: WebGLBuffer;

  // Null where WebGL2 is missing.
  static make(canvas: HTMLCanvasElement): WebglPainter | null {
    const gl = canvas.getContext('webgl2', { alpha: false, antialias: false, depth: false, stencil: false });
    try {
      return gl ? new WebglPainter(canvas, gl) : null;
    } catch {
      return null; // a driver that does not compile the programs
    }
  }

  private constructor(private readonly canvas: HTMLCanvasElement, private readonly gl: GL) {
    this.box_program = new Program(gl, box_vertex, box_fragment, ['a_rect', 'a_band', 'a_color', 'a_look']);
    this.line_program = new Program(gl, line_vertex, line_fragment, ['a_ends', 'a_widths', 'a_phase', 'a_state']);
    this.scratch = gl.createBuffer()!;
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA);
  }

  resize(pane: Pane, pixel_ratio: number): void {
    this.pane = pane;
    this.ratio = pixel_ratio;
    this.canvas.width = Math.max(1, Math.round(pane.width * pixel_ratio));
    this.canvas.height = Math.max(1, Math.round(pane.height * pixel_ratio));
  }

  set_scene(scene: Scene): void {
    this.forget();
    this.scene = scene;
    this.boxes = box_instances(scene);
    this.box_buffers = this.box_buffers_of(this.boxes.geometry);
    this.refresh_boxes();
  }

  refresh(): void {
    if (!this.scene) return;
    this.refresh_boxes();
    for (const line of this.lines.values()) this.fill_states(line);
    for (const { buffers } of this.dots.values()) this.drop(buffers);
    this.dots.clear();
  }

  draw(camera: Camera, looks: Looks): void {
    const { gl, scene } = this;
    gl.viewport(0, 0, this.canvas.width, this.canvas.height);
    clear(gl, looks.page);
    if (!scene) return;
    const view = visible(camera, this.pane);
    this.draw_frames(camera, looks, view);
    this.draw_lines(camera, looks, view);
    this.draw_boxes(camera, looks, view);
  }

  dispose(): void {
    this.forget();
    this.gl.deleteBuffer(this.scratch);
    this.box_program.dispose();
    this.line_program.dispose();
    this.gl.getExtension('WEBGL_lose_context')?.loseContext();
  }

  // ---- frames

  private draw_frames(camera: Camera, looks: Looks, view: Rect): void {
    const { gl } = this;
    const f = this.scene!.drawing.frames;
    const hairlines: number[] = [];
    const scale = camera.scale * this.ratio;
    const [cx, cy] = [this.canvas.width / 2, this.canvas.height / 2];
    gl.enable(gl.SCISSOR_TEST);
    for (let i = 0; i < f.count; ++i) {
      if (f.x[i] > view.x + view.w || f.x[i] + f.w[i] < view.x || f.y[i] > view.y + view.h || f.y[i] + f.h[i] < view.y) continue;
      if (Math.max(f.w[i], f.h[i]) * camera.scale < 4) continue;
      if (f.parent[i] < 0) {
        const left = Math.max(0, Math.round((f.x[i] - camera.x) * scale + cx));
        const right = Math.min(this.canvas.width, Math.round((f.x[i] + f.w[i] - camera.x) * scale + cx));
        const top = Math.max(0, Math.round((f.y[i] - camera.y) * scale + cy));
        const bottom = Math.min(this.canvas.height, Math.round((f.y[i] + f.h[i] - camera.y) * scale + cy));
        if (right > left && bottom > top) {
          gl.scissor(left, this.canvas.height - bottom, right - left, bottom - top);
          clear(gl, looks.frame);
        }
      }
      const [x0, y0, x1, y1] = [f.x[i], f.y[i], f.x[i] + f.w[i], f.y[i] + f.h[i]];
      hairlines.push(x0, y0, x1, y0, x1, y0, x1, y1, x1, y1, x0, y1, x0, y1, x0, y0);
    }
    gl.disable(gl.SCISSOR_TEST);
    if (hairlines.length === 0) return;
    this.use_lines(camera, looks.frame_line, looks, 1);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.scratch);
    gl.bufferData(gl.ARRAY_BUFFER, new Float32Array(hairlines), gl.STREAM_DRAW);
    this.line_program.floats('a_ends', 4, 16, 0);
    this.line_program.constant('a_widths', 16, 16, 0, 0);
    this.line_program.constant('a_phase', 0);
    this.line_program.constant('a_state', 0);
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, hairlines.length / 4);
  }

  // ---- lines

  private draw_lines(camera: Camera, looks: Looks, view: Rect): void {
    const { gl } = this;
    const scene = this.scene!;
    if (scene.drawing.edges.count === 0) return;
    const line = this.lines_on(line_level(camera.scale));
    if (line.data.count === 0) return;
    this.use_lines(camera, looks.line, looks, 0.55 + 0.45 * Math.min(1, camera.scale / 0.4));
    scene.edges.runs(view.x, view.y, view.x + view.w, view.y + view.h, 1, (from, to) => {
      const start = line.data.starts[from];
      const count = line.data.starts[to] - start;
      if (count === 0) return;
      gl.bindBuffer(gl.ARRAY_BUFFER, line.ends);
      this.line_program.floats('a_ends', 4, 16, 16 * start);
      gl.bindBuffer(gl.ARRAY_BUFFER, line.widths);
      this.line_program.bytes('a_widths', 4, 4, 4 * start, false);
      gl.bindBuffer(gl.ARRAY_BUFFER, line.phase);
      this.line_program.floats('a_phase', 1, 4, 4 * start);
      gl.bindBuffer(gl.ARRAY_BUFFER, line.states);
      this.line_program.bytes('a_state', 1, 1, start, false);
      gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, count);
    });
  }

  private use_lines(camera: Camera, color: number, looks: Looks, alpha: number): void {
    this.line_program.use();
    this.set_camera(this.line_program, camera);
    this.line_program.color('u_color', color);
    this.line_program.color('u_page', looks.page);
    this.line_program.color('u_lit', looks.dark ? 0xc9d1d9 : 0x424a53);
    this.line_program.number('u_alpha', alpha);
  }

  private lines_on(level: number): LineBuffers {
    const known = this.lines.get(level);
    if (known) return known;
    const data = segments(this.scene!, level);
    const made: LineBuffers = {
      data,
      ends: this.buffer(data.ends.subarray(0, 4 * data.count)),
      widths: this.buffer(data.widths.subarray(0, 4 * data.count)),
      phase: this.buffer(data.phase.subarray(0, data.count)),
      states: this.buffer(new Uint8Array(data.count)),
    };
    this.fill_states(made);
    this.lines.set(level, made);
    return made;
  }

  private fill_states(line: LineBuffers): void {
    const states = new Uint8Array(line.data.count);
    for (let i = 0; i < states.length; ++i) states[i] = this.scene!.edge_states[line.data.edge[i]];
    this.gl.bindBuffer(this.gl.ARRAY_BUFFER, line.states);
    this.gl.bufferData(this.gl.ARRAY_BUFFER, states, this.gl.DYNAMIC_DRAW);
  }

  // ---- boxes

  private draw_boxes(camera: Camera, looks: Looks, view: Rect): void {
    const scene = this.scene!;
    const program = this.box_program;
    program.use();
    this.set_camera(program, camera);
    program.color('u_page', looks.page);
    program.color('u_body', looks.body);
    program.number('u_band', looks.band);
    program.number('u_pill', looks.pill);
    const level = dot_level(scene, camera.scale);
    const [right, bottom] = [view.x + view.w, view.y + view.h];
    if (level < 0) {
      const starts = this.boxes!.starts;
      scene.boxes.runs(view.x, view.y, right, bottom, 0, (from, to) => {
        this.draw_instances(this.box_buffers!, starts[from], starts[to] - starts[from]);
      });
      return;
    }
    const { buffers } = this.dots_on(level);
    scene.boxes.runs(view.x, view.y, right, bottom, level, (from, to) => {
      const size = fan_out ** (level + 1);
      const first = from / size;
      this.draw_instances(buffers, first, Math.ceil(to / size) - first);
    });
  }

  private draw_instances(buffers: BoxBuffers, start: number, count: number): void {
    const { gl, box_program: program } = this;
    if (count <= 0) return;
    gl.bindBuffer(gl.ARRAY_BUFFER, buffers.geometry);
    program.floats('a_rect', 4, 20, 20 * start);
    program.floats('a_band', 1, 20, 20 * start + 16);
    gl.bindBuffer(gl.ARRAY_BUFFER, buffers.colors);
    program.bytes('a_color', 4, 4, 4 * start, true);
    gl.bindBuffer(gl.ARRAY_BUFFER, buffers.looks);
    program.bytes('a_look', 2, 2, 2 * start, false);
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, count);
  }

  private refresh_boxes(): void {
    const { gl, scene, boxes } = this;
    if (!scene || !boxes) return;
    const colors = new Uint8Array(4 * boxes.count);
    const looks = new Uint8Array(2 * boxes.count);
    const bars = scene.drawing.boxes.bar_color;
    for (let i = 0; i < boxes.count; ++i) {
      const box = boxes.box[i];
      const color = boxes.bar[i] < 0 ? scene.colors[box] : bars[boxes.bar[i]];
      colors[4 * i] = color >> 16;
      colors[4 * i + 1] = color >> 8;
      colors[4 * i + 2] = color;
      colors[4 * i + 3] = 255;
      looks[2 * i] = boxes.look[i];
      looks[2 * i + 1] = scene.box_states[box];
    }
    gl.bindBuffer(gl.ARRAY_BUFFER, this.box_buffers!.colors);
    gl.bufferData(gl.ARRAY_BUFFER, colors, gl.DYNAMIC_DRAW);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.box_buffers!.looks);
    gl.bufferData(gl.ARRAY_BUFFER, looks, gl.DYNAMIC_DRAW);
  }

  private dots_on(level: number): { data: Dots; buffers: BoxBuffers } {
    const known = this.dots.get(level);
    if (known) return known;
    const { gl } = this;
    const data = dots(this.scene!, level);
    const buffers = this.box_buffers_of(data.geometry);
    const looks = new Uint8Array(2 * data.states.length);
    for (let g = 0; g < data.states.length; ++g) looks[2 * g + 1] = data.states[g];
    gl.bindBuffer(gl.ARRAY_BUFFER, buffers.colors);
    gl.bufferData(gl.ARRAY_BUFFER, data.colors, gl.STATIC_DRAW);
    gl.bindBuffer(gl.ARRAY_BUFFER, buffers.looks);
    gl.bufferData(gl.ARRAY_BUFFER, looks, gl.STATIC_DRAW);
    const made = { data, buffers };
    this.dots.set(level, made);
    return made;
  }

  // ---- buffers

  private set_camera(program: Program, camera: Camera): void {
    const [hx, hy] = [Math.fround(camera.x), Math.fround(camera.y)];
    program.vector('u_high', hx, hy);
    program.vector('u_low', camera.x - hx, camera.y - hy);
    program.vector('u_half', this.canvas.width / 2, this.canvas.height / 2);
    program.number('u_scale', camera.scale * this.ratio);
    program.number('u_ratio', this.ratio);
  }

  private buffer(data: ArrayBufferView): WebGLBuffer {
    const made = this.gl.createBuffer()!;
    this.gl.bindBuffer(this.gl.ARRAY_BUFFER, made);
    this.gl.bufferData(this.gl.ARRAY_BUFFER, data, this.gl.STATIC_DRAW);
    return made;
  }

  private box_buffers_of(geometry: Float32Array): BoxBuffers {
    return { geometry: this.buffer(geometry), colors: this.gl.createBuffer()!, looks: this.gl.createBuffer()! };
  }

  private drop(buffers: BoxBuffers): void {
    for (const buffer of [buffers.geometry, buffers.colors, buffers.looks]) this.gl.deleteBuffer(buffer);
  }

  private forget(): void {
    if (this.box_buffers) this.drop(this.box_buffers);
    this.box_buffers = null;
    for (const { buffers } of this.dots.values()) this.drop(buffers);
    this.dots.clear();
    for (const line of this.lines.values()) {
      for (const buffer of [line.ends, line.widths, line.phase, line.states]) this.gl.deleteBuffer(buffer);
    }
    this.lines.clear();
  }
}

// Is there a graphics card behind WebGL2? Without one a 2D canvas is faster: 17 ms a frame where
// SwiftShader took 35 to 140 with 10 000 boxes. `failIfMajorPerformanceCaveat` does not tell in Chromium.
export function has_graphics_card(): boolean {
  const gl = document.createElement('canvas').getContext('webgl2', { failIfMajorPerformanceCaveat: true });
  if (!gl) return false;
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  const renderer = String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return !/swiftshader|llvmpipe|softpipe|software|basic render|mesa offscreen/i.test(renderer);
}

function clear(gl: GL, color: number): void {
  gl.clearColor((color >> 16) / 255, ((color >> 8) & 255) / 255, (color & 255) / 255, 1);
  gl.clear(gl.COLOR_BUFFER_BIT);
}

// A compiled program; attributes go by instance.
class Program {
  private readonly program: WebGLProgram;
  private readonly vao: WebGLVertexArrayObject;
  private readonly uniforms = new Map<string, WebGLUniformLocation | null>();
  private readonly places = new Map<string, number>();

  constructor(private readonly gl: GL, vertex: string, fragment: string, attributes: string[]) {
    this.program = gl.createProgram()!;
    for (const [kind, source] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]] as const) {
      const shader = gl.createShader(kind)!;
      gl.shaderSource(shader, source);
      gl.compileShader(shader);
      gl.attachShader(this.program, shader);
    }
    attributes.forEach((name, i) => gl.bindAttribLocation(this.program, i, name));
    gl.linkProgram(this.program);
    if (!gl.getProgramParameter(this.program, gl.LINK_STATUS)) {
      throw new Error(gl.getProgramInfoLog(this.program) ?? 'cannot link a graphics program');
    }
    this.vao = gl.createVertexArray()!;
    gl.bindVertexArray(this.vao);
    attributes.forEach((name, i) => {
      this.places.set(name, i);
      gl.vertexAttribDivisor(i, 1);
    });
    gl.bindVertexArray(null);
  }

  use(): void {
    this.gl.useProgram(this.program);
    this.gl.bindVertexArray(this.vao);
  }
  floats(name: string, size: number, stride: number, offset: number): void {
    const at = this.places.get(name)!;
    this.gl.enableVertexAttribArray(at);
    this.gl.vertexAttribPointer(at, size, this.gl.FLOAT, false, stride, offset);
  }
  bytes(name: string, size: number, stride: number, offset: number, normalized: boolean): void {
    const at = this.places.get(name)!;
    this.gl.enableVertexAttribArray(at);
    this.gl.vertexAttribPointer(at, size, this.gl.UNSIGNED_BYTE, normalized, stride, offset);
  }
  constant(name: string, a: number, b = 0, c = 0, d = 0): void {
    const at = this.places.get(name)!;
    this.gl.disableVertexAttribArray(at);
    this.gl.vertexAttrib4f(at, a, b, c, d);
  }
  number(name: string, value: number): void {
    this.gl.uniform1f(this.at(name), value);
  }
  vector(name: string, x: number, y: number): void {
    this.gl.uniform2f(this.at(name), x, y);
  }
  color(name: string, color: number): void {
    this.gl.uniform3f(this.at(name), (color >> 16) / 255, ((color >> 8) & 255) / 255, (color & 255) / 255);
  }
  dispose(): void {
    this.gl.deleteProgram(this.program);
    this.gl.deleteVertexArray(this.vao);
  }
  private at(name: string): WebGLUniformLocation | null {
    if (!this.uniforms.has(name)) this.uniforms.set(name, this.gl.getUniformLocation(this.program, name));
    return this.uniforms.get(name)!;
  }
}
