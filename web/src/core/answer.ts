// From the bytes of a core's answer to plain objects with typed arrays (trex/page/answer.hpp).

// SPDX-License-Identifier: Apache-2.0
export type TypedArray = Float64Array | Float32Array | Int32Array | Uint32Array | Uint8Array;

const makers = { f64: Float64Array, f32: Float32Array, i32: Int32Array, u32: Uint32Array, u8: Uint8Array };

interface Place {
  type: keyof typeof makers;
  offset: number;
  length: number;
}

// `bytes` must be a whole buffer of its own: the arrays are views of it.
export function decode(bytes: ArrayBuffer): unknown {
  const length = new DataView(bytes).getUint32(0, true);
  const start = 8 * Math.ceil((4 + length) / 8);
  const json = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 4, length)));
  const arrays = ((json.$arrays ?? []) as Place[]).map(
    ({ type, offset, length: count }) => new makers[type](bytes, start + offset, count),
  );
  delete json.$arrays;
  return arrays.length > 0 ? filled(json, arrays) : json;
}

function filled(value: unknown, arrays: TypedArray[]): unknown {
  if (value === null || typeof value !== 'object') return value;
  // Long lists of plain values hold no arrays: they are passed by.
  if (Array.isArray(value)) return typeof value[0] === 'object' ? value.map((item) => filled(item, arrays)) : value;
  const object = value as Record<string, unknown>;
  if (typeof object.$array === 'number') return arrays[object.$array];
  for (const key of Object.keys(object)) object[key] = filled(object[key], arrays);
  return object;
}
