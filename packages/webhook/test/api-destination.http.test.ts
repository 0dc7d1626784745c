import { readFileSync } from 'node:fs';
import type { Command } from '@bpmn-connectors/sdk';
import { type InboundTest, testInbound } from '@bpmn-connectors/testing';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { webhook } from '../src/index.ts';
import { goodClaims, type Issuer, signingKey, signToken, startIssuer } from './support/issuer.ts';
import { type RawAnswer, rawRequest } from './support/raw-request.ts';
import { adapters, type Served, serve } from './support/serve.ts';

type Headers = Readonly<Record<string, string>>;

/** A row of `vectors/api-destinations.json`. */
interface Case {
  readonly name: string;
  readonly properties: Headers;
  readonly headers: Headers;
  readonly method?: string;
  readonly target?: string;
  readonly file: string;
  readonly raw?: string;
  readonly status: number;
  readonly request?: object;
  readonly answer?: object;
  readonly messageId?: string;
}

const read = (path: string) =>
  JSON.parse(readFileSync(new URL(`vectors/${path}`, import.meta.url), 'utf8'));
const vectors: { everyRequest: Headers; cases: readonly Case[] } = read('api-destinations.json');

/** What is sent in the place of `$TOKEN` and the like. */
const stands: Record<string, string> = {};
let issuer: Issuer;

beforeAll(async () => {
  const key = await signingKey('k1');
  issuer = await startIssuer(key);
  const now = Math.floor(Date.now() / 1000);
  const claims = { ...goodClaims, iat: now - 60, exp: now + 600 };
  stands['$KEY_SET'] = issuer.jwksUrl;
  stands['$TOKEN'] = await signToken(key, claims);
  stands['$EXPIRED'] = await signToken(key, { ...claims, iat: now - 900, exp: now - 300 });
  stands['$FOREIGN'] = await signToken(key, { ...claims, aud: 'urn:others' });
});
afterAll(() => issuer.close());

const withStands = (texts: Headers): Headers =>
  Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [
      name,
      text.replace(/\$[A-Z_]+/, (name) => stands[name] ?? name),
    ]),
  );

/** Sends byte by byte what an API destination does: fetch would change headers and their order. */
function deliver(port: number, { method = 'POST', target, raw, file, headers }: Case) {
  const body: string = raw ?? read(`events/${file}`).rawBody;
  const length: Headers = body === '' ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
  const lines = Object.entries({ ...length, ...vectors.everyRequest, ...withStands(headers) }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  return rawRequest(port, (socket) => {
    socket.write(
      `${method} ${target ?? '/webhooks/orders'} HTTP/1.1\r\n${lines.join('')}\r\n${body}`,
    );
  });
}

describe.each(Object.entries(adapters))('over the %s adapter', (_name, mount) => {
  let run: InboundTest;
  let served: Served;

  const start = async (properties: Headers): Promise<void> => {
    const hooks = webhook({ jwks: { privateHosts: ['127.0.0.1'] } });
    run = await testInbound(hooks, {
      properties: {
        'inbound.context': 'orders',
        resultExpression: '={request: request}',
        ...withStands(properties),
      },
      element: { elementType: 'startEvent' },
    });
    served = await serve(mount(hooks));
  };
  afterEach(async () => {
    await served.close();
    await run.close();
  });

  const idOf = (command: Command | undefined): string | undefined =>
    command?.kind === 'start' ? command.idempotencyKey : undefined;

  describe('an API destination sends', () => {
    test.each(vectors.cases.map((row) => [row.name, row] as const))('%s', async (_case, row) => {
      await start(row.properties);
      const answer: RawAnswer = await deliver(served.port, row);
      expect(answer.status).toBe(row.status);
      expect(answer.header('content-range')).toBeUndefined();
      if (row.answer !== undefined) expect(JSON.parse(answer.body)).toEqual(row.answer);
      expect(run.commands).toHaveLength(row.status === 200 ? 1 : 0);
      const [command] = run.commands;
      if (command === undefined) return;
      expect(command).toMatchObject({ variables: { request: row.request ?? {} } });
      if (row.messageId === undefined) expect(idOf(command)).toBeUndefined();
      else expect(idOf(command)).toContain(row.messageId);
    });
  });

  const [sample] = vectors.cases.filter(({ name }) => name.startsWith('OAuth with a token of'));
  if (sample === undefined) throw new Error('the table has no request with a token');

  test('an event that was refused for its token is a success when it comes with another', async () => {
    await start(sample.properties);
    const expired = { ...sample, headers: { Authorization: 'Bearer $EXPIRED' } };
    expect((await deliver(served.port, expired)).status).toBe(401);
    expect((await deliver(served.port, sample)).status).toBe(200);
    expect(run.commands).toHaveLength(1);
  });

  test('an event that comes twice is a success both times, and starts one instance', async () => {
    await start(sample.properties);
    expect((await deliver(served.port, sample)).status).toBe(200);
    expect((await deliver(served.port, sample)).status).toBe(200);
    expect(run.commands).toHaveLength(1);
  });
});
