// The programs of the WebGL painter.

// SPDX-License-Identifier: Apache-2.0

const camera = `#version 300 es
precision highp float;
uniform vec2 u_high, u_low, u_half;
uniform float u_scale, u_ratio;
vec2 on_screen(vec2 p) { return ((p - u_high) - u_low) * u_scale; }
vec4 placed(vec2 px) { return vec4(px.x / u_half.x, -px.y / u_half.y, 0.0, 1.0); }
`;

// State 1: dim, 2: lit.
export const box_vertex = `${camera}
in vec4 a_rect;
in float a_band;
in vec4 a_color;
in vec2 a_look;
out vec2 v_at;
flat out vec2 v_size;
flat out vec4 v_color;
flat out vec2 v_look;
flat out float v_band;
void main() {
  vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  vec2 size = a_rect.zw * u_scale;
  vec2 middle = on_screen(a_rect.xy + 0.5 * a_rect.zw);
  vec2 least = vec2(1.2 * u_ratio);
  v_size = a_look.x > 3.5 ? size : max(size, least);
  vec2 reach = 0.5 * v_size + 1.0;
  v_at = (2.0 * corner - 1.0) * reach;
  v_color = a_color;
  v_look = a_look;
  v_band = a_band * u_scale;
  bool hidden = a_look.x > 2.5 && size.y < (a_look.x > 3.5 ? 1.0 : 8.0) * u_ratio;
  gl_Position = hidden ? vec4(2.0, 2.0, 0.0, 1.0) : placed(middle + v_at);
}`;

export const box_fragment = `#version 300 es
precision highp float;
uniform vec3 u_page, u_body;
uniform float u_band, u_pill, u_scale, u_ratio;
in vec2 v_at;
flat in vec2 v_size;
flat in vec4 v_color;
flat in vec2 v_look;
flat in float v_band;
out vec4 color;
void main() {
  vec2 half_size = 0.5 * v_size;
  float height = v_size.y / u_ratio;
  bool tensor = v_look.x > 0.5 && v_look.x < 2.5;
  float radius = v_look.x > 3.5 ? 0.0 : tensor ? min(half_size.y, 14.0 * u_scale) : min(5.0 * u_scale, half_size.y);
  if (height < 3.0) radius = 0.0;
  vec2 q = abs(v_at) - half_size + radius;
  float d = length(max(q, 0.0)) + min(max(q.x, q.y), 0.0) - radius;
  float inside = clamp(0.5 - d, 0.0, 1.0);
  vec3 own = v_color.rgb;
  vec3 solid = mix(own, u_body, 0.18);
  vec3 tint = mix(own, u_body, tensor ? u_pill : u_band);
  vec3 fill = tint;
  if (v_look.x > 2.5 && v_look.x < 3.5) fill = u_body;
  if (v_look.x < 0.5 && v_band > 11.5 * u_ratio && v_band < v_size.y - 0.5) {
    fill = mix(tint, u_body, clamp(v_at.y + half_size.y - v_band + 0.5, 0.0, 1.0));
  }
  float stroke = max(1.2 * u_scale, 1.0 * u_ratio);
  float border = clamp(d + stroke + 0.5, 0.0, 1.0);
  if (v_look.x > 1.5 && v_look.x < 2.5) {
    border *= step(fract((v_at.x + v_at.y) / (9.0 * max(u_scale, 0.5 * u_ratio))), 0.58);
  }
  vec3 shown = mix(fill, own, border);
  if (v_look.x > 3.5) shown = own;
  else shown = mix(solid, shown, smoothstep(5.0, 12.0, height));
  float alpha = v_color.a;
  if (v_look.y > 0.5 && v_look.y < 1.5) shown = mix(shown, u_page, 0.8);
  color = vec4(shown, inside * alpha);
}`;

export const line_vertex = `${camera}
in vec4 a_ends;
in vec4 a_widths;
in float a_phase;
in float a_state;
out vec2 v_at;
flat out vec2 v_half;
flat out float v_length;
flat out float v_dashed;
flat out float v_state;
out float v_along;
void main() {
  vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  vec2 a = on_screen(a_ends.xy);
  vec2 b = on_screen(a_ends.zw);
  vec2 along = b - a;
  float len = max(length(along), 1e-4);
  vec2 dir = along / len;
  vec2 side = vec2(-dir.y, dir.x);
  v_half = a_widths.xy / 32.0 * u_scale;
  bool tapered = a_widths.x > a_widths.y + 8.0;
  float cap = tapered ? 0.5 : 0.5 + 0.3 * v_half.x;
  float reach = max(max(v_half.x, v_half.y), 0.5) + 1.0;
  v_at = vec2(mix(-cap, len + cap, corner.x), mix(-reach, reach, corner.y));
  v_length = len;
  v_dashed = a_widths.z;
  v_state = a_state;
  v_along = a_phase + v_at.x / u_scale;
  bool hidden = tapered && len < 2.0;
  gl_Position = hidden ? vec4(2.0, 2.0, 0.0, 1.0) : placed(a + dir * v_at.x + side * v_at.y);
}`;

export const line_fragment = `#version 300 es
precision highp float;
uniform vec3 u_color, u_page, u_lit;
uniform float u_alpha;
in vec2 v_at;
flat in vec2 v_half;
flat in float v_length;
flat in float v_dashed;
flat in float v_state;
in float v_along;
out vec4 color;
void main() {
  float t = clamp(v_at.x / v_length, 0.0, 1.0);
  float half_width = mix(v_half.x, v_half.y, t);
  float shown = max(half_width, 0.45);
  float cover = clamp(shown + 0.5 - abs(v_at.y), 0.0, 1.0) * clamp(half_width / 0.45, 0.45, 1.0);
  if (v_dashed > 0.5 && fract(v_along / 9.0) > 0.56) cover = 0.0;
  vec3 own = v_state > 1.5 ? u_lit : v_state > 0.5 ? mix(u_color, u_page, 0.75) : u_color;
  color = vec4(own, cover * u_alpha);
}`;
