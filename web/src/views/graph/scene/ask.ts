// What does the search box ask for?
//
// One line, four questions, told apart by their shape: `Conv* -> Reformat` is a pattern, `A..B` a
// path, `~2` what is within two steps of the selection, `/regex/` a regular expression, anything
// else a part of a name or type.

// SPDX-License-Identifier: Apache-2.0

export type Ask =
  | { kind: 'none' }
  | { kind: 'pattern' | 'path' | 'regex' | 'text'; text: string }
  | { kind: 'beam'; radius: number };

export function parse_ask(text: string): Ask {
  const asked = text.trim();
  if (asked === '') return { kind: 'none' };
  const beam = /^~\s*(\d{1,3})$/.exec(asked);
  if (beam) return { kind: 'beam', radius: Number(beam[1]) };
  const regex = /^\/(.+)\/$/s.exec(asked);
  if (regex) return { kind: 'regex', text: regex[1] };
  if (asked.includes('->')) return { kind: 'pattern', text: asked };
  const dots = asked.indexOf('..');
  if (dots > 0 && dots + 2 < asked.length && !asked.includes('...')) return { kind: 'path', text: asked };
  return { kind: 'text', text: asked };
}

// A text as a regular expression that finds it as it stands.
export function quoted(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

export interface Neighbours {
  inputs: (box: number) => Iterable<number>;
  outputs: (box: number) => Iterable<number>;
}

// Boxes within so many steps up- and downstream of those, themselves included.
export function beam(seeds: Iterable<number>, radius: number, around: Neighbours): Set<number> {
  const all = new Set<number>(seeds);
  for (const next of [around.inputs, around.outputs]) {
    const seen = new Set<number>(seeds);
    let front = [...seen];
    for (let step = 0; step < radius && front.length > 0; ++step) {
      const reached: number[] = [];
      for (const box of front) {
        for (const other of next(box)) {
          if (seen.has(other)) continue;
          seen.add(other);
          all.add(other);
          reached.push(other);
        }
      }
      front = reached;
    }
  }
  return all;
}
