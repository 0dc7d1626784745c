import type { InboundOutcome } from '@bpmn-connectors/sdk';
import { manualClock } from '@bpmn-connectors/testing';
import { describe, expect, test } from '@jest/globals';
import { webhookCodes } from '../src/index.ts';
import { element } from './support/element.ts';
import { fakeContext, started } from './support/fake-context.ts';
import { type Sent, send } from './support/send.ts';
import { servedWebhook } from './support/served-webhook.ts';

const none = { 'inbound.auth.type': 'NONE' };
const message = 'payload: 4711 secret';
const unprocessable = (
  code: Extract<InboundOutcome, { status: 'unprocessable' }>['code'],
): InboundOutcome => ({ status: 'unprocessable', code, message, deadLetterId: 'd1' });
const unavailable = (code: 'BACKPRESSURE' | 'TIMEOUT' | 'CONNECTION'): InboundOutcome => ({
  status: 'unavailable',
  code,
  message,
});

interface OutcomeCase {
  readonly outcome: InboundOutcome;
  readonly status: number;
  readonly code?: string;
  readonly step: string;
}

const outcomes: Readonly<Record<string, OutcomeCase>> = {
  'an instance was started': { outcome: started, status: 200, step: 'respond' },
  'a waiting instance took it': {
    outcome: { status: 'correlated', processInstanceKey: '1', messageKey: '2' },
    status: 200,
    step: 'respond',
  },
  'the message is stored': {
    outcome: { status: 'accepted', messageKey: '2' },
    status: 200,
    step: 'respond',
  },
  'it is a duplicate': { outcome: { status: 'duplicate' }, status: 200, step: 'claim' },
  'it is a duplicate of a known start': {
    outcome: { status: 'duplicate', first: { status: 'started', processInstanceKey: '1' } },
    status: 200,
    step: 'claim',
  },
  'no condition is met and unmatched events are consumed': {
    outcome: { status: 'not-activated', consume: true },
    status: 200,
    step: 'condition',
  },
  'no condition is met and unmatched events are not consumed': {
    outcome: { status: 'not-activated', consume: false },
    status: 422,
    code: 'UNMATCHED',
    step: 'condition',
  },
  'no condition is met and the model says nothing': {
    outcome: { status: 'not-activated', consume: undefined },
    status: 422,
    code: 'UNMATCHED',
    step: 'condition',
  },
  'nobody waits for it yet': {
    outcome: { status: 'no-subscription' },
    status: 503,
    code: 'NO_SUBSCRIPTION',
    step: 'send',
  },
  'the condition fails': {
    outcome: unprocessable('CONDITION_FAILED'),
    status: 422,
    code: 'CONDITION_FAILED',
    step: 'condition',
  },
  'several elements match': {
    outcome: unprocessable('AMBIGUOUS'),
    status: 422,
    code: 'AMBIGUOUS',
    step: 'condition',
  },
  'the message id fails': {
    outcome: unprocessable('MESSAGE_ID_FAILED'),
    status: 422,
    code: 'MESSAGE_ID_FAILED',
    step: 'message-id',
  },
  'the correlation key fails': {
    outcome: unprocessable('CORRELATION_KEY_FAILED'),
    status: 422,
    code: 'CORRELATION_KEY_FAILED',
    step: 'correlation-key',
  },
  'there is no correlation key': {
    outcome: unprocessable('NO_CORRELATION_KEY'),
    status: 422,
    code: 'NO_CORRELATION_KEY',
    step: 'correlation-key',
  },
  'the result fails': {
    outcome: unprocessable('RESULT_FAILED'),
    status: 422,
    code: 'RESULT_FAILED',
    step: 'variables',
  },
  'the process runtime rejects it': {
    outcome: unprocessable('REJECTED'),
    status: 422,
    code: 'REJECTED',
    step: 'send',
  },
  'it is too large for the process runtime': {
    outcome: unprocessable('TOO_LARGE'),
    status: 413,
    code: 'TOO_LARGE',
    step: 'send',
  },
  'the process runtime pushes back': {
    outcome: unavailable('BACKPRESSURE'),
    status: 429,
    code: 'BACKPRESSURE',
    step: 'send',
  },
  'the process runtime did not answer': {
    outcome: unavailable('TIMEOUT'),
    status: 503,
    code: 'NO_ANSWER',
    step: 'send',
  },
  'the process runtime cannot be reached': {
    outcome: unavailable('CONNECTION'),
    status: 503,
    code: 'UNAVAILABLE',
    step: 'send',
  },
};

describe('an event is answered', () => {
  test.each(Object.entries(outcomes))('when %s', async (_name, expected) => {
    const { hooks, context } = await servedWebhook(
      none,
      fakeContext(async () => expected.outcome),
    );
    const answer = await send(hooks, { body: '{"a":1}' });
    expect(answer.status).toBe(expected.status);
    const comesBack = expected.status === 429 || expected.status === 503;
    expect(answer.headers['retry-after']).toBe(comesBack ? '5' : undefined);
    if (expected.code === undefined) expect(answer.body).toBeUndefined();
    else {
      expect(answer.json).toMatchObject({ status: expected.status, code: expected.code });
      expect(answer.headers['content-type']).toBe('application/problem+json');
    }
    expect(JSON.stringify(answer)).not.toContain('secret');
    expect(context.summaries).toMatchObject([
      { status: expected.status, outcome: expected.outcome.status, step: expected.step },
    ]);
  });

  test('with 200 for unmatched events where the operator chose so and the model says nothing', async () => {
    const context = fakeContext(async () => ({ status: 'not-activated', consume: undefined }));
    const { hooks } = await servedWebhook(none, context, { consumeUnmatchedEvents: true });
    expect((await send(hooks)).status).toBe(200);
  });

  test('with the process runtime’s own Retry-After, rounded up to seconds', async () => {
    const outcome = { ...unavailable('BACKPRESSURE'), retryAfterMs: 1200 };
    const { hooks } = await servedWebhook(
      none,
      fakeContext(async () => outcome),
    );
    expect((await send(hooks)).headers['retry-after']).toBe('2');
  });

  test('with 503 when the process runtime is slower than the sender waits', async () => {
    const clock = manualClock(Date.parse('2026-06-01T12:00:00Z'));
    const context = fakeContext(() => new Promise(() => {}), { clock });
    const { hooks } = await servedWebhook(none, context);
    const answer = send(hooks);
    while (context.events.length === 0) await new Promise(setImmediate);
    clock.advance(4000);
    expect(await answer).toMatchObject({ status: 503, json: { code: 'NO_ANSWER' } });
  });

  test.each(['rejects', 'throws'])('with 503 when the connector runtime %s', async (how) => {
    const context = fakeContext(undefined, {
      correlate: () => {
        if (how === 'throws') throw new Error(message);
        return Promise.reject(new Error(message));
      },
    });
    const { hooks } = await servedWebhook(none, context);
    const answer = await send(hooks);
    expect(answer).toMatchObject({ status: 503, json: { code: 'UNAVAILABLE' } });
    expect(JSON.stringify([answer, context.logged])).not.toContain('secret');
  });

  test('with 503 when something unforeseen breaks, which the log names by its frames alone', async () => {
    const context = fakeContext(undefined, {
      refused: () => {
        throw new Error(message);
      },
    });
    const { hooks } = await servedWebhook(none, context);
    const answer = await send(hooks, { body: '{' });
    expect(answer).toMatchObject({ status: 503, json: { code: 'INTERNAL' } });
    expect(context.logged.join()).toContain('answers.test.ts');
    expect(JSON.stringify([answer, context.logged])).not.toContain('secret');
  });

  test('with success even if its summary is not taken', async () => {
    const context = fakeContext(undefined, {
      delivered: () => {
        throw new Error('full');
      },
    });
    const { hooks } = await servedWebhook(none, context);
    expect((await send(hooks)).status).toBe(200);
  });
});

const refusals: Readonly<
  Record<
    string,
    {
      readonly sent: Sent;
      readonly status: number;
      readonly code: string;
      readonly told?: string;
      readonly headers?: object;
    }
  >
> = {
  'a method that it does not take': {
    sent: { method: 'PUT' },
    status: 405,
    code: 'METHOD_NOT_ALLOWED',
    headers: { allow: 'POST, OPTIONS' },
  },
  'HEAD, which is not POST': { sent: { method: 'HEAD' }, status: 405, code: 'METHOD_NOT_ALLOWED' },
  TRACE: { sent: { method: 'TRACE' }, status: 405, code: 'METHOD_NOT_ALLOWED' },
  'too many headers': {
    sent: { headers: { 'x-many': Array.from({ length: 201 }, () => 'v') } },
    status: 431,
    code: 'HEADERS_TOO_LARGE',
  },
  'a header of 64 kB': {
    sent: { headers: { 'x-long': 'x'.repeat(65_536) } },
    status: 431,
    code: 'HEADERS_TOO_LARGE',
  },
  'too many parameters': {
    sent: { path: `/orders?${'a&'.repeat(201)}` },
    status: 400,
    code: 'QUERY_MALFORMED',
    told: 'too-many',
  },
  'a query that is not UTF-8': {
    sent: { path: '/orders?a=%ff' },
    status: 400,
    code: 'QUERY_MALFORMED',
    told: 'malformed',
  },
  'a parameter named __proto__': {
    sent: { path: '/orders?__proto__=1' },
    status: 400,
    code: 'QUERY_MALFORMED',
    told: 'forbidden-key',
  },
  'a declared length over the limit': {
    sent: { headers: { 'content-length': '2097153' } },
    status: 413,
    code: 'BODY_TOO_LARGE',
  },
  'a body over the limit': {
    sent: { body: new Uint8Array(2_097_153) },
    status: 413,
    code: 'BODY_TOO_LARGE',
  },
  'a lying declared length': {
    sent: { body: new Uint8Array(2_097_153), headers: { 'content-length': '2' } },
    status: 413,
    code: 'BODY_TOO_LARGE',
  },
  'a slow body': { sent: { read: { status: 'timeout' } }, status: 408, code: 'BODY_TIMEOUT' },
  'half a body': { sent: { read: { status: 'aborted' } }, status: 400, code: 'BODY_ABORTED' },
  'a compressed body': {
    sent: { headers: { 'content-encoding': 'gzip' }, body: 'x' },
    status: 415,
    code: 'ENCODING_UNSUPPORTED',
  },
  'another charset': {
    sent: { headers: { 'content-type': 'application/json; charset=iso-8859-1' }, body: '{}' },
    status: 415,
    code: 'CHARSET_UNSUPPORTED',
  },
  'another kind of multipart': {
    sent: { headers: { 'content-type': 'multipart/mixed; boundary=x' }, body: '--x--' },
    status: 415,
    code: 'MEDIA_TYPE_UNSUPPORTED',
  },
  'an image': {
    sent: { headers: { 'content-type': 'image/png' }, body: 'x' },
    status: 415,
    code: 'MEDIA_TYPE_UNSUPPORTED',
  },
  'text that is not JSON': {
    sent: { body: 'hello' },
    status: 400,
    code: 'BODY_MALFORMED',
    told: 'JSON_MALFORMED',
  },
  'JSON with something after it': {
    sent: { body: '{} x' },
    status: 400,
    code: 'BODY_MALFORMED',
    told: 'JSON_MALFORMED',
  },
  'JSON that is not UTF-8': {
    sent: { body: new Uint8Array([0x22, 0xff, 0x22]) },
    status: 400,
    code: 'BODY_MALFORMED',
    told: 'JSON_MALFORMED',
  },
  'JSON nested 10,000 deep': {
    sent: { body: '['.repeat(10_000) + ']'.repeat(10_000) },
    status: 400,
    code: 'BODY_MALFORMED',
    told: 'JSON_TOO_DEEP',
  },
  'JSON with a key named __proto__': {
    sent: { body: '{"__proto__":{"admin":true}}' },
    status: 400,
    code: 'BODY_MALFORMED',
    told: 'JSON_FORBIDDEN_KEY',
  },
  'a form field named __proto__': {
    sent: {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: '__proto__=1',
    },
    status: 400,
    code: 'BODY_MALFORMED',
    told: 'FORM_forbidden-key',
  },
  'a form that is not UTF-8': {
    sent: { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'a=%e4' },
    status: 400,
    code: 'BODY_MALFORMED',
    told: 'FORM_malformed',
  },
  'XML that is not UTF-8': {
    sent: { headers: { 'content-type': 'text/xml' }, body: new Uint8Array([0x3c, 0xff]) },
    status: 400,
    code: 'BODY_MALFORMED',
    told: 'NOT_UTF_8',
  },
};

describe('a webhook refuses', () => {
  test.each(Object.entries(refusals))(
    '%s',
    async (_name, { sent, status, code, told, headers }) => {
      const { hooks, context } = await servedWebhook({ ...none, 'inbound.method': 'post' });
      const answer = await send(hooks, sent);
      expect(answer).toMatchObject({ status, json: { status, code }, headers: headers ?? {} });
      expect(context.refusals).toMatchObject([{ code: told ?? code, status }]);
      expect(context.events).toEqual([]);
    },
  );
});

test('every code is documented by a status and a title', () => {
  for (const { status, title } of Object.values(webhookCodes)) {
    expect(status).toBeGreaterThanOrEqual(400);
    expect(title).toMatch(/^[A-Z]/);
  }
});

interface Shaped {
  readonly expression: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly problem?: RegExp;
}

const nosniff = { 'x-content-type-options': 'nosniff' };
const responses: Readonly<Record<string, Shaped>> = {
  'body, status and headers': {
    expression: '={body: {a: request.body.a}, statusCode: 201, headers: {"X-Foo": "bar", n: 1}}',
    status: 201,
    headers: { 'x-foo': 'bar', n: '1', 'content-type': 'application/json', ...nosniff },
    body: '{"a":"<x>"}',
  },
  'a status as text': { expression: '={statusCode: "202"}', status: 202, headers: {} },
  'a text, escaped since it may come from the sender': {
    expression: '={body: request.body.a}',
    headers: { 'content-type': 'text/plain;charset=UTF-8', ...nosniff },
    body: '&lt;x&gt;',
  },
  'HTML, escaped': {
    expression: '={body: request.body.a, headers: {"Content-Type": "text/html"}}',
    headers: { 'content-type': 'text/html', ...nosniff },
    body: '&lt;x&gt;',
  },
  'XML as it is': {
    expression: '={body: request.body.a, headers: {"Content-Type": "application/soap+xml"}}',
    headers: { 'content-type': 'application/soap+xml', ...nosniff },
    body: '<x>',
  },
  'no body with 204': { expression: '={statusCode: 204, body: "x"}', status: 204, headers: {} },
  'nothing for null': { expression: '=null', headers: {} },
  'the keys of the instance': {
    expression: '={body: correlation}',
    headers: { 'content-type': 'application/json', ...nosniff },
    body: '{"processInstanceKey":"4711","tenantId":null}',
  },
  'nothing of the element’s properties': {
    expression: '={body: correlation.activatedElement}',
    headers: {},
  },
  'nothing when it gives a list': { expression: '=[1]', headers: {}, problem: /no context/ },
  'nothing when it gives a text': { expression: '="x"', headers: {}, problem: /no context/ },
  'nothing when the status is impossible': {
    expression: '={statusCode: 999, body: 1}',
    headers: {},
    problem: /statusCode/,
  },
  'nothing when a header would break the line': {
    expression: '={headers: {a: request.params.h}}',
    headers: {},
    problem: /header a/,
  },
  'nothing when a header is the server’s': {
    expression: '={headers: {"Transfer-Encoding": "chunked"}}',
    headers: {},
    problem: /transfer-encoding belongs to the server/,
  },
  'nothing when a header name is impossible': {
    expression: '={headers: {"a b": "x"}}',
    headers: {},
    problem: /impossible name/,
  },
  'nothing when a header has a structure': {
    expression: '={headers: {a: [1]}}',
    headers: {},
    problem: /header a/,
  },
  'nothing when headers are no context': {
    expression: '={headers: "x"}',
    headers: {},
    problem: /headers is no context/,
  },
  'nothing when it cannot be evaluated': {
    expression: '={body: for i in 1..100000 return i}',
    headers: {},
    problem: /cannot be evaluated/,
  },
};

describe('the response expression', () => {
  test.each(Object.entries(responses))('answers %s', async (_name, expected) => {
    const outcome = { ...started, element: element(expected.expression) };
    const { hooks, context } = await servedWebhook(
      none,
      fakeContext(async () => outcome),
    );
    const path = '/orders?h=x%0d%0aSet-Cookie:%20a';
    const answer = await send(hooks, { path, body: '{"a":"<x>"}' });
    expect({ ...answer.headers }).toEqual(expected.headers);
    expect(answer.status).toBe(expected.status ?? 200);
    expect(answer.body).toBe(expected.body);
    const [summary] = context.summaries;
    if (expected.problem === undefined) expect(summary).not.toHaveProperty('problem');
    else expect(summary?.problem).toMatch(expected.problem);
  });

  test('sees the keys of a message, and of the first delivery for a duplicate', async () => {
    const expression = element('={body: correlation}');
    const bodies = [];
    for (const outcome of [
      { status: 'accepted', messageKey: '8' },
      { status: 'correlated', processInstanceKey: '7', messageKey: '8', variables: { v: 1 } },
      { status: 'duplicate', first: { status: 'started', processInstanceKey: '7' } },
      { status: 'duplicate' },
    ] satisfies InboundOutcome[]) {
      const context = fakeContext(async () => ({
        ...outcome,
        element: { ...expression, tenantId: 't' },
      }));
      const { hooks } = await servedWebhook(none, context);
      bodies.push((await send(hooks)).json);
    }
    expect(bodies).toEqual([
      { messageKey: '8', tenantId: 't' },
      { processInstanceKey: '7', messageKey: '8', tenantId: 't', variables: { v: 1 } },
      { processInstanceKey: '7', tenantId: 't' },
      '',
    ]);
  });

  test('is not evaluated when the event is not taken', async () => {
    const outcome: InboundOutcome = {
      ...unprocessable('REJECTED'),
      element: element('={body: 1}'),
    };
    const { hooks } = await servedWebhook(
      none,
      fakeContext(async () => outcome),
    );
    expect(await send(hooks)).toMatchObject({ status: 422, json: { code: 'REJECTED' } });
  });
});
