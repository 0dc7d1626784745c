// The schemas are those of Camunda's own client for 8.8, which are generated from the published OpenAPI document.

import { type CorrelateCommand, silentLogger } from '@bpmn-connectors/sdk';
import {
  type CamundaClient,
  createCamundaClient,
  EndCursor,
  ProcessDefinitionKey,
  TenantId,
} from '@camunda8/orchestration-cluster-api';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createDefinitionCache } from '../src/cluster/create-definition-cache.ts';
import { createModelCache } from '../src/cluster/create-model-cache.ts';
import { listLatest } from '../src/cluster/list-latest.ts';
import { listWaitingKeys } from '../src/cluster/list-waiting-keys.ts';
import { createCorrelate } from '../src/rest/create-correlate.ts';
import { createRestClient, type RestClient } from '../src/rest/create-rest-client.ts';
import { type ClusterStub, type StubDefinition, startClusterStub } from './support/cluster-stub.ts';

type DefinitionSearch = Parameters<CamundaClient['searchProcessDefinitions']>[0];
type DefinitionFilter = NonNullable<DefinitionSearch['filter']>;

const mine = TenantId.assumeExists('mine');
const now = { consistency: { waitUpToMs: 0 } };
const { signal } = new AbortController();
const correlation: CorrelateCommand = {
  kind: 'correlate',
  messageName: 'paid',
  correlationKey: 'A1',
  variables: {},
};

let stub: ClusterStub;
let ours: RestClient;

/**
 * Camunda's client. `strict` sends what its schema lets through, without members that it does not know;
 * `fanatical` sends what it was given, once that is valid, and takes no unknown members in answers.
 */
const connect = (validation: 'strict' | 'fanatical'): CamundaClient =>
  createCamundaClient({
    env: {},
    config: {
      CAMUNDA_REST_ADDRESS: stub.address,
      CAMUNDA_AUTH_STRATEGY: 'NONE',
      CAMUNDA_SDK_VALIDATION: validation,
      CAMUNDA_SDK_HTTP_RETRY_MAX_ATTEMPTS: 1,
    },
    log: { level: 'silent' },
  });

/** More than two pages of processes, one in two for a tenant of its own. */
const many = (): readonly StubDefinition[] =>
  Array.from({ length: 250 }, (_, index) => ({
    key: String(2251799813685249 + index),
    id: `order-${index}`,
    version: 1,
    tenantId: index % 2 === 0 ? '<default>' : 'mine',
    xml: `<definitions id="d${index}"/>`,
  }));

const aKey = () => ({
  processDefinitionKey: ProcessDefinitionKey.assumeExists(stub.definitions[0]?.key ?? ''),
});

beforeEach(async () => {
  stub = await startClusterStub();
  stub.definitions = many();
  stub.subscriptions = stub.definitions.map(({ key }) => ({ key, state: 'CREATED' }));
  ours = createRestClient({ address: stub.address, requestTimeoutMs: 5000 });
});

afterEach(async () => {
  ours.close();
  await stub.close();
});

describe.each(['strict', 'fanatical'] as const)(
  'by %s validation the answer is as published',
  (validation) => {
    test('to a search of definitions', async () => {
      const filter = { isLatestVersion: true, tenantId: mine };
      const { items, page } = await connect(validation).searchProcessDefinitions({ filter }, now);
      expect(items).toHaveLength(100);
      expect(page.endCursor).toEqual(expect.any(String));
    });

    test('to a search that finds nothing', async () => {
      stub.definitions = [];
      const { items, page } = await connect(validation).searchProcessDefinitions({}, now);
      expect(items).toEqual([]);
      expect(page.endCursor).toBeUndefined();
    });

    test('to a search of subscriptions', async () => {
      const { items } = await connect(validation).searchMessageSubscriptions(
        { filter: { messageSubscriptionState: { $in: ['CREATED'] } } },
        now,
      );
      expect(items).toHaveLength(100);
    });

    test('to a definition asked for by its key', async () => {
      const found = await connect(validation).getProcessDefinition(aKey(), now);
      expect(found).toMatchObject({ ...aKey(), processDefinitionId: 'order-0' });
    });

    test('to a model asked for', async () => {
      const found = await connect(validation).getProcessDefinitionXml(aKey(), now);
      expect(found).toBe(stub.definitions[0]?.xml);
    });

    test('to a message that somebody waited for', async () => {
      const message = { name: 'paid', correlationKey: 'A1', variables: { sum: 3 } };
      expect(await connect(validation).correlateMessage(message)).toMatchObject({
        processInstanceKey: expect.any(String),
      });
    });
  },
);

describe('the validation finds', () => {
  test('a member that is null in an answer of 8.8', async () => {
    stub.tellsNulls = true;
    await expect(connect('strict').searchProcessDefinitions({}, now)).rejects.toThrow(/invalid/i);
  });

  test('a key that is none', async () => {
    stub.definitions = [{ key: 'eleven', id: 'order', version: 1 }];
    await expect(connect('strict').searchProcessDefinitions({}, now)).rejects.toThrow(/invalid/i);
  });
});

describe("Camunda's client, asked for the same, sends the same as ours", () => {
  const compare = async (
    askOurs: () => Promise<unknown>,
    askTheirs: (client: CamundaClient) => Promise<unknown>,
    requests: number,
  ): Promise<void> => {
    await askOurs();
    const sent = stub.requests.splice(0);
    await askTheirs(connect('fanatical'));
    expect(stub.requests).toEqual(sent);
    expect(sent).toHaveLength(requests);
  };

  /** Follows the cursors. That they are cursors is asked apart: the client's schema would take an offset too. */
  async function searchPages(client: CamundaClient, filter: DefinitionFilter): Promise<void> {
    let after: EndCursor | undefined;
    do {
      const page = after === undefined ? { limit: 100 } : { limit: 100, after };
      const found = await client.searchProcessDefinitions({ filter, page }, now);
      after = found.items?.length === 100 ? found.page.endCursor : undefined;
      if (after !== undefined) expect(EndCursor.isValid(EndCursor.getValue(after))).toBe(true);
    } while (after !== undefined);
  }

  test.each([
    [undefined, 3],
    [mine, 2],
  ])('for the latest versions of tenant %s on %i pages', (tenantId, pages) =>
    compare(
      () => listLatest(ours, tenantId && TenantId.getValue(tenantId), signal),
      (client) => searchPages(client, { isLatestVersion: true, ...(tenantId && { tenantId }) }),
      pages,
    ),
  );

  test('for subscriptions of somebody who may wait', () => {
    stub.subscriptions = stub.subscriptions.slice(0, 3);
    return compare(
      () => listWaitingKeys(ours, signal),
      (client) =>
        client.searchMessageSubscriptions(
          {
            filter: { messageSubscriptionState: { $in: ['CREATED', 'CORRELATED', 'MIGRATED'] } },
            page: { limit: 100 },
          },
          now,
        ),
      1,
    );
  });

  test('for a definition and its model', () => {
    const { processDefinitionKey } = aKey();
    return compare(
      async () => {
        const key = ProcessDefinitionKey.getValue(processDefinitionKey);
        const found = await createDefinitionCache(ours).find([key], signal);
        await createModelCache(ours, silentLogger).learn(found, signal);
      },
      async (client) => {
        await client.getProcessDefinition({ processDefinitionKey }, now);
        await client.getProcessDefinitionXml({ processDefinitionKey }, now);
      },
      2,
    );
  });

  test('for a message', () =>
    compare(
      () => createCorrelate(ours, 'mine')(correlation, Buffer.from('{"sum":3}'), signal),
      (client) =>
        client.correlateMessage({
          name: 'paid',
          correlationKey: 'A1',
          tenantId: mine,
          variables: { sum: 3 },
        }),
      1,
    ));
});

test('a message that nobody waits for is a 404 to both clients', async () => {
  stub.subscriptions = [];
  const message = { name: 'paid', correlationKey: 'A1' };
  await expect(connect('strict').correlateMessage(message)).rejects.toMatchObject({ status: 404 });
  const correlate = createCorrelate(ours, undefined);
  expect(await correlate(correlation, Buffer.from('{}'), signal)).toEqual({
    status: 'no-subscription',
  });
});
