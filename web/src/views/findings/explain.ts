// What the core says of a word, in paragraphs; asked once.

// SPDX-License-Identifier: Apache-2.0
import type { Client } from '../../core/client';

export interface Said {
  paragraphs: { title: string; text: string }[];
  sources: string[];
}

const titles = /(?:^|\s)(Why it costs|What to do|When it is right|Example|Not reported): /g;

// "x. Why it costs: y. What to do: z" as three paragraphs.
export function paragraphs(text: string): Said['paragraphs'] {
  const result: Said['paragraphs'] = [];
  let title = '';
  let from = 0;
  for (const match of text.matchAll(titles)) {
    result.push({ title, text: text.slice(from, match.index).trim() });
    title = match[1];
    from = match.index + match[0].length;
  }
  result.push({ title, text: text.slice(from).trim() });
  return result.filter((one) => one.text !== '');
}

const known = new Map<string, Promise<Said>>();

export function explain(core: Client, word: string): Promise<Said> {
  let said = known.get(word);
  if (!said) {
    said = core.call('explain', { word }).then((answer) => ({
      paragraphs: paragraphs(answer.text), sources: answer.sources ?? [],
    }));
    said.catch(() => known.delete(word));
    known.set(word, said);
  }
  return said;
}
