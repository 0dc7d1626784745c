import { createServer, type IncomingMessage, type Server } from 'node:http';
import { json } from 'node:stream/consumers';
import type { JsonObject, OutboundConnector } from '@bpmn-connectors/sdk';
import { testOutbound } from '@bpmn-connectors/testing';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { sms } from '../src/index.ts';
import '@bpmn-connectors/testing/jest';

interface Taken {
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

const variables = { token: '{{secrets.SMS_TOKEN}}', to: '+49170', text: 'Shipped' };
const secrets = { SMS_TOKEN: 'hush-hush' };
const headers = { resultExpression: '={messageId: response.id}' };

describe('a connector of one’s own, written as one definition and one function', () => {
  let provider: Server;
  let connector: OutboundConnector;
  let answer: { status: number; body: JsonObject };
  let taken: Taken[];

  beforeEach(async () => {
    taken = [];
    answer = { status: 200, body: { id: 'm-1' } };
    provider = createServer((request, response) => {
      void json(request).then((body) => {
        taken.push({ headers: request.headers, body });
        response.writeHead(answer.status).end(JSON.stringify(answer.body));
      });
    });
    await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
    const address = provider.address();
    const port = typeof address === 'object' ? address?.port : 0;
    connector = sms({ endpoint: `http://127.0.0.1:${port}/messages` });
  });

  afterEach(async () => {
    provider.closeAllConnections();
    await new Promise((resolve) => provider.close(resolve));
  });

  test('works a job with a secret and maps the answer', async () => {
    const result = await testOutbound(connector, { variables, secrets, headers });
    expect(result).toCompleteWith({ messageId: 'm-1' });
    expect(taken).toMatchObject([
      {
        headers: { authorization: 'Bearer hush-hush', 'idempotency-key': '1' },
        body: { to: '+49170', text: 'Shipped' },
      },
    ]);
  });

  test('a reference to a secret in free text stays text', async () => {
    const text = 'Use {{secrets.SMS_TOKEN}}';
    await testOutbound(connector, { variables: { ...variables, text }, secrets });
    expect(taken).toMatchObject([{ body: { text } }]);
  });

  test('names the field that is wrong and calls nobody', async () => {
    const result = await testOutbound(connector, { variables: { ...variables, to: '' }, secrets });
    expect(result).toFailWith('INPUT_INVALID');
    expect(result).toMatchObject({ retries: 0, errorMessage: expect.stringMatching(/\bto\b/i) });
    expect(taken).toEqual([]);
  });

  test('is tried again when the provider is in trouble, and shows no secret', async () => {
    answer = { status: 503, body: { echo: 'hush-hush' } };
    const result = await testOutbound(connector, { variables, secrets });
    expect(result).toFailWith('SMS_503');
    expect(result).toMatchObject({ retries: 2 });
    expect(JSON.stringify(result)).not.toContain('hush-hush');
  });

  test('tells the error expression the code of the failure', async () => {
    answer = { status: 422, body: { reason: 'no such number' } };
    const errorExpression = '=if error.code = "SMS_422" then bpmnError("NO_SUCH_NUMBER") else null';
    const result = await testOutbound(connector, {
      variables,
      secrets,
      headers: { errorExpression },
    });
    expect(result).toThrowBpmnError('NO_SUCH_NUMBER');
  });
});
