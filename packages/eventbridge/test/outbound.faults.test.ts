import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { JsonObject } from '@bpmn-connectors/sdk';
import type { PutEventsFault } from '@bpmn-connectors/testing';
import { describe, expect, test } from '@jest/globals';
import { awsErrors } from '../src/outbound/aws-errors.ts';
import { connect, endings, event, failure, run, startBridge, variablesWith } from './run-job.ts';

interface FaultCase {
  readonly name: string;
  readonly fault: PutEventsFault;
  /** Where the job fails. */
  readonly code?: string;
  readonly retryable?: boolean;
  readonly calls: number;
  readonly events: number;
}

interface ValidationCase {
  readonly name: string;
  readonly changes: JsonObject;
  readonly here: string | null;
  readonly answers: Readonly<Record<string, { readonly status: number; readonly body: unknown }>>;
  readonly code: string;
}

const read = (path: string): Promise<string> => readFile(new URL(path, import.meta.url), 'utf8');
const faults: { readonly cases: readonly FaultCase[] } = JSON.parse(
  await read('data/fault-outcomes.json'),
);
const validation: { readonly cases: readonly ValidationCase[] } = JSON.parse(
  await read('vectors/put-events-validation.json'),
);

describe('A fault of PutEvents', () => {
  test.each(faults.cases)('$name', async ({ fault, code, retryable, calls, events }) => {
    const bridge = await startBridge();
    bridge.failNext(fault);
    const result = run(connect({ endpoint: bridge.endpoint }), variablesWith());
    if (code === undefined) expect(await result).toMatchObject({ failedEntryCount: 0 });
    else expect(await failure(result)).toMatchObject({ code, retryable });
    expect(bridge.calls).toHaveLength(calls);
    expect(bridge.events).toHaveLength(events);
  });
});

test('An answer that stands still after its headers is unknown when the attempt is over, and not made again', async () => {
  let calls = 0;
  const server = createServer((_, response) => {
    calls += 1;
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
    response.write('{"Entries":');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endings.push(() => server.close().closeAllConnections());
  const bound = server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
  const connector = connect({ endpoint: `http://127.0.0.1:${port}`, requestTimeoutMs: 200 });
  const error = await failure(run(connector, variablesWith()));
  expect(error).toMatchObject({ code: 'PUT_EVENTS_OUTCOME_UNKNOWN', retryable: false });
  expect(calls).toBe(1);
});

describe('What stand-ins and the service refuse', () => {
  const inputOf = ({ changes }: ValidationCase): JsonObject => ({ ...event, ...changes });

  test.each(validation.cases.filter(({ here }) => here !== null))(
    'is refused before sending: $name',
    async (example) => {
      const bridge = await startBridge();
      const connector = connect({ endpoint: bridge.endpoint });
      expect(
        await failure(run(connector, variablesWith({ input: inputOf(example) }))),
      ).toMatchObject({ code: example.here, retryable: false });
      expect(bridge.calls.filter(({ action }) => action === 'PutEvents')).toEqual([]);
    },
  );

  const answers = validation.cases.flatMap((example) =>
    Object.entries(example.answers).map(([by, answer]) => ({ ...example, by, answer })),
  );

  // An event that is right in our eyes may meet a stand-in or a service that became stricter.
  test.each(answers)('has its code all the same: $name, by $by', async ({ answer, code }) => {
    const bridge = await startBridge();
    bridge.failNext({
      kind: 'http',
      status: answer.status,
      body: JSON.stringify(answer.body),
      contentType: 'application/x-amz-json-1.1',
    });
    const connector = connect({ endpoint: bridge.endpoint });
    const error = await failure(run(connector, variablesWith()));
    expect(error).toMatchObject({ code, retryable: false });
  });
});

describe('The table of errors', () => {
  test.each(Object.entries(awsErrors).filter(([name]) => !name.startsWith('HTTP_')))(
    '%s of a call: %j',
    async (code, { retryable }) => {
      const bridge = await startBridge();
      bridge.failNext({ kind: 'error', code, status: 400 });
      const connector = connect({ endpoint: bridge.endpoint, maxAttempts: 1 });
      expect(await failure(run(connector, variablesWith()))).toMatchObject({ code, retryable });
    },
  );
});
