// What may be typed next in a filter: column names, the values of a column, words that join.
//
// A reader of the last few words only: what is right or wrong is for the core to say.

// SPDX-License-Identifier: Apache-2.0
import { column_text, quoted } from '../state/where';

export interface Token {
  text: string;
  start: number;
  end: number;
  kind: 'word' | 'text' | 'sign';
}

export interface Offer {
  text: string; // put in place of what is being typed
  label: string;
  note: string;
}

export interface Vocabulary {
  columns: readonly { name: string; doc: string; type: string }[];
  attributes: readonly string[];
  values: (column: string) => readonly string[]; // distinct texts, most frequent first
}

export interface Completion {
  from: number;
  to: number;
  offers: Offer[];
}

const most_offers = 12;
const pattern = /`[^`]*`?|"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?|[A-Za-z_][\w.-]*|[-+]?[\d.][\w.+-]*|&&|\|\||[=!<>]=|!~|[=<>~(),!]/g;

export function tokens(text: string): Token[] {
  return [...text.matchAll(pattern)].map((match) => {
    const first = match[0][0];
    const kind = first === '"' || first === "'" ? 'text' : /[A-Za-z_`\d.+-]/.test(first) ? 'word' : 'sign';
    return { text: match[0], start: match.index, end: match.index + match[0].length, kind };
  });
}

const is_join = (token?: Token) => token === undefined || /^(and|or|not|&&|\|\||!|\()$/i.test(token.text);
const is_sign = (token?: Token) => token !== undefined && /^(==|=|!=|<|<=|>|>=|~|!~)$/.test(token.text);
const plain = (name: string) => name.replaceAll('`', '');

// The column that a value at the end of `before` is compared with.
function compared(before: readonly Token[]): string | undefined {
  const last = before.at(-1);
  if (is_sign(last)) return before.at(-2) && plain(before.at(-2)!.text);
  let at = before.length - 1;
  while (at >= 0 && (before[at].kind === 'text' || before[at].text === ',')) --at;
  if (before[at]?.text !== '(' || before[at - 1]?.text.toLowerCase() !== 'in') return undefined;
  const name = before[at - 2]?.text.toLowerCase() === 'not' ? before[at - 3] : before[at - 2];
  return name && plain(name.text);
}

export function complete(text: string, caret: number, words: Vocabulary): Completion {
  const before = tokens(text.slice(0, caret));
  const last = before.at(-1);
  const typing = last && last.end === caret && last.kind !== 'sign' && !closed(last) ? last : undefined;
  const context = typing ? before.slice(0, -1) : before;
  const from = typing?.start ?? caret;
  const typed = (typing?.text ?? '').replace(/^["'`]/, '').toLowerCase();
  return { from, to: caret, offers: ranked(offers_after(context, words, typing !== undefined), typed) };
}

function closed(token: Token): boolean {
  return token.kind === 'text' && token.text.length > 1 && token.text.endsWith(token.text[0]);
}

function offers_after(context: readonly Token[], words: Vocabulary, typing: boolean): Offer[] {
  const column = compared(context);
  if (column !== undefined) {
    return words.values(column).map((value) => ({ text: `${quoted(value)} `, label: value, note: column }));
  }
  const last = context.at(-1);
  // `x in (` without a known column, or a bracket that opens an expression.
  if (is_join(last)) return column_offers(words);
  if (last!.kind === 'word' && is_join(context.at(-2))) return sign_offers(last!, words);
  return typing || last ? ['and', 'or'].map((word) => ({ text: `${word} `, label: word, note: '' })) : [];
}

function column_offers(words: Vocabulary): Offer[] {
  const columns = words.columns.map(({ name, doc }) => ({ text: `${column_text(name)} `, label: name, note: doc }));
  const attributes = words.attributes
    .filter((name) => !words.columns.some((column) => column.name === name))
    .map((name) => ({ text: `${column_text(name)} `, label: name, note: 'attribute of the file' }));
  return [...columns, ...attributes];
}

function sign_offers(column: Token, words: Vocabulary): Offer[] {
  const type = words.columns.find(({ name }) => name === plain(column.text))?.type ?? 'text';
  const signs = type === 'real' || type === 'integer' ? ['>', '>=', '<', '<=', '==', 'is null']
    : type === 'bool' ? ['and', 'or'] : ['==', '~', '!=', 'in (', 'is null'];
  return signs.map((sign) => ({ text: `${sign} `, label: sign, note: '' }));
}

// Those that begin so, then those with a word that does, then those that hold it.
function ranked(offers: readonly Offer[], typed: string): Offer[] {
  const rank = ({ label }: Offer) => {
    const at = label.toLowerCase().indexOf(typed);
    return at < 0 ? 3 : at === 0 ? 0 : /[^a-z0-9]/i.test(label[at - 1]) ? 1 : 2;
  };
  return offers
    .map((offer, i) => ({ offer, i, rank: rank(offer) }))
    .filter((one) => one.rank < 3 && one.offer.label.toLowerCase() !== typed)
    .sort((a, b) => a.rank - b.rank || a.i - b.i)
    .slice(0, most_offers)
    .map((one) => one.offer);
}

// Distinct texts of a column by how often they come.
export function values_of(texts: Iterable<string | null>): string[] {
  const counts = new Map<string, number>();
  for (const text of texts) if (text !== null) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts.keys()].sort((a, b) => counts.get(b)! - counts.get(a)! || (a < b ? -1 : 1));
}
