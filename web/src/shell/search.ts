// Finds what a few letters mean among views, actions, layers and findings.

// SPDX-License-Identifier: Apache-2.0
export interface Candidate {
  title: string;
  lower: string; // of the title and what else may be typed for it
}

// Every word must occur; earlier and at the start of a word is better. Larger is better, -1: no.
export function score({ lower }: Candidate, words: readonly string[]): number {
  let total = 0;
  for (const word of words) {
    const at = lower.indexOf(word);
    if (at < 0) return -1;
    total += at === 0 ? 4 : /[a-z0-9]/.test(lower[at - 1]) ? 1 : 2;
  }
  return total;
}

export function words_of(text: string): string[] {
  return text.toLowerCase().split(/\s+/).filter(Boolean);
}

// The best first, those of a kind in their given order; looks at all, keeps `most`.
export function find<C extends Candidate>(candidates: readonly C[], text: string, most: number): C[] {
  const words = words_of(text);
  if (words.length === 0) return candidates.slice(0, most);
  const buckets = new Map<number, C[]>();
  for (const candidate of candidates) {
    const value = score(candidate, words);
    if (value < 0) continue;
    const bucket = buckets.get(value);
    if (!bucket) buckets.set(value, [candidate]);
    else if (bucket.length < most) bucket.push(candidate);
  }
  return [...buckets.keys()].sort((a, b) => b - a).flatMap((value) => buckets.get(value)!).slice(0, most);
}
