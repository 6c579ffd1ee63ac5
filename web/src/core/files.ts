// Where files go in the core's file system, and how packed ones are read.

// SPDX-License-Identifier: Apache-2.0
// A dropped folder's path may hold anything: what would climb out or end a C string goes.
export function path_in(folder: string, name: string): string {
  const parts = name.split(/[\\/]+/).filter((part) => part !== '' && part !== '.' && part !== '..');
  const safe = parts.map((part) => part.replaceAll('\0', '').slice(-200)).filter((part) => part !== '');
  return `${folder}/${safe.join('/') || 'file'}`;
}

export async function unpacked(data: Blob | Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const blob = data instanceof Blob ? data : new Blob([data]);
  const stream = blob.stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

export function from_base64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.trim()), (character) => character.charCodeAt(0));
}
