// Everything that can be done by a key or by name: one list for keys, palette and help.

// SPDX-License-Identifier: Apache-2.0
import { app } from '../state/app.svelte';
import { copy } from '../ui/download';
import { toast } from '../ui/toast.svelte';
import { shown_views } from '../views';
import { overlay } from './overlay.svelte';

export interface Action {
  id: string;
  title: string;
  keys: string[]; // as KeyboardEvent.key, "Ctrl+" before it where held
  group: 'views' | 'layers' | 'page';
  run: () => void;
}

export function copy_permalink(): void {
  void copy(location.href, 'permalink');
}

const page: Action[] = [
  { id: 'palette', title: 'Find a view, layer, finding or action', keys: ['Ctrl+k'], group: 'page', run: () => overlay.open('palette') },
  { id: 'filter', title: 'Filter the layers', keys: ['/'], group: 'page', run: () => document.getElementById('filter')?.focus() },
  { id: 'dark', title: 'Dark or light', keys: ['d'], group: 'page', run: () => app.toggle_dark() },
  { id: 'color', title: 'Colour by the next thing', keys: ['c'], group: 'page', run: () => app.next_color() },
  { id: 'link', title: 'Copy the permalink', keys: ['y'], group: 'page', run: copy_permalink },
  { id: 'open', title: 'Open files', keys: ['o'], group: 'page', run: () => document.getElementById('open-files')?.click() },
  { id: 'engine', title: 'Next engine', keys: ['e'], group: 'page', run: () => app.next_engine() },
  { id: 'hidden', title: 'Show hidden layers too, or not', keys: ['h'], group: 'page', run: () => app.show_hidden(!app.hidden) },
  { id: 'print', title: 'Print this view', keys: [], group: 'page', run: () => print() },
  { id: 'help', title: 'Keys and help', keys: ['?'], group: 'page', run: () => overlay.open('help') },
  { id: 'next', title: 'Next layer', keys: ['j'], group: 'layers', run: () => app.step(1) },
  { id: 'previous', title: 'Previous layer', keys: ['k'], group: 'layers', run: () => app.step(-1) },
  { id: 'slowest', title: 'Select the slowest layer', keys: ['s'], group: 'layers', run: select_slowest },
  { id: 'back', title: 'Back to the layer before', keys: ['['], group: 'layers', run: () => app.back() },
  { id: 'forward', title: 'Forward again', keys: [']'], group: 'layers', run: () => app.forward() },
  { id: 'pin', title: 'Pin the layer panel, or not', keys: ['p'], group: 'layers', run: () => app.pin(!app.pinned) },
  { id: 'focus', title: 'The selected layer in the graph', keys: ['f'], group: 'layers', run: show_in_graph },
  { id: 'clear', title: 'Clear selection, then filter', keys: ['Escape'], group: 'layers', run: clear },
];

export function actions(): Action[] {
  const open = shown_views().map(({ id, title, key }): Action => ({
    id: `view-${id}`, title, keys: [key], group: 'views', run: () => app.show(id),
  }));
  return [...open, ...page];
}

// The graph view listens for "graph-focus" to bring the layer into sight.
function show_in_graph(): void {
  app.show('graph');
  dispatchEvent(new CustomEvent('graph-focus'));
}

function select_slowest(): void {
  const times = app.engine?.layers.numbers('time_ms');
  if (!times) return;
  let slowest = -1;
  for (const row of app.rows) if (times[row] > (slowest < 0 ? -1 : times[slowest])) slowest = row;
  if (slowest >= 0) app.select(slowest);
  else toast.say('no times: open a profile too');
}

function clear(): void {
  if (overlay.shown) overlay.close();
  else if (app.selected !== null) app.select(null);
  else if (app.pinned) app.pin(false);
  else if (app.draft) app.filter('');
}

const editable = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
  !(target instanceof HTMLInputElement && /^(checkbox|radio|button|range)$/.test(target.type));

// True where the key was one of ours.
export function on_key(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing || event.altKey) return false;
  const held = event.ctrlKey || event.metaKey;
  if (editable(event.target) && !held) return false;
  if (overlay.shown && !held && event.key !== 'Escape') return false;
  const name = held ? `Ctrl+${event.key.toLowerCase()}` : event.key;
  const action = actions().find((one) => one.keys.includes(name));
  if (!action) return false;
  event.preventDefault();
  action.run();
  return true;
}
