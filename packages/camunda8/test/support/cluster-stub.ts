import { createServer, type IncomingMessage } from 'node:http';

/** A version of a process in the cluster. */
export interface StubDefinition {
  readonly key: string;
  readonly id: string;
  readonly version: number;
  readonly tenantId?: string;
  /** Searches do not find it any more, though its instances go on. */
  readonly deleted?: boolean;
  /** Null: there is none (204). Absent: not searchable yet (404). */
  readonly xml?: string | null;
}

/** Somebody who waits for a message, or once did. */
export interface StubSubscription {
  readonly key: string | null;
  readonly state: 'CREATED' | 'CORRELATED' | 'DELETED' | 'MIGRATED';
  readonly type?: 'START_EVENT' | 'PROCESS_EVENT';
}

/** A request as it came. */
interface StubRequest {
  /** `METHOD /path`. */
  readonly line: string;
  readonly body: Query;
}

/** The Orchestration Cluster REST API of 8.8, as far as definitions, subscriptions and correlation go. */
export interface ClusterStub {
  /** `http://127.0.0.1:port`. */
  readonly address: string;
  readonly requests: StubRequest[];
  definitions: readonly StubDefinition[];
  subscriptions: readonly StubSubscription[];
  /** Answers everything with this status, as a problem document. */
  refusal: number | undefined;
  /** Members without a value are null, as clusters from 8.9 on tell them. Else they are left out. */
  tellsNulls: boolean;
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly type?: string;
  readonly body?: string;
}

/** Of a search, or a message to correlate. */
interface Query {
  readonly name?: string;
  readonly filter?: Readonly<Record<string, unknown>>;
  readonly page?: { readonly limit?: number; readonly after?: string };
}

const problem = (status: number, detail: string): Answer => ({
  status,
  type: 'application/problem+json',
  body: JSON.stringify({ type: 'about:blank', title: 'NOT_SO', status, detail, instance: '/v2' }),
});

const json = (value: object): Answer => ({
  status: 200,
  type: 'application/json',
  body: JSON.stringify(value),
});

const withoutNulls = (body: string): string =>
  JSON.stringify(JSON.parse(body, (_, value) => value ?? undefined));

/** A page by the published rules: `totalItems` is capped, an empty page has no cursors. */
function pageOf(items: readonly object[], { page = {} }: Query): Answer {
  const limit = page.limit ?? 100;
  if (limit > 10_000) return problem(400, 'The limit is above 10000');
  const start = page.after === undefined ? 0 : Number(Buffer.from(page.after, 'base64').toString());
  const shown = items.slice(start, start + limit);
  const cursor = Buffer.from(String(start + shown.length)).toString('base64');
  return json({
    items: shown,
    page: {
      totalItems: Math.min(items.length, 120),
      hasMoreTotalItems: items.length > 120,
      startCursor: null,
      endCursor: shown.length === 0 ? null : cursor,
    },
  });
}

const messageName = 'paid';

const itemOf = ({ key, id, version, tenantId = '<default>' }: StubDefinition) => ({
  processDefinitionKey: key,
  processDefinitionId: id,
  version,
  versionTag: null,
  name: null,
  resourceName: `${id}.bpmn`,
  tenantId,
  hasStartForm: false,
});

function searchDefinitions(all: readonly StubDefinition[], query: Query): Answer {
  const { isLatestVersion, tenantId, ...unknown } = query.filter ?? {};
  if (Object.keys(unknown).length > 0) return problem(400, 'An unknown filter');
  const items = all
    .filter(({ deleted }) => deleted !== true)
    .map(itemOf)
    .filter((item) => tenantId === undefined || item.tenantId === tenantId);
  const isLatest = (item: (typeof items)[number]): boolean =>
    !items.some(
      (other) =>
        other.processDefinitionId === item.processDefinitionId &&
        other.tenantId === item.tenantId &&
        other.version > item.version,
    );
  return pageOf(isLatestVersion === true ? items.filter(isLatest) : items, query);
}

/** Whoever waits is met: the stub knows of one message, whatever its key. */
function correlate(all: readonly StubSubscription[], { name }: Query): Answer {
  if (typeof name !== 'string') return problem(400, 'No name provided');
  if (name !== messageName || !all.some(({ state }) => state === 'CREATED'))
    return problem(404, 'Nobody waits for it');
  return json({ tenantId: '<default>', messageKey: '9700', processInstanceKey: '9800' });
}

function searchSubscriptions(all: readonly StubSubscription[], query: Query): Answer {
  const { messageSubscriptionState: wanted, ...unknown } = query.filter ?? {};
  // By definition they can be filtered from 8.9 on.
  if (Object.keys(unknown).length > 0) return problem(400, 'An unknown filter');
  if (typeof wanted !== 'object' || wanted === null || !('$in' in wanted))
    return problem(400, 'A filter of another shape');
  const states: unknown = wanted.$in;
  const items = all
    .filter(({ state }) => Array.isArray(states) && states.includes(state))
    .map(({ key, state, type = 'PROCESS_EVENT' }, index) => ({
      messageSubscriptionKey: String(9000 + index),
      processDefinitionKey: key,
      processDefinitionId: 'order',
      messageSubscriptionState: state,
      messageSubscriptionType: type,
      messageName,
      tenantId: '<default>',
    }));
  return pageOf(items, query);
}

function answerGet(definitions: readonly StubDefinition[], path: string): Answer {
  const [, key, xml] = /^\/v2\/process-definitions\/(\d+)(\/xml)?$/.exec(path) ?? [];
  const definition = definitions.find((one) => one.key === key);
  if (definition === undefined) return problem(404, 'Not found');
  if (xml === undefined) return json(itemOf(definition));
  if (definition.xml === undefined) return problem(404, 'Not found');
  if (definition.xml === null) return { status: 204 };
  return { status: 200, type: 'text/xml;charset=UTF-8', body: definition.xml };
}

async function readQuery(request: IncomingMessage): Promise<Query> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString() || '{}');
}

/** Starts one on loopback. */
export async function startClusterStub(): Promise<ClusterStub> {
  const answer = async (request: IncomingMessage): Promise<Answer> => {
    const path = request.url ?? '';
    const query = await readQuery(request);
    stub.requests.push({ line: `${request.method} ${path}`, body: query });
    if (stub.refusal !== undefined) return problem(stub.refusal, `Refused with ${stub.refusal}`);
    if (request.method === 'GET') return answerGet(stub.definitions, path);
    if (path === '/v2/process-definitions/search')
      return searchDefinitions(stub.definitions, query);
    if (path === '/v2/message-subscriptions/search')
      return searchSubscriptions(stub.subscriptions, query);
    if (path === '/v2/messages/correlation') return correlate(stub.subscriptions, query);
    return problem(404, 'No such path');
  };
  const server = createServer((request, response) => {
    void answer(request).then(({ status, type, body }) => {
      response.writeHead(status, type === undefined ? {} : { 'content-type': type });
      const isJson = type === 'application/json' && body !== undefined && !stub.tellsNulls;
      response.end(isJson ? withoutNulls(body) : body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('No port was bound');
  const stub: ClusterStub = {
    address: `http://127.0.0.1:${bound.port}`,
    requests: [],
    definitions: [],
    subscriptions: [],
    refusal: undefined,
    tellsNulls: false,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return stub;
}
