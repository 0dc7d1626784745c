import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { eventBridge, eventBridgeDefinition } from '@bpmn-connectors/eventbridge/outbound';
import { bind, type JsonObject, silentLogger } from '@bpmn-connectors/sdk';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { jobOf } from './job-of.ts';

interface RecordedCase {
  readonly name: string;
  readonly variables: JsonObject;
  readonly awsReply: { readonly status?: number; readonly body: unknown };
  readonly expected: {
    readonly result?: { readonly sdkHttpMetadata: { readonly httpHeaders: object } };
    readonly exceptionClass?: string;
    readonly httpRequests: readonly {
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    }[];
  };
}

interface Difference {
  readonly reason: string;
  readonly code?: string;
  readonly retryable?: boolean;
  readonly httpRequests?: number;
  readonly detail?: string;
}

const read = (path: string): Promise<string> => readFile(new URL(path, import.meta.url), 'utf8');
const recorded: { env: Record<string, string>; cases: readonly RecordedCase[] } = JSON.parse(
  await read('vectors/eventbridge-putevents.json'),
);
const differences: { cases: Readonly<Record<string, Difference>> } = JSON.parse(
  await read('data/putevents-differences.json'),
);

const requestId = '929bf054-193b-48e6-ab80-3aeeb613b415';
const recordedEndpoint = 'http://127.0.0.1:18472';

/** Names as AWS sends them; the recording changed their capitalisation. */
const awsNames: Readonly<Record<string, string>> = {
  'Content-length': 'Content-Length',
  'Content-type': 'Content-Type',
  'X-amzn-requestid': 'x-amzn-RequestId',
};

let reply: RecordedCase['awsReply'] = { body: {} };
const requests: { headers: Readonly<Record<string, unknown>>; body: string }[] = [];
/** Camunda's connector does not ask for the bus; here each asks once, before its first event. */
const busesAskedFor: unknown[] = [];
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const sent = Buffer.concat(chunks).toString();
    if (request.headers['x-amz-target'] === 'AWSEvents.DescribeEventBus') {
      busesAskedFor.push(JSON.parse(sent));
      response.end('{"Arn":"arn:aws:events:eu-central-1:123456789012:event-bus/event-bus-name"}');
      return;
    }
    requests.push({ headers: request.headers, body: sent });
    const body = typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body);
    response.removeHeader('Connection');
    response.writeHead(reply.status ?? 200, {
      'x-amzn-RequestId': requestId,
      'Content-Type': 'application/x-amz-json-1.1',
      'Content-Length': Buffer.byteLength(body),
    });
    response.end(body);
  });
});
let endpoint = '';
const environment = { ...process.env };
const connector = eventBridge({ allowEndpointOverride: true });

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  endpoint = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  Object.assign(process.env, recorded.env);
});

afterEach(() => {
  requests.length = 0;
});

afterAll(async () => {
  process.env = environment;
  await connector.close?.();
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
});

const credentialOf = (authorization: unknown): string | undefined =>
  /Credential=([^/]+\/)[^/]+(\/[^,]+)/.exec(String(authorization))?.slice(1).join('');

function run({ variables }: RecordedCase) {
  const text = JSON.stringify(variables).replaceAll(recordedEndpoint, endpoint);
  const moved: JsonObject = JSON.parse(text);
  const signal = new AbortController().signal;
  return Promise.resolve().then(() =>
    connector.execute(bind(eventBridgeDefinition.input, moved), {
      signal,
      logger: silentLogger,
      job: jobOf(moved),
    }),
  );
}

function expectedResult(example: RecordedCase): unknown {
  const result: unknown = JSON.parse(
    JSON.stringify(example.expected.result, (_, value: unknown) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(
            Object.entries(value).map(([name, inner]) => [awsNames[name] ?? name, inner]),
          )
        : value,
    ).replaceAll('"<date>"', JSON.stringify('DATE')),
  );
  return result;
}

const withoutDates = (result: unknown): unknown =>
  JSON.parse(
    JSON.stringify(result).replace(/"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT"/g, '"DATE"'),
  );

describe('The requests recorded with Camunda', () => {
  const succeeding = recorded.cases.filter(
    ({ name, expected }) =>
      expected.result !== undefined && differences.cases[name]?.code === undefined,
  );

  test.each(succeeding)('$name: same call, same result', async (example) => {
    reply = example.awsReply;
    const result = await run(example);
    expect(withoutDates(result)).toEqual(expectedResult(example));
    expect(requests).toHaveLength(1);
    const [sent] = requests;
    const [wanted] = example.expected.httpRequests;
    const detail = differences.cases[example.name]?.detail;
    const body: { Entries: object[] } = JSON.parse(wanted?.body ?? '');
    expect(JSON.parse(sent?.body ?? '')).toEqual(
      detail === undefined ? body : { Entries: [{ ...body.Entries[0], Detail: detail }] },
    );
    expect(credentialOf(sent?.headers['authorization'])).toBe(
      credentialOf(wanted?.headers['authorization']),
    );
    for (const name of ['x-amz-target', 'content-type', 'x-amz-security-token']) {
      expect(sent?.headers[name]).toBe(wanted?.headers[name]);
    }
  });

  test('go to a bus that was asked for by its name', () => {
    const names = new Set(busesAskedFor.map((body) => JSON.stringify(body)));
    expect([...names]).toEqual(['{"Name":"event-bus-name"}']);
  });

  const failing = recorded.cases.filter((example) => !succeeding.includes(example));

  test.each(failing)('$name: fails with a code', async (example) => {
    reply = example.awsReply;
    const difference = differences.cases[example.name];
    await expect(run(example)).rejects.toMatchObject({
      name: 'ConnectorError',
      code: difference?.code ?? 'INPUT_INVALID',
      retryable: difference?.retryable ?? false,
    });
    expect(requests).toHaveLength(difference?.httpRequests ?? 0);
  });

  test('every difference belongs to a recorded case', () => {
    const names = recorded.cases.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(Object.keys(differences.cases)));
    expect(succeeding.length + failing.length).toBe(25);
  });
});
