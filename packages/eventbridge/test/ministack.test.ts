import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  type ConnectionAuthorizationType,
  CreateApiDestinationCommand,
  type CreateConnectionAuthRequestParameters,
  CreateConnectionCommand,
  CreateEventBusCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { createEngine, type Engine } from '@bpmn-connectors/engine';
import { eventBridge } from '@bpmn-connectors/eventbridge/outbound';
import { openJournal } from '@bpmn-connectors/journal';
import { createConnectorRuntime } from '@bpmn-connectors/runtime';
import type { InstanceView } from '@bpmn-connectors/sdk';
import { webhook } from '@bpmn-connectors/webhook';
import { createNodeHandler } from '@bpmn-connectors/webhook/node';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type IdentityProvider, providerKey, startIdentityProvider } from './identity-provider.ts';
import { startMinistack } from './ministack/start-ministack.ts';

const password = 'pass:with:colons';
const secrets: Record<string, string> = {
  ACCESS_KEY: 'AKIALOCAL',
  SECRET_KEY: 'local-secret',
  HOOK_PASSWORD: password,
  HOOK_KEY: 'hook-key-value',
};

interface Connection {
  readonly webhookId: string;
  readonly parameters: CreateConnectionAuthRequestParameters;
}

/** The three kinds of authorization that connections have. */
const createConnections = ({
  url,
  client,
}: IdentityProvider): Readonly<Record<ConnectionAuthorizationType, Connection>> => ({
  BASIC: {
    webhookId: 'orders-basic',
    parameters: { BasicAuthParameters: { Username: 'eventbridge', Password: password } },
  },
  API_KEY: {
    webhookId: 'orders-key',
    parameters: {
      ApiKeyAuthParameters: { ApiKeyName: 'X-Hook-Key', ApiKeyValue: 'hook-key-value' },
    },
  },
  OAUTH_CLIENT_CREDENTIALS: {
    webhookId: 'orders-token',
    parameters: {
      OAuthParameters: {
        AuthorizationEndpoint: `${url}/token`,
        HttpMethod: 'POST',
        ClientParameters: { ClientID: client.id, ClientSecret: client.secret },
        OAuthHttpParameters: {
          BodyParameters: [
            { Key: 'grant_type', Value: 'client_credentials', IsValueSecret: false },
          ],
        },
      },
    },
  },
});

const kinds = ['BASIC', 'API_KEY', 'OAUTH_CLIENT_CREDENTIALS'] as const;

const endings: (() => unknown)[] = [];
let engine: Engine;

/** Sets up in AWS what an operator would: bus, connections, API destinations, rules. */
async function setUp(
  endpoint: string,
  webhooks: string,
  connections: ReturnType<typeof createConnections>,
): Promise<void> {
  const aws = new EventBridgeClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIALOCAL', secretAccessKey: 'local-secret' },
  });
  await aws.send(new CreateEventBusCommand({ Name: 'orders' }));
  for (const type of kinds) {
    const { webhookId, parameters } = connections[type];
    const { ConnectionArn } = await aws.send(
      new CreateConnectionCommand({
        Name: webhookId,
        AuthorizationType: type,
        AuthParameters: parameters,
      }),
    );
    const { ApiDestinationArn } = await aws.send(
      new CreateApiDestinationCommand({
        Name: webhookId,
        ConnectionArn,
        InvocationEndpoint: `${webhooks}/${webhookId}`,
        HttpMethod: 'POST',
      }),
    );
    const EventPattern = JSON.stringify({ source: ['com.example.shop'], 'detail-type': [type] });
    await aws.send(new PutRuleCommand({ Name: webhookId, EventBusName: 'orders', EventPattern }));
    await aws.send(
      new PutTargetsCommand({
        Rule: webhookId,
        EventBusName: 'orders',
        Targets: [
          { Id: 'webhook', Arn: ApiDestinationArn, RoleArn: 'arn:aws:iam::000000000000:role/r' },
        ],
      }),
    );
  }
  aws.destroy();
}

beforeAll(async () => {
  const ministack = await startMinistack();
  endings.push(() => ministack.close());
  const provider = await startIdentityProvider(['events:write'], await providerKey('k1'));
  endings.push(() => provider.close());
  secrets['KEY_SET'] = `${provider.url}/jwks`;
  const data = await mkdtemp(join(tmpdir(), 'ministack-test-'));
  endings.push(() => rm(data, { recursive: true }));
  const journal = await openJournal(data);
  endings.push(() => journal.close());
  engine = createEngine({ journal });
  endings.push(() => engine.close());
  const hooks = webhook({ jwks: { privateHosts: ['127.0.0.1'] } });
  const connectorRuntime = createConnectorRuntime({
    processRuntime: engine,
    connectors: [eventBridge({ endpoint: ministack.endpoint }), hooks],
    secrets: { get: async (name) => secrets[name] },
    journal,
  });
  endings.push(() => connectorRuntime.close());
  const content = await readFile(new URL('ministack/orders.bpmn', import.meta.url), 'utf8');
  await engine.deploy([{ name: 'orders.bpmn', content }]);
  const server = createServer(createNodeHandler(hooks));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endings.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  await connectorRuntime.start();
  await setUp(ministack.endpoint, `http://127.0.0.1:${port}/webhooks`, createConnections(provider));
}, 300_000);

afterAll(async () => {
  for (const end of endings.reverse()) await end();
}, 60_000);

/** Waits until an instance ended with such a variable; the test's own time limit ends the wait. */
async function endedInstance(
  processId: string,
  name: string,
  value: string,
): Promise<InstanceView> {
  for (;;) {
    const { items } = await engine.instances({ processId, state: 'completed' });
    const instance = items.find(({ variables }) => variables[name] === value);
    if (instance !== undefined) return instance;
    await delay(10);
  }
}

describe('With MiniStack as EventBridge', () => {
  test.each(kinds)(
    'an event that one process sends starts another, over a connection with %s',
    async (destination) => {
      const orderId = `order-${destination}`;
      const variables = { destination, orderId };
      await engine.send({ kind: 'start', processId: 'sender', elementId: 'Begin', variables });
      const receiver = await endedInstance(`receiver-${destination}`, 'orderId', orderId);
      const sender = await endedInstance('sender', 'orderId', orderId);
      expect(receiver.variables).toEqual({ orderId, eventId: sender.variables['eventId'] });
      expect(sender.variables['eventId']).toMatch(/^[\da-f-]{36}$/);
    },
    20_000,
  );

  test('a reference to a secret in free data crosses the bus as plain text', async () => {
    const orderId = '{{secrets.SECRET_KEY}} secrets.SECRET_KEY';
    const variables = { destination: 'BASIC', orderId };
    await engine.send({ kind: 'start', processId: 'sender', elementId: 'Begin', variables });
    const receiver = await endedInstance('receiver-BASIC', 'orderId', orderId);
    expect(receiver.variables['orderId']).toBe(orderId);
  }, 20_000);
});
