import { connect } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { webhook } from '../src/index.ts';
import { fakeContext, started } from './support/fake-context.ts';
import { createRandom, writeRandom } from './support/random-request.ts';
import { adapters, type Served, serve } from './support/serve.ts';

/** For each adapter. `WEBHOOK_FUZZ_REQUESTS` makes it more. */
const total = Number(process.env['WEBHOOK_FUZZ_REQUESTS'] ?? 5000);
const seed = Number(process.env['WEBHOOK_FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const atOnce = 40;
/** A connection that is not ended by then hangs. */
const patienceMs = 10_000;

/**
 * As every server has them, sooner: whatever is not meant for the webhook (express answers it when its body is
 * there) is ended by the server.
 */
const timeouts = { requestTimeout: 2000, headersTimeout: 2000, connectionsCheckingInterval: 200 };

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

function usedBytes(): number {
  collectGarbage();
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

const models = [
  { 'inbound.context': 'orders', 'inbound.auth.type': 'NONE' },
  { 'inbound.context': 'keyed', 'inbound.auth.type': 'APIKEY', 'inbound.auth.apiKey': 'k' },
  {
    'inbound.context': 'signed',
    'inbound.shouldValidateHmac': 'enabled',
    'inbound.hmacSecret': 's',
    'inbound.hmacHeader': 'x-signature',
    'inbound.hmacAlgorithm': 'sha_256',
    'inbound.hmacScopes': '=["url", "body"]',
  },
];

describe.each(Object.entries(adapters))('behind the %s adapter', (_name, mount) => {
  let served: Served;
  let failures: unknown[];
  const keep = (error: unknown): void => void failures.push(error);

  beforeEach(async () => {
    failures = [];
    process.on('unhandledRejection', keep);
    process.on('uncaughtException', keep);
    const hooks = webhook({
      allowUnauthenticated: true,
      acceptCompressed: true,
      maxBodyBytes: 1000,
      bodyTimeoutMs: 200,
    });
    const context = fakeContext(undefined, {
      correlate: async () => started,
      delivered: () => undefined,
      refused: () => undefined,
    });
    for (const model of models) await hooks.prepare(model).activate(context);
    hooks.enter('active');
    served = await serve(mount(hooks), timeouts);
  });
  afterEach(async () => {
    process.off('unhandledRejection', keep);
    process.off('uncaughtException', keep);
    await served.close();
  });

  /** Sends what chance makes and tells how the connection ended. */
  const attempt = (random: () => number): Promise<'answered' | 'closed' | 'hung'> =>
    new Promise((resolve) => {
      const socket = connect(served.port, '127.0.0.1');
      let text = '';
      const patience = setTimeout(() => {
        resolve('hung');
        socket.destroy();
      }, patienceMs);
      socket.on('data', (chunk) => {
        text ||= chunk.toString('latin1');
        // A connection that is kept open is ended by whoever has its answer.
        setTimeout(() => socket.end(), 20);
      });
      socket.on('error', () => undefined);
      socket.on('close', () => {
        clearTimeout(patience);
        resolve(/^HTTP\/1\.1 \d{3} /.test(text) ? 'answered' : 'closed');
      });
      socket.on('connect', () => writeRandom(socket, random));
    });

  async function attack(count: number, random: () => number) {
    const ends = { answered: 0, closed: 0, hung: 0 };
    let left = count;
    const sender = async (): Promise<void> => {
      while (left-- > 0) ends[await attempt(random)] += 1;
    };
    await Promise.all(Array.from({ length: atOnce }, sender));
    return ends;
  }

  test(`no request whatsoever crashes it, hangs, or leaks (seed ${seed})`, async () => {
    const random = createRandom(seed);
    const first = await attack(total * 0.4, random);
    const before = usedBytes();
    const second = await attack(total * 0.6, random);
    const after = usedBytes();
    expect(failures).toEqual([]);
    expect(first.hung + second.hung).toBe(0);
    // Most get an answer; those broken off by the sender cannot.
    expect(second.answered).toBeGreaterThan(total * 0.3);
    // A kilobyte kept of each of these requests would be several times as much.
    expect(after - before).toBeLessThan(total * 0.6 * 400);
    const answer = await fetch(`${served.url}/webhooks/orders`, { method: 'POST', body: '{}' });
    expect(answer.status).toBe(200);
  }, 240_000);
});
