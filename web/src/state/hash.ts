// What of the state stands in the URL's hash: a permalink that also works on file://.
//
// "#view=graph&engine=resnet&layer=12&where=type+%3D%3D+..." ; views may keep keys of their own there.

// SPDX-License-Identifier: Apache-2.0
export type Place = Record<string, string>;

export function read_hash(hash: string): Place {
  return Object.fromEntries(new URLSearchParams(hash.replace(/^#/, '')));
}

// Empty values are left out; keys in order, so the same state has one address.
export function write_hash(place: Place): string {
  const entries = Object.entries(place).filter(([, value]) => value !== '');
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.length > 0 ? `#${new URLSearchParams(entries)}` : '';
}
