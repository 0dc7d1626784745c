import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { adapters } from './support/serve.ts';
import { type FuzzServer, startFuzzServer } from './support/start-fuzz-server.ts';

/** Requests in all: `WEBHOOK_FUZZ_REQUESTS=1000000` for a night. */
const total = Number(process.env['WEBHOOK_FUZZ_REQUESTS'] ?? 10_000);
const rounds = 5;
const atOnce = 320;
/** Far beyond every timeout of the server: what is still open then hangs. */
const hangMs = 10_000;
/** What a heap may be larger by after many requests; each leaking 4 kB would be more. */
const flat = 4_000_000;

/** What is written to a connection, and how it ends. */
interface Exchange {
  readonly chunks: readonly Buffer[];
  /** Ends its side, goes away, or waits for the server to hang up. */
  readonly end: 'half-close' | 'abort' | 'wait';
}

const text = (characters: string, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...characters.split('')), maxLength });
const method = fc.constantFrom(
  'POST',
  'PUT',
  'GET',
  'HEAD',
  'DELETE',
  'OPTIONS',
  'PATCH',
  'BREW',
  'TRACE',
);
const path = fc.oneof(
  fc.constant('/webhooks/orders'),
  text('/.%2fabc?&=#;_~', 20).map((rest) => `/webhooks/${rest}`),
  text('/.%?&=+', 12).map((query) => `/webhooks/orders?${query}`),
  fc.constantFrom('*', '/', '//', 'http://x/webhooks/orders', '/webhooks/__proto__'),
);
const mediaType = fc.constantFrom(
  'application/json',
  'application/json; charset=latin1',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=b',
  'multipart/form-data',
  'text/plain',
  'text/xml',
  'image/png',
  ';;=',
);
const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array));
const body = fc.oneof(
  fc.json().map((json) => Buffer.from(json)),
  bytes,
  bytes.map((content) => gzipSync(content)),
  text('-b\r\n:;="', 80).map((parts) => Buffer.from(`--b\r\n${parts}`)),
  text('[{"\\:,}]', 60).map((json) => Buffer.from(json)),
  fc.constant(Buffer.alloc(30_000, '[')),
);
const header = fc.oneof(
  fc.constantFrom(
    'Content-Encoding: gzip',
    'Content-Encoding: br, gzip',
    'Expect: 100-continue',
    '__proto__: x',
    'Authorization: Basic %%%',
    'X-Empty:',
    'Connection: keep-alive',
    'Upgrade: websocket',
    'Content-Length: 5',
    'Transfer-Encoding: chunked',
    'Transfer-Encoding: gzip, chunked',
  ),
  text('aZ-_:\t \0\u00ff', 20),
  fc.integer({ min: 1000, max: 20_000 }).map((length) => `X-Long: ${'x'.repeat(length)}`),
);

/** How a body is framed: rightly, or with a length or chunks that lie. */
const framing = fc.oneof(
  { weight: 6, arbitrary: fc.constant((content: Buffer) => frame(content, content.length)) },
  {
    weight: 1,
    arbitrary: fc
      .integer({ min: -3, max: 40_000 })
      .map((lie) => (content: Buffer) => frame(content, lie)),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom('0\r\n\r\n', '', 'zz\r\n', '0\r\n__proto__: x\r\n\r\n')
      .map(
        (rest) => (content: Buffer) =>
          [
            Buffer.from('Transfer-Encoding: chunked\r\n\r\n'),
            Buffer.from(`${content.length.toString(16)}\r\n`),
            content,
            Buffer.from(`\r\n${rest}`),
          ] as const,
      ),
  },
);
const frame = (content: Buffer, length: number) => [
  Buffer.from(`Content-Length: ${length}\r\n\r\n`),
  content,
];

const request = fc
  .record({ method, path, mediaType, headers: fc.array(header, { maxLength: 3 }), body, framing })
  .map((one) => {
    const lines = [`Host: x`, `Content-Type: ${one.mediaType}`, ...one.headers].join('\r\n');
    const head = Buffer.from(`${one.method} ${one.path} HTTP/1.1\r\n${lines}\r\n`, 'latin1');
    return Buffer.concat([head, ...one.framing(one.body)]);
  });

const exchange: fc.Arbitrary<Exchange> = fc
  .record({
    requests: fc.oneof(
      { weight: 5, arbitrary: fc.tuple(request) },
      { weight: 1, arbitrary: fc.array(request, { minLength: 2, maxLength: 4 }) },
      { weight: 1, arbitrary: fc.tuple(bytes) },
    ),
    cut: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { freq: 4 }),
    pieces: fc.integer({ min: 1, max: 3 }),
    end: fc.constantFrom<Exchange['end'][]>(
      'half-close',
      'half-close',
      'half-close',
      'abort',
      'abort',
      'wait',
    ),
  })
  .map(({ requests, cut, pieces, end }) => {
    const whole = Buffer.concat(requests);
    const sent = whole.subarray(0, Math.ceil(whole.length * (cut ?? 1)));
    const size = Math.max(1, Math.ceil(sent.length / pieces));
    const chunks = Array.from({ length: pieces }, (_, at) =>
      sent.subarray(at * size, (at + 1) * size),
    );
    return { chunks, end };
  });

/** Resolves with what came back when the connection is closed; rejects when it stays open. */
function perform({ chunks, end }: Exchange, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    const timer = setTimeout(() => {
      socket.destroy();
      reject(new Error(`no end to ${JSON.stringify(Buffer.concat(chunks).toString('latin1'))}`));
    }, hangMs);
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      clearTimeout(timer);
      resolve(answer);
    });
    const next = (at: number): void => {
      const chunk = chunks[at];
      if (chunk !== undefined) socket.write(chunk, () => setImmediate(next, at + 1));
      else if (end === 'half-close') socket.end();
      else if (end === 'abort') socket.destroy();
    };
    socket.on('connect', () => next(0));
  });
}

/** An answer that says what is wrong with the request, never with the receiver. */
const wellFormed = /^$|^HTTP\/1\.1 (?:100|200|204|400|404|405|408|413|415|417|422|431|501) /;

async function performAll(exchanges: readonly Exchange[], port: number): Promise<void> {
  const left = exchanges.values();
  const work = async (): Promise<void> => {
    for (const one of left) {
      const answer = await perform(one, port);
      if (!wellFormed.test(answer)) throw new Error(answer);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}

async function measureRounds(server: FuzzServer, seed: number): Promise<readonly number[]> {
  const numRuns = Math.ceil(total / Object.keys(adapters).length / rounds);
  const heaps: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await performAll(fc.sample(exchange, { seed: seed + round, numRuns }), server.port);
    heaps.push(await server.heapUsed());
  }
  return heaps;
}

test.each(Object.keys(adapters))(
  'whatever is sent to the %s adapter is answered or hung up on, and leaves nothing behind',
  async (adapter) => {
    const seed = Math.floor(Math.random() * 0x7fff_0000);
    const server = await startFuzzServer(adapter);
    try {
      // The seed is part of what is compared, so that a failure names it.
      const heaps = await measureRounds(server, seed);
      const [warm = 0] = heaps;
      const grown = Math.max(0, (heaps.at(-1) ?? 0) - warm - flat);
      expect({ seed, grown, troubles: server.troubles }).toEqual({ seed, grown: 0, troubles: [] });
      const answer = await perform(
        {
          chunks: [
            Buffer.from(
              'POST /webhooks/orders HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}',
            ),
          ],
          end: 'wait',
        },
        server.port,
      );
      expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    } finally {
      server.close();
    }
  },
  60_000 + total * 10,
);
