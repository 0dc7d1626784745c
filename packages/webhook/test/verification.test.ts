import { describe, expect, test } from '@jest/globals';
import { send } from './support/send.ts';
import { servedWebhook } from './support/served-webhook.ts';

const json = { 'Content-Type': 'application/json' };
const open = { 'inbound.auth.type': 'NONE' };
const slack =
  '=if request.body.type = "url_verification" then {body: {challenge: request.body.challenge}} else null';
const meta =
  '=if request.params.`hub.mode` = "subscribe" then {body: request.params.`hub.challenge`, headers: {"Content-Type": "text/plain"}} else null';
const verified = (expression: string, more: Readonly<Record<string, string>> = open) =>
  servedWebhook({ ...more, 'inbound.verificationExpression': expression });

describe('a verification expression', () => {
  test('answers a challenge at once, and nothing is correlated', async () => {
    const { hooks, context } = await verified(slack);
    const body = '{"type":"url_verification","challenge":"3eZbrw1a"}';
    const answer = await send(hooks, { headers: json, body });
    expect(answer).toMatchObject({ status: 200, json: { challenge: '3eZbrw1a' } });
    expect(context.events).toEqual([]);
    expect(context.refusals).toEqual([]);
  });

  test('that gives null lets the request go on', async () => {
    const { hooks, context } = await verified(slack);
    const answer = await send(hooks, { headers: json, body: '{"type":"event_callback"}' });
    expect(answer.status).toBe(200);
    expect(context.events).toHaveLength(1);
  });

  test('answers a challenge that comes by another method than events do', async () => {
    const { hooks, context } = await verified(meta, { ...open, 'inbound.method': 'post' });
    const path = '/orders?hub.mode=subscribe&hub.challenge=1158201444';
    const answer = await send(hooks, { method: 'GET', path });
    expect(answer).toMatchObject({ status: 200, body: '1158201444' });
    expect(answer.headers['content-type']).toBe('text/plain');
    expect((await send(hooks, { method: 'GET' })).status).toBe(405);
    expect((await send(hooks, { method: 'OPTIONS', path })).status).toBe(204);
    expect(context.events).toEqual([]);
  });

  test('may choose status and headers', async () => {
    const { hooks } = await verified('={statusCode: 202, headers: {"X-Hook-Secret": "s"}}');
    const answer = await send(hooks);
    expect(answer).toMatchObject({ status: 202, headers: { 'x-hook-secret': 's' } });
  });

  test('works without its =', async () => {
    const { hooks } = await verified('{statusCode: 202}');
    expect((await send(hooks)).status).toBe(202);
  });

  test('is evaluated after authentication', async () => {
    const { hooks } = await verified('={body: "known"}', {
      'inbound.auth.type': 'APIKEY',
      'inbound.auth.apiKey': 'k',
      'inbound.auth.apiKeyLocator': '=request.headers.apikey',
    });
    expect((await send(hooks)).status).toBe(401);
    expect((await send(hooks, { headers: { ApiKey: 'k' } })).status).toBe(200);
  });

  test('sees the request and nothing else', async () => {
    const { hooks } = await verified(
      '={body: {b: request.body.a, h: request.headers.x, p: request.params.p, d: documents, c: connectorData}}',
    );
    const headers = { ...json, X: 'h' };
    const answer = await send(hooks, { path: '/orders?p=1', headers, body: '{"a":2}' });
    expect(answer.json).toEqual({ b: 2, h: 'h', p: '1', d: null, c: null });
  });

  test.each<[string, string]>([
    ['gives a text', '="x"'],
    ['gives a list', '=[{statusCode: 200}]'],
    ['gives an impossible status', '={statusCode: 99}'],
    ['gives a header that belongs to the server', '={headers: {"Content-Length": "1"}}'],
    ['takes too long', '={body: count(for a in 1..100000, b in 1..100000 return a)}'],
  ])('that %s is 422, and nothing is correlated', async (_name, expression) => {
    const { hooks, context } = await verified(expression);
    const answer = await send(hooks, { headers: json, body: '{}' });
    expect(answer).toMatchObject({ status: 422, json: { code: 'VERIFICATION_FAILED' } });
    expect(context.events).toEqual([]);
    expect(context.refusals).toMatchObject([{ step: 'verification', status: 422 }]);
  });
});

describe('a webhook’s own limit', () => {
  const limited = (size: string) => servedWebhook({ ...open, 'inbound.maxBodySize': size });
  const text = (length: number) => `"${'x'.repeat(length - 2)}"`;

  test.each<[string, number]>([
    ['100', 100],
    ['100B', 100],
    ['2KB', 2048],
    ['2 kib', 2048],
    ['3MB', 3_145_728],
    ['3MiB', 3_145_728],
  ])('of %s takes so many bytes and not one more', async (size, bytes) => {
    const { hooks } = await limited(size);
    expect((await send(hooks, { body: text(bytes) })).status).toBe(200);
    expect((await send(hooks, { body: text(bytes + 1) })).status).toBe(413);
  });

  test('is told a declared length before the body is read', async () => {
    const { hooks } = await limited('1KB');
    const headers = { 'Content-Length': '1025' };
    expect((await send(hooks, { headers, read: { status: 'timeout' } })).status).toBe(413);
  });
});
