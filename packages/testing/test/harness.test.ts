import {
  ConfigurationError,
  ConnectorError,
  defineOutbound,
  type InboundConnector,
  type InboundContext,
  type InboundOutcome,
  implement,
  isConfigurationError,
  type JsonObject,
  secret,
} from '@bpmn-connectors/sdk';
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { testInbound, testOutbound } from '../src/index.ts';

const echo = implement(
  defineOutbound({
    type: 'io.example:echo:1',
    template: { id: 'io.example.Echo.v1', version: 1, name: 'Echo' },
    input: z.object({ token: secret({ label: 'Token' }), text: z.string().min(1) }),
  }),
  async ({ token, text }) => {
    if (text === 'fail') throw new ConnectorError('ECHO_FAILED', 'On purpose', { retryable: true });
    return { said: text, tokenLength: token.length };
  },
);

/** An inbound connector without a wire: events are handed in. */
function createEventSource() {
  const active = new Map<string, InboundContext>();
  const connector: InboundConnector = {
    definition: {
      kind: 'inbound',
      type: 'io.example:events:1',
      templates: [],
      endpointProperties: ['inbound.name'],
      elementExpressions: [],
    },
    prepare: (properties) => {
      const address = properties['inbound.name'];
      if (address === undefined) {
        throw new ConfigurationError([
          { where: 'inbound.name', reason: 'is missing', fix: 'Name the source of events' },
        ]);
      }
      return {
        address,
        description: { webhookId: address, urls: [], method: '', auth: 'NONE', warnings: [] },
        read: () => ({ scope: {}, raw: { envelope: {}, body: new Uint8Array() } }),
        activate: async (context) => {
          active.set(address, context);
          return async () => void active.delete(address);
        },
      };
    },
  };
  const emit = async (address: string, body: JsonObject): Promise<InboundOutcome | undefined> => {
    const raw = { envelope: {}, body: Buffer.from(JSON.stringify(body)) };
    return active.get(address)?.correlate({ scope: { request: { body } }, raw });
  };
  return { connector, emit, active };
}

describe('testOutbound', () => {
  test('runs a connector with secrets and maps its result', async () => {
    const result = await testOutbound(echo, {
      variables: { token: '{{secrets.TOKEN}}', text: 'hello' },
      secrets: { TOKEN: 'twelve chars' },
      headers: { resultExpression: '={said: response.said, length: response.tokenLength}' },
    });
    expect(result).toEqual({ action: 'complete', variables: { said: 'hello', length: 12 } });
  });

  test('resolves a secret in free data only where the model names it', async () => {
    const variables = { token: 'x', text: '{{secrets.TOKEN}}' };
    const secrets = { TOKEN: 'revealed' };
    const headers = { resultExpression: '={said: response.said}' };
    const unnamed = await testOutbound(echo, { variables, secrets, headers });
    expect(unnamed).toMatchObject({ variables: { said: '{{secrets.TOKEN}}' } });
    const inputs = { token: 'x', text: '{{secrets.TOKEN}}' };
    const named = await testOutbound(echo, { variables, secrets, headers, inputs });
    expect(named).toMatchObject({ variables: { said: 'revealed' } });
  });

  test('tells of input that is not valid', async () => {
    const result = await testOutbound(echo, { variables: { token: 'x', text: '' } });
    expect(result).toMatchObject({ action: 'fail', retries: 0 });
    expect(result).toMatchObject({ errorMessage: expect.stringContaining('text') });
  });

  test('counts retries and heeds the backoff when a connector fails', async () => {
    const result = await testOutbound(echo, {
      variables: { token: 'x', text: 'fail' },
      headers: { retryBackoff: 'PT7S' },
      retries: 5,
    });
    expect(result).toMatchObject({ action: 'fail', retries: 4, retryBackoffMs: 7000 });
  });

  test('throws the BPMN error that the error expression asks for', async () => {
    const result = await testOutbound(echo, {
      variables: { token: 'x', text: 'fail' },
      headers: {
        errorExpression: '=if error.code = "ECHO_FAILED" then bpmnError("NO_ECHO") else null',
      },
    });
    expect(result).toMatchObject({ action: 'throwError', errorCode: 'NO_ECHO' });
  });
});

describe('testInbound', () => {
  test('records what an event asks of the process runtime', async () => {
    const { connector, emit } = createEventSource();
    const run = await testInbound(connector, {
      properties: {
        'inbound.name': 'orders',
        activationCondition: '=request.body.kind = "order"',
        resultExpression: '={id: request.body.id}',
        messageIdExpression: '=request.body.id',
      },
    });
    await emit('orders', { kind: 'other', id: 'a' });
    const taken = await emit('orders', { kind: 'order', id: 'b' });
    const again = await emit('orders', { kind: 'order', id: 'b' });
    expect([taken?.status, again?.status]).toEqual(['accepted', 'duplicate']);
    expect(run.commands).toMatchObject([
      { kind: 'publish', messageName: 'test-message', variables: { id: 'b' } },
    ]);
    await run.close();
  });

  test('attaches the connector to the element it is given', async () => {
    const { connector, emit } = createEventSource();
    const run = await testInbound(connector, {
      properties: {
        'inbound.name': 'orders',
        correlationKeyExpression: '=request.body.id',
      },
      element: {
        elementId: 'wait',
        elementType: 'intermediateCatchEvent',
        message: { name: 'shipped', correlationKeyExpression: '=orderId' },
      },
    });
    await emit('orders', { id: 'a' });
    expect(run.commands).toMatchObject([{ messageName: 'shipped', correlationKey: 'a' }]);
    await run.close();
  });

  test('lets the process runtime answer as the test says', async () => {
    const { connector, emit } = createEventSource();
    const run = await testInbound(connector, {
      properties: { 'inbound.name': 'orders' },
      answer: () => ({ status: 'unavailable', code: 'CONNECTION', message: 'down' }),
    });
    expect(await emit('orders', {})).toMatchObject({ status: 'unavailable' });
    await run.close();
  });

  test('refuses properties that cannot work', async () => {
    const { connector } = createEventSource();
    const error: unknown = await testInbound(connector, { properties: {} }).catch(
      (reason: unknown) => reason,
    );
    expect(isConfigurationError(error) && error.problems).toMatchObject([
      { where: expect.stringContaining('inbound.name'), reason: 'is missing' },
    ]);
  });

  test('ends the connector’s endpoints with close', async () => {
    const { connector, active } = createEventSource();
    const run = await testInbound(connector, { properties: { 'inbound.name': 'orders' } });
    expect([...active.keys()]).toEqual(['orders']);
    await run.close();
    expect([...active.keys()]).toEqual([]);
  });
});
