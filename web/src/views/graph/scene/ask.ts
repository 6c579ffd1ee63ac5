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
