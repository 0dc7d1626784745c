import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeTemplate } from '@bpmn-connectors/element-templates';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Server, serve } from '../src/index.ts';
import { call } from './call.ts';
import { rootTemplates } from './modeling/root-templates.ts';

let folder = '';
let server: Server;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bpmn-connectors-served-'));
  const managementToken = 'a-token-of-enough-characters';
  server = await serve({ port: 0, managementPort: 0, data: folder, managementToken });
});

afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

test('a modeler finds every template over HTTP, without token, by the index', async () => {
  const { status, text } = await call(`${server.managementUrl}/element-templates/index.json`);
  expect(status).toBe(200);
  const index: Record<string, { version: number; ref: string }[]> = JSON.parse(text);
  const ids = rootTemplates.map(([, template]) => template.id);
  expect(Object.keys(index).sort()).toEqual(ids.sort());
  for (const [, template] of rootTemplates) {
    const [entry] = index[template.id] ?? [];
    expect(entry?.version).toBe(template.version);
    const file = await call(entry?.ref ?? '');
    expect(file.headers['content-type']).toBe('application/json');
    expect(file.text).toBe(writeTemplate(template));
  }
});

test('other names, other hosts and pages of other sites get nothing', async () => {
  const templates = `${server.managementUrl}/element-templates`;
  expect((await call(`${templates}/gone.json`)).status).toBe(404);
  expect((await call(`${templates}/..%2Fpackage.json`)).status).toBe(404);
  const foreign = { headers: { host: 'evil.example' } };
  expect((await call(`${templates}/index.json`, foreign)).status).toBe(403);
  const crossSite = { headers: { origin: 'https://evil.example' } };
  expect((await call(`${templates}/index.json`, crossSite)).status).toBe(403);
});
