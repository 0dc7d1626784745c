import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Server, serve } from '../src/index.ts';
import { call, postJson } from './call.ts';

let folder = '';
let server: Server;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bpmn-connectors-claims-'));
  const models = [fileURLToPath(new URL('data/claims.bpmn', import.meta.url))];
  server = await serve({ models, port: 0, managementPort: 0, data: folder });
});

afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

test('one webhook starts an instance with the first event of a key, and goes on with the second', async () => {
  const post = async (claim: string, document: string) =>
    (await postJson(`${server.url}/webhooks/documents`, { claim, document })).status;
  const instances = async () => {
    const { text } = await call(`${server.managementUrl}/api/instances`);
    const items: readonly { state: string; variables: Record<string, unknown> }[] =
      JSON.parse(text).items;
    return items.map(({ state, variables }) => [variables['claim'], variables['document'], state]);
  };
  expect([await post('A', 'a1'), await post('B', 'b1')]).toEqual([200, 200]);
  expect(await instances()).toEqual([
    ['B', 'b1', 'active'],
    ['A', 'a1', 'active'],
  ]);
  expect(await post('A', 'a2')).toBe(200);
  expect(await instances()).toEqual([
    ['B', 'b1', 'active'],
    ['A', 'a2', 'completed'],
  ]);
  expect(await post('A', 'a3')).toBe(200);
  expect(await instances()).toEqual([
    ['A', 'a3', 'active'],
    ['B', 'b1', 'active'],
    ['A', 'a2', 'completed'],
  ]);
});
