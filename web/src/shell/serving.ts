// The page live: engines from `trex serve`, asked again when the files change.
//
// api/engines answers {version, engines: [{name, files: [path ...]}]}; api/files/PATH a file's bytes.
// `version` changes when any file does.

// SPDX-License-Identifier: Apache-2.0
import { app, type InputFile } from '../state/app.svelte';
import { toast } from '../ui/toast.svelte';

interface Served {
  version: string | number;
  engines: { name: string; files: string[] }[];
}

const between_questions_ms = 2000;

async function served(): Promise<Served> {
  const answer = await fetch('api/engines', { cache: 'no-store' });
  if (!answer.ok) throw new Error(`trex serve answered ${answer.status}`);
  return (await answer.json()) as Served;
}

async function files_of(list: Served): Promise<InputFile[]> {
  const names = [...new Set(list.engines.flatMap((engine) => engine.files))];
  return Promise.all(names.map(async (name) => {
    const path = name.split('/').map(encodeURIComponent).join('/');
    const answer = await fetch(`api/files/${path}`, { cache: 'no-store' });
    if (!answer.ok) throw new Error(`${name}: trex serve answered ${answer.status}`);
    return { name, data: await answer.blob() };
  }));
}

async function show(list: Served): Promise<void> {
  if (list.engines.length === 0) {
    app.errors = ['the folder holds no engine; put a graph JSON of trtexec --exportLayerInfo there'];
    return;
  }
  await app.reload(await files_of(list), list.engines);
}

// Shows what is there and then what changes, for as long as the page is open.
export async function watch_server(): Promise<void> {
  let version: Served['version'] | undefined;
  const look = async () => {
    try {
      const list = await served();
      if (list.version !== version) {
        const again = version !== undefined;
        version = list.version;
        await show(list);
        if (again) toast.say('the files changed: read again');
      }
    } catch (error) {
      if (version === undefined) app.errors = [error instanceof Error ? error.message : String(error)];
    }
    setTimeout(look, between_questions_ms);
  };
  await look();
}
