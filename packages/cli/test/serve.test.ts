import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { serve } from '../src/index.ts';
import { call, postJson } from './call.ts';

const guarded = fileURLToPath(new URL('data/guarded.bpmn', import.meta.url));

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bpmn-connectors-cli-'));
});

afterEach(() => rm(folder, { recursive: true }));

test('a program serves models with secrets of a folder, and ends what it began', async () => {
  const files = { BASIC_PASSWORD: 'of-a-file\n', JWKS_URL: 'https://id.example.com/jwks' };
  for (const [name, value] of Object.entries(files)) await writeFile(join(folder, name), value);
  const options = {
    models: [guarded],
    port: 0,
    managementPort: 0,
    data: 'state',
    cwd: folder,
    secretsDir: '.',
    env: { SECRET_API_KEY: 'of-the-environment', SECRET_BASIC_PASSWORD: 'not-this-one' },
  };
  const server = await serve(options);
  expect(server.data).toBe(join(folder, 'state'));
  expect(server.endpoints().map(({ webhookId, state }) => `${webhookId} ${state}`)).toEqual([
    'basic active',
    'key active',
    'jwt active',
  ]);
  const basic = { authorization: `Basic ${btoa('shop:of-a-file')}` };
  expect((await postJson(`${server.url}/webhooks/basic`, {}, basic)).status).toBe(200);
  const key = { apikey: 'of-the-environment' };
  expect((await postJson(`${server.url}/webhooks/key`, {}, key)).status).toBe(200);
  expect((await call(`${server.managementUrl}/health/live`)).status).toBe(200);
  await Promise.all([server.close(), server.close()]);
  await expect(call(`${server.url}/health/live`)).rejects.toMatchObject({ code: 'ECONNREFUSED' });

  const again = await serve(options);
  expect(again.endpoints()).toHaveLength(3);
  await again.close();
});

test('unknown and wrong options are refused, all at once, and nothing is left open', async () => {
  const options = { port: 65_536, prot: 1, data: folder };
  await expect(serve(options)).rejects.toMatchObject({
    code: 'CONFIGURATION',
    problems: [{ where: 'serve / port' }, { reason: expect.stringContaining('prot') }],
  });
});
