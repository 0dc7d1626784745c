import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { findChromium } from './find-chromium.ts';

/** A browser, and the page with the modeler. */
export interface ModelerPage {
  readonly browser: Browser;
  readonly url: string;
  close(): Promise<void>;
}

const resolve = createRequire(import.meta.url).resolve;
const dist = join(dirname(resolve('camunda-bpmn-js/package.json')), 'dist');
const types: Readonly<Record<string, string>> = {
  '': 'text/html',
  '.css': 'text/css',
  '.js': 'text/javascript',
};

const page = `<!doctype html><title>Modeler</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="/assets/camunda-cloud-modeler.css">
<style>html,body{margin:0;height:100%}#canvas{position:absolute;inset:0 420px 0 0}#panel{position:absolute;inset:0 0 0 auto;width:420px;overflow:auto}</style>
<div id="canvas"></div><div id="panel"></div>
<script src="/camunda-cloud-modeler.production.min.js"></script>`;

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Serves Camunda's modeler on loopback and starts a headless Chromium. */
export async function startModelerPage(): Promise<ModelerPage> {
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const reading = path === '/' ? Promise.resolve(page) : readFile(join(dist, path));
    response.setHeader('content-type', types[extname(path)] ?? 'application/octet-stream');
    reading.then(
      (content) => response.end(content),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const browser = await chromium.launch({ executablePath: findChromium(), args: flags });
  return {
    browser,
    url: `http://127.0.0.1:${port}/`,
    close: async () => {
      await browser.close();
      server.close();
      server.closeAllConnections();
    },
  };
}
