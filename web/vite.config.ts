// One HTML file: scripts, styles, and the WebAssembly core as compressed data inside it.
//
// TREX_CORE_DIR names the folder of trex_core.js and trex_core.wasm (tools/page.sh builds it).

// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { viteSingleFile } from 'vite-plugin-singlefile';
import { defineConfig } from 'vitest/config';

const core = resolve(process.env.TREX_CORE_DIR ?? '../build/wasm/page');

// The core is data until the page has painted: scripts do not wait for it.
function embed_core() {
  return {
    name: 'embed-core',
    enforce: 'post' as const,
    transformIndexHtml(html: string) {
      const data = gzipSync(readFileSync(`${core}/trex_core.wasm`), { level: 9 }).toString('base64');
      return html.replace(
        '<!-- core -->',
        () => `<script type="application/octet-stream" id="trex-core">${data}</script>`,
      );
    },
  };
}

export default defineConfig({
  plugins: [svelte(), embed_core(), viteSingleFile({ removeViteModuleLoader: true })],
  resolve: { alias: { 'trex-core': `${core}/trex_core.js` } },
  // A classic worker: browsers refuse modules from blobs on file://.
  worker: { format: 'iife' },
  build: { outDir: process.env.TREX_PAGE_DIR ?? '../build/page', emptyOutDir: true, target: 'es2022' },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
});
