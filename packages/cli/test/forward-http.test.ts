import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { call, postJson } from './call.ts';
import { type Program, startProgram } from './program.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const status =
  (code: number): Answer =>
  (_request, response) =>
    response.writeHead(code).end();

let folder = '';
let program: Program;
let webhook = '';
let management = '';
let target: Server;
let port = 0;
let answer: Answer;
let keys: unknown[];

const listen = (server: Server, at: number) =>
  new Promise<number>((resolve, reject) => {
    server.on('error', reject);
    server.listen(at, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' ? (address?.port ?? 0) : 0);
    });
  });

const end = (server: Server) =>
  new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

/** What the URL got and what it answers; each test says so. */
function createTarget(): Server {
  return createServer((request, response) => {
    keys.push(request.headers['idempotency-key']);
    request.resume();
    request.on('end', () => answer(request, response));
  });
}

const configuration = (http: object) => ({
  engine: 'forward',
  forward: { http: { url: `http://127.0.0.1:${port}/in`, timeoutMs: 400, ...http } },
  endpoints: { orders: { 'inbound.auth.type': 'NONE' } },
});

/** @param file its name, and that of its durable state. */
async function run(file: string, http: object, env: Record<string, string> = {}): Promise<Program> {
  await writeFile(join(folder, `${file}.json`), JSON.stringify(configuration(http)));
  const options = ['--config', `${file}.json`, '--data', file, '--log-level', 'error'];
  return startProgram(['run', '--port', '0', '--management-port', '0', ...options], {
    cwd: folder,
    env,
  });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bpmn-connectors-forward-'));
  keys = [];
  target = createTarget();
  port = await listen(target, 0);
  program = await run('right', { headers: { 'Content-Type': 'application/vnd.shop+json' } });
  const addresses = await program.addresses();
  webhook = `${addresses.webhooks}/webhooks/orders`;
  management = addresses.management;
});

afterAll(async () => {
  program.child.kill('SIGKILL');
  await program.ended;
  await end(target);
  await rm(folder, { recursive: true });
});

beforeEach(() => {
  keys = [];
  answer = status(204);
});

let count = 0;
const nextEvent = () => {
  count += 1;
  return { id: `event-${count}`, source: 'shop', 'detail-type': 'order', detail: {} };
};

const asksAgain = {
  status: 503,
  headers: expect.objectContaining({ 'retry-after': expect.stringMatching(/^\d+$/) }),
};

const buried = async (): Promise<number> => {
  const { text } = await call(`${management}/api/dead-letters`);
  return JSON.parse(text).items.length;
};

describe('while the URL gives no answer, the sender is asked to come again', () => {
  test('where nothing listens, and the event goes on once something does', async () => {
    const event = nextEvent();
    await end(target);
    expect(await postJson(webhook, event)).toMatchObject(asksAgain);
    target = createTarget();
    await listen(target, port);
    expect((await postJson(webhook, event)).status).toBe(200);
    expect(keys).toHaveLength(1);
  });

  test('where it takes the request and stays silent, before EventBridge hangs up', async () => {
    answer = () => {};
    const before = performance.now();
    expect(await postJson(webhook, nextEvent())).toMatchObject(asksAgain);
    expect(performance.now() - before).toBeLessThan(4500);
    expect(keys).toHaveLength(1);
  });

  test('where it hangs up', async () => {
    answer = (request) => request.socket.destroy();
    expect(await postJson(webhook, nextEvent())).toMatchObject(asksAgain);
  });

  test('and the same key tells the URL that it may have the event already', async () => {
    const event = nextEvent();
    answer = () => {};
    await postJson(webhook, event);
    answer = status(204);
    expect((await postJson(webhook, event)).status).toBe(200);
    expect(keys).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/), keys[0]]);
  });

  test('and nothing is kept as a dead letter', async () => {
    const before = await buried();
    answer = () => {};
    await postJson(webhook, nextEvent());
    expect(await buried()).toBe(before);
  });
});

describe('of what the URL answers', () => {
  test.each([200, 201, 202])('%i is a success', async (code) => {
    answer = status(code);
    expect((await postJson(webhook, nextEvent())).status).toBe(200);
  });

  test('a success counts before its body ends', async () => {
    answer = (_request, response) => void response.writeHead(200).write('more to come');
    expect((await postJson(webhook, nextEvent())).status).toBe(200);
  });

  test.each([407, 408, 425, 502, 503, 504])('%i makes the sender come again', async (code) => {
    answer = status(code);
    expect(await postJson(webhook, nextEvent())).toMatchObject(asksAgain);
  });

  test('Retry-After goes on to the sender where it is in seconds', async () => {
    const retryAfter = async (value: string) => {
      answer = (_request, response) => response.writeHead(503, { 'retry-after': value }).end();
      return (await postJson(webhook, nextEvent())).headers['retry-after'];
    };
    expect(await retryAfter('42')).toBe('42');
    expect(await retryAfter('Wed, 25 Nov 2026 22:00:00 GMT')).toBe('5');
    expect(await retryAfter('-1')).toBe('5');
  });

  // A 401 would take the authorisation from EventBridge's connection for trouble that is not the sender's.
  test.each([401, 403, 404, 409, 410, 422])('%i is 422 and a dead letter', async (code) => {
    const before = await buried();
    answer = status(code);
    expect((await postJson(webhook, nextEvent())).status).toBe(422);
    expect(await buried()).toBe(before + 1);
  });
});

describe('headers of the file', () => {
  test('stand in for ours, however they are written', async () => {
    let type: string | undefined;
    answer = ({ headers }, response) => {
      type = headers['content-type'];
      response.writeHead(204).end();
    };
    await postJson(webhook, nextEvent());
    expect(type).toBe('application/vnd.shop+json');
  });

  test('that cannot be sent end the program at once, all named', async () => {
    const running = await run('wrong', {
      headers: { 'x from': 'a', 'x-key': 'two\nlines', 'Content-Length': '3' },
    });
    expect(await running.ended).not.toBe(0);
    expect(running.stderr()).toContain('forward.http.headers.x from');
    expect(running.stderr()).toContain('forward.http.headers.x-key');
    expect(running.stderr()).toContain('forward.http.headers.Content-Length');
    expect(running.stderr()).not.toContain('lines');
  });
});

describe('secrets in URL and headers', () => {
  const http = () => ({
    url: `http://127.0.0.1:${port}/in/{{secrets.PATH_TOKEN}}`,
    headers: { Authorization: 'Bearer {{secrets.TARGET_TOKEN}}' },
  });

  test('are sent, and printed nowhere', async () => {
    let got: unknown;
    answer = ({ headers, url }, response) => {
      got = [url, headers.authorization];
      response.writeHead(204).end();
    };
    const env = { SECRET_PATH_TOKEN: 'T0/B1', SECRET_TARGET_TOKEN: 'very-secret' };
    const running = await run('secrets', http(), env);
    const { webhooks } = await running.addresses();
    await postJson(`${webhooks}/webhooks/orders`, nextEvent());
    running.child.kill('SIGTERM');
    await running.ended;
    expect(got).toEqual(['/in/T0/B1', 'Bearer very-secret']);
    expect(running.stdout() + running.stderr()).not.toMatch(/very-secret|T0/);
  });

  test('that are missing end the program at once, all named', async () => {
    const running = await run('missing', http());
    expect(await running.ended).not.toBe(0);
    expect(running.stderr()).toContain('the secret PATH_TOKEN does not exist');
    expect(running.stderr()).toContain('the secret TARGET_TOKEN does not exist');
  });

  test('that make no URL end the program at once, without their value', async () => {
    const env = { SECRET_TARGET: 'file:///etc/hidden' };
    const running = await run('no-url', { url: '{{secrets.TARGET}}' }, env);
    expect(await running.ended).not.toBe(0);
    expect(running.stderr()).toContain('forward.http.url');
    expect(running.stderr()).not.toContain('hidden');
  });
});
