import { createServer, type IncomingMessage, type Server } from 'node:http';
import { json } from 'node:stream/consumers';
import { createOutbound } from '@bpmn-connectors/runtime';
import { environmentSecrets, type Job, type JsonObject } from '@bpmn-connectors/sdk';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { sms, smsDefinition } from '../src/sms-connector.ts';

interface Taken {
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

const job: Job = {
  key: '4711',
  type: smsDefinition.type,
  processId: 'order',
  processInstanceKey: '1',
  elementId: 'tellCustomer',
  elementInstanceKey: '2',
  retries: 3,
  deadline: Date.now() + 60_000,
  variables: { token: '{{secrets.SMS_TOKEN}}', to: '+49170', text: 'Shipped' },
  customHeaders: { resultExpression: '={messageId: response.id}' },
};

describe('a connector of one’s own, written as one definition and one function', () => {
  let provider: Server;
  let answer: { status: number; body: JsonObject };
  let taken: Taken[];
  let outbound: ReturnType<typeof createOutbound>;

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
    outbound = createOutbound({
      connectors: [sms({ endpoint: `http://127.0.0.1:${port}/messages` })],
      secrets: environmentSecrets({ SECRET_SMS_TOKEN: 'hush-hush' }),
    });
  });

  afterEach(async () => {
    await outbound.close();
    provider.closeAllConnections();
    await new Promise((resolve) => provider.close(resolve));
  });

  test('works a job with a secret and maps the answer', async () => {
    expect(await outbound.execute(job)).toEqual({
      action: 'complete',
      variables: { messageId: 'm-1' },
    });
    expect(taken).toMatchObject([
      {
        headers: { authorization: 'Bearer hush-hush', 'idempotency-key': '4711' },
        body: { to: '+49170', text: 'Shipped' },
      },
    ]);
  });

  test('a reference to a secret in free text stays text', async () => {
    const text = 'Use {{secrets.SMS_TOKEN}}';
    await outbound.execute({ ...job, variables: { ...job.variables, text } });
    expect(taken).toMatchObject([{ body: { text } }]);
  });

  test('names the field that is wrong and calls nobody', async () => {
    const variables = { ...job.variables, to: '' };
    const result = await outbound.execute({ ...job, variables });
    expect(result).toMatchObject({ action: 'fail', retries: 0 });
    expect(result).toMatchObject({ errorMessage: expect.stringMatching(/\bto\b/i) });
    expect(taken).toEqual([]);
  });

  test('is tried again when the provider is in trouble, and shows no secret', async () => {
    answer = { status: 503, body: { echo: 'hush-hush' } };
    const result = await outbound.execute(job);
    expect(result).toMatchObject({ action: 'fail', retries: 2 });
    expect(JSON.stringify(result)).not.toContain('hush-hush');
  });

  test('tells the error expression the code of the failure', async () => {
    answer = { status: 422, body: { reason: 'no such number' } };
    const errorExpression = '=if error.code = "SMS_422" then bpmnError("NO_SUCH_NUMBER") else null';
    const result = await outbound.execute({ ...job, customHeaders: { errorExpression } });
    expect(result).toMatchObject({ action: 'throwError', errorCode: 'NO_SUCH_NUMBER' });
  });
});
