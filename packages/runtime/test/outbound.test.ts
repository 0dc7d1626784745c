import {
  ConnectorError,
  type Job,
  type JobResult,
  type JobSummary,
  type JsonObject,
  type SecretProvider,
  silentLogger,
} from '@bpmn-connectors/sdk';
import { describe, expect, test } from '@jest/globals';
import { createExpressionCache } from '../src/expressions/create-expression-cache.ts';
import { createOutbound } from '../src/index.ts';
import { echo } from './support/echo-connector.ts';
import { jobOf } from './support/job.ts';
import { createTestClock } from './support/test-clock.ts';

const secretsOf = (values: Record<string, string>): SecretProvider => ({
  get: async (name) => values[name],
});

const run = (
  job: Partial<Job>,
  connector = echo(),
  options: Partial<Parameters<typeof createOutbound>[0]> = {},
): Promise<JobResult> =>
  createOutbound({ connectors: [connector], ...options }).execute(jobOf(job));

const failing = (error: unknown) =>
  echo(() => {
    throw error;
  });

describe('a job', () => {
  test('of a type that no connector has fails for good', async () => {
    expect(await run({ type: 'test:other:1' })).toEqual({
      action: 'fail',
      retries: 0,
      errorMessage: 'No connector here has the job type test:other:1',
    });
  });

  test('with a retryBackoff that is no duration fails for good and the connector is not called', async () => {
    let called = false;
    const connector = echo(() => {
      called = true;
      return null;
    });
    const result = await run({ customHeaders: { retryBackoff: 'soon' } }, connector);
    expect(result).toMatchObject({
      action: 'fail',
      retries: 0,
      variables: { error: { code: 'RETRY_BACKOFF_INVALID' } },
    });
    expect(called).toBe(false);
  });

  test('whose input does not fit the schema fails for good, naming the field and not the value', async () => {
    const result = await run({ variables: { text: { hidden: 'value' } } });
    expect(result).toMatchObject({
      action: 'fail',
      retries: 0,
      errorMessage: expect.stringContaining('text'),
      variables: { error: { code: 'INPUT_INVALID' } },
    });
    expect(JSON.stringify(result)).not.toContain('hidden');
  });

  test('without result variable or expression completes with nothing', async () => {
    expect(await run({ variables: { text: 'a' } })).toEqual({ action: 'complete', variables: {} });
  });

  test.each(['resultExpression', 'errorExpression'])(
    'whose %s cannot be parsed is not worked: its work could not be completed',
    async (name) => {
      let worked = 0;
      const result = await run(
        { customHeaders: { [name]: '={a: ' } },
        echo(() => ++worked),
      );
      expect(result).toMatchObject({ retries: 0, variables: { error: { code: 'FEEL_SYNTAX' } } });
      expect(worked).toBe(0);
    },
  );

  test('with a result expression that cannot be parsed fails for good', async () => {
    const result = await run({ customHeaders: { resultExpression: '={a: ' } });
    expect(result).toMatchObject({
      action: 'fail',
      retries: 0,
      variables: { error: { code: 'FEEL_SYNTAX' } },
    });
  });

  test('is aborted at its deadline where the engine gives no signal', async () => {
    const clock = createTestClock();
    const outbound = createOutbound({
      connectors: [
        echo(
          (_, { signal }) =>
            new Promise((_resolve, reject) =>
              signal.addEventListener('abort', () => reject(new Error('aborted'))),
            ),
        ),
      ],
      clock,
    });
    const working = outbound.execute(jobOf({ deadline: clock.now() + 5000 }));
    await new Promise(setImmediate);
    clock.advance(5000);
    const error = { code: 'JOB_TIMEOUT' };
    expect(await working).toMatchObject({ action: 'fail', retries: 2, variables: { error } });
  });

  test('is told to telemetry with its action, code and duration', async () => {
    const jobs: JobSummary[] = [];
    const clock = createTestClock();
    const connector = echo(() => {
      clock.advance(7);
      throw new ConnectorError('NO_CREDIT', 'No credit');
    });
    await run({}, connector, { clock, telemetry: { job: (summary) => jobs.push(summary) } });
    expect(jobs).toEqual([
      {
        type: 'test:echo:1',
        processId: 'order',
        processInstanceKey: '10',
        elementId: 'Task_1',
        action: 'fail',
        code: 'NO_CREDIT',
        durationMs: 7,
      },
    ]);
  });

  test('ends as it did where telemetry throws, which is logged once', async () => {
    const errors: unknown[] = [];
    const error = (fields: object): void => void errors.push(fields);
    const broken = (): never => {
      throw new TypeError('exporter is down');
    };
    const outbound = createOutbound({
      connectors: [echo()],
      logger: { ...silentLogger, error },
      telemetry: { jobStarted: broken, job: broken },
    });
    expect(await outbound.execute(jobOf())).toEqual({ action: 'complete', variables: {} });
    expect(await outbound.execute(jobOf())).toEqual({ action: 'complete', variables: {} });
    expect(errors).toEqual([{ code: 'TELEMETRY_FAILED', name: 'TypeError' }]);
  });

  test('is told to telemetry once when it is taken and once when it ends, whatever becomes of it', async () => {
    const told: string[] = [];
    const outbound = createOutbound({
      connectors: [echo(() => told.push('worked'))],
      telemetry: {
        jobStarted: ({ type }) => {
          told.push(`taken ${type}`);
          return undefined;
        },
        job: ({ action }) => told.push(action),
      },
    });
    await outbound.execute(jobOf());
    await outbound.execute(jobOf({ type: 'test:other:1' }));
    expect(told).toEqual(['taken test:echo:1', 'worked', 'complete', 'taken test:other:1', 'fail']);
  });

  test('in hand is waited for when the outbound half closes, and then the connector ends', async () => {
    const events: string[] = [];
    let finish: () => void = () => {};
    const connector = echo(
      () =>
        new Promise((resolve) => {
          finish = () => {
            events.push('worked');
            resolve(null);
          };
        }),
      async () => void events.push('closed'),
    );
    const outbound = createOutbound({ connectors: [connector] });
    const working = outbound.execute(jobOf());
    await new Promise(setImmediate);
    const closing = outbound.close();
    await new Promise(setImmediate);
    expect(events).toEqual([]);
    finish();
    await Promise.all([working, closing]);
    expect(events).toEqual(['worked', 'closed']);
  });
});

test('a job that comes while closing is not worked, and keeps its retries', async () => {
  let worked = 0;
  const outbound = createOutbound({ connectors: [echo(() => ++worked)] });
  const closing = outbound.close();
  expect(await outbound.execute(jobOf({ retries: 3 }))).toMatchObject({
    action: 'fail',
    retries: 3,
    retryBackoffMs: 1000,
  });
  await closing;
  expect(worked).toBe(0);
});

test('closing does not wait for ever for a connector that hangs', async () => {
  const clock = createTestClock();
  let closed = false;
  const connector = echo(
    () => new Promise(() => {}),
    async () => {
      closed = true;
    },
  );
  const outbound = createOutbound({ connectors: [connector], clock, drainTimeoutMs: 3000 });
  void outbound.execute(jobOf());
  const closing = outbound.close();
  await new Promise(setImmediate);
  expect(closed).toBe(false);
  clock.advance(3000);
  await closing;
  expect(closed).toBe(true);
});

describe('a failure', () => {
  test('that is retryable takes one retry and waits as the header says', async () => {
    const error = new ConnectorError('BUSY', 'Busy', { retryable: true });
    expect(await run({ customHeaders: { retryBackoff: 'PT30S' } }, failing(error))).toEqual({
      action: 'fail',
      retries: 2,
      errorMessage: 'Busy',
      retryBackoffMs: 30_000,
      variables: { error: { type: 'ConnectorError', message: 'Busy', code: 'BUSY' } },
    });
  });

  test('waits at least as long as the connector was told to, and as the operator says without header', async () => {
    const error = new ConnectorError('BUSY', 'Busy', { retryable: true, retryAfterMs: 60_000 });
    expect(await run({ customHeaders: { retryBackoff: 'PT30S' } }, failing(error))).toMatchObject({
      retryBackoffMs: 60_000,
    });
    const plain = failing(new Error('broken pipe'));
    expect(await run({}, plain, { retryBackoffMs: 1000 })).toMatchObject({ retryBackoffMs: 1000 });
  });

  test('that is not retryable takes all retries', async () => {
    const error = new ConnectorError('NO_SUCH_BUS', 'No such bus');
    expect(await run({}, failing(error))).toMatchObject({ action: 'fail', retries: 0 });
  });

  test('that is any other error takes one retry, and the last attempt leaves none', async () => {
    expect(await run({}, failing(new TypeError('fetch failed')))).toMatchObject({
      retries: 2,
      errorMessage: 'fetch failed',
      variables: { error: { type: 'TypeError' } },
    });
    expect(await run({ retries: 1 }, failing(new Error('x')))).toMatchObject({ retries: 0 });
    expect(await run({}, failing('a text'))).toMatchObject({ retries: 2 });
  });

  test('reaches the error expression as error, together with what there is of a result', async () => {
    const error = new ConnectorError('PARTIAL', 'One entry failed', {
      variables: { failed: 1 },
      result: { entries: [{ errorCode: 'ThrottlingException' }] },
    });
    const errorExpression =
      '=if error.code = "PARTIAL" then jobError(error.message, {code: entries[1].errorCode, n: error.variables.failed, r: response.error.code, left: job.retries}, 5, duration("PT2S")) else null';
    expect(await run({ customHeaders: { errorExpression } }, failing(error))).toEqual({
      action: 'fail',
      retries: 5,
      errorMessage: 'One entry failed',
      retryBackoffMs: 2000,
      variables: {
        code: 'ThrottlingException',
        n: 1,
        r: 'PARTIAL',
        left: 3,
        error: 'One entry failed',
      },
    });
  });

  test('can be ignored or made a BPMN error, also one of the input or of a secret', async () => {
    const ignore = { errorExpression: '=ignoreError({code: error.code})' };
    expect(await run({ customHeaders: ignore }, failing(new ConnectorError('A', 'a')))).toEqual({
      action: 'complete',
      variables: { code: 'A' },
    });
    expect(await run({ customHeaders: ignore, variables: { text: [] } })).toMatchObject({
      action: 'complete',
      variables: { code: 'INPUT_INVALID' },
    });
    const throwIt = { errorExpression: '=bpmnError(error.code, error.message, {n: 1})' };
    const job = { customHeaders: throwIt, inputs: { text: '{{secrets.NONE}}' } };
    expect(await run({ ...job, variables: { text: '{{secrets.NONE}}' } })).toMatchObject({
      action: 'throwError',
      errorCode: 'SECRET_MISSING',
      errorMessage: "Secret with name 'NONE' is not available",
      variables: { n: 1 },
    });
  });

  test('found by the error expression in a successful response fails the job', async () => {
    const errorExpression = '=if response.failedEntryCount > 0 then bpmnError("FAILED") else null';
    const connector = echo(() => ({ failedEntryCount: 1 }));
    expect(await run({ customHeaders: { errorExpression } }, connector)).toMatchObject({
      action: 'throwError',
      errorCode: 'FAILED',
    });
    const mapped = { errorExpression, resultVariable: 'result' };
    expect(await run({ customHeaders: mapped }, connector)).toMatchObject({ action: 'complete' });
  });

  test('is logged by its code, without the message, which may quote what the process holds', async () => {
    const lines: string[] = [];
    const warn = (fields: object, message: string): void => {
      lines.push(JSON.stringify({ ...fields, message }));
    };
    const error = new ConnectorError('REFUSED', 'order of Jane Doe', { retryable: true });
    await run({}, failing(error), { logger: { ...silentLogger, warn } });
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      {
        type: 'test:echo:1',
        processId: 'order',
        processInstanceKey: '10',
        elementId: 'Task_1',
        retries: 2,
        code: 'REFUSED',
        message: 'A job failed',
      },
    ]);
  });

  test('of 10,000 characters is cut at 6,000', async () => {
    const result = await run({}, failing(new Error('x'.repeat(10_000))));
    expect(result.action === 'fail' && result.errorMessage.length).toBe(6000);
  });
});

describe('secrets', () => {
  const secrets = secretsOf({ TOKEN: 'tok-123', OTHER: 'other-456', LOOP: '{{secrets.OTHER}}' });
  const echoed = { resultVariable: 'echoed' };
  const runKnown = (variables: JsonObject, inputs: Record<string, string>) =>
    run({ variables, inputs, customHeaders: echoed }, echo(), { secrets });

  test('are resolved where the model names them, and nowhere else', async () => {
    const result = await runKnown(
      {
        authentication: { token: '{{secrets.TOKEN}}' },
        text: '{{secrets.OTHER}}',
        payload: { note: '{{secrets.TOKEN}}', list: ['secrets.OTHER'] },
      },
      {
        'authentication.token': '{{secrets.TOKEN}}',
        text: '=order.note',
        payload: '=order',
      },
    );
    expect(result.variables).toEqual({
      echoed: {
        authentication: { token: 'tok-123' },
        text: '{{secrets.OTHER}}',
        payload: { note: '{{secrets.TOKEN}}', list: ['secrets.OTHER'] },
      },
    });
  });

  test('named at a path are the only ones resolved there', async () => {
    const result = await runKnown(
      { text: 'Bearer {{secrets.TOKEN}} {{secrets.OTHER}}' },
      { text: '="Bearer {{secrets.TOKEN}} " + order.note' },
    );
    expect(result.variables).toEqual({
      echoed: { text: 'Bearer tok-123 {{secrets.OTHER}}' },
    });
  });

  test('named in a context are not resolved in a member that has a mapping of its own', async () => {
    const result = await runKnown(
      { payload: { token: '{{secrets.TOKEN}}', note: '{{secrets.TOKEN}}' } },
      { payload: '={token: "{{secrets.TOKEN}}"}', 'payload.note': '=order.note' },
    );
    expect(result.variables).toEqual({
      echoed: { payload: { token: 'tok-123', note: '{{secrets.TOKEN}}' } },
    });
  });

  test('are not resolved in data that a later mapping put over the place that named them', async () => {
    const result = await runKnown(
      { payload: { token: '{{secrets.TOKEN}}' } },
      { 'payload.token': '{{secrets.TOKEN}}', payload: '=order' },
    );
    expect(result.variables).toEqual({ echoed: { payload: { token: '{{secrets.TOKEN}}' } } });
  });

  test('in a value are not looked at again', async () => {
    const result = await runKnown({ text: '{{secrets.LOOP}}' }, { text: '{{secrets.LOOP}}' });
    expect(result.variables).toEqual({ echoed: { text: '{{secrets.OTHER}}' } });
  });

  test('of a job whose model is not known are resolved only in fields marked as secret', async () => {
    const variables = {
      authentication: { token: '{{secrets.TOKEN}}' },
      text: '{{secrets.OTHER}}',
      payload: { token: '{{secrets.TOKEN}}' },
    };
    const result = await run({ variables, customHeaders: echoed }, echo(), { secrets });
    expect(result.variables).toEqual({
      echoed: { ...variables, authentication: { token: 'tok-123' } },
    });
  });

  test('that do not exist fail the job for good, all named', async () => {
    const inputs = { text: '{{secrets.A}}', payload: '{{secrets.B}}' };
    expect(await run({ variables: inputs, inputs })).toMatchObject({
      action: 'fail',
      retries: 0,
      errorMessage: expect.stringMatching(/'A'.*'B'/),
    });
  });

  test('whose provider cannot be reached cost one retry', async () => {
    const inputs = { text: '{{secrets.A}}' };
    const provider: SecretProvider = { get: () => Promise.reject(new Error('vault is sealed')) };
    const result = await run({ variables: inputs, inputs }, echo(), { secrets: provider });
    expect(result).toMatchObject({
      action: 'fail',
      retries: 2,
      variables: { error: { code: 'SECRETS_UNAVAILABLE' } },
    });
    expect(JSON.stringify(result)).not.toContain('sealed');
  });

  test('are masked in messages and variables of errors, and of what error expressions make of them', async () => {
    const inputs = { text: '{{secrets.TOKEN}}' };
    const connector = failing(
      new ConnectorError('DENIED', 'tok-123 was denied', { variables: { sent: ['tok-123'] } }),
    );
    const job = { variables: inputs, inputs };
    const plain = await run(job, connector, { secrets });
    const errorExpression = '=bpmnError("E", error.message, {sent: error.variables.sent})';
    const thrown = await run({ ...job, customHeaders: { errorExpression } }, connector, {
      secrets,
    });
    expect(plain).toMatchObject({
      errorMessage: '*** was denied',
      variables: { error: { message: '*** was denied', variables: { sent: ['***'] } } },
    });
    expect(thrown).toMatchObject({ errorMessage: '*** was denied', variables: { sent: ['***'] } });
  });

  test('are masked before the message is cut, so that no half of one is left', async () => {
    const inputs = { text: '{{secrets.TOKEN}}' };
    const connector = failing(new Error(`${'x'.repeat(5996)}tok-123`));
    const result = await run({ variables: inputs, inputs }, connector, { secrets });
    expect(result.action === 'fail' && result.errorMessage.endsWith('x***')).toBe(true);
  });
});

describe('expressions of headers', () => {
  test('are compiled once for a text, and the oldest give way', () => {
    const compile = createExpressionCache(2);
    const first = compile('=1');
    expect(compile('=1')).toBe(first);
    compile('=2');
    compile('=1');
    compile('=3');
    expect(compile('=1')).toBe(first);
    const second = compile('=2');
    compile('=3');
    compile('=1');
    expect(compile('=2')).not.toBe(second);
  });
});

describe('a check of job elements', () => {
  const element = {
    processId: 'order',
    elementId: 'Task_1',
    elementName: 'Ship',
    type: 'test:echo:1',
    inputs: { text: '{{secrets.A}}', 'authentication.token': 'secrets.B' },
    headers: { resultExpression: '={a: ', errorExpression: '=)', retryBackoff: 'soon' },
  };

  test('names element, property and reason of everything that would fail, all at once', async () => {
    const outbound = createOutbound({ connectors: [echo()], secrets: secretsOf({ B: 'b' }) });
    const problems = await outbound.check([element, { ...element, elementId: 'Task_2' }]);
    const at = (id: string) => `process order / element ${id} (Ship)`;
    expect(problems.map(({ where }) => where)).toEqual([
      `${at('Task_1')} / header resultExpression`,
      `${at('Task_1')} / header errorExpression`,
      `${at('Task_1')} / header retryBackoff`,
      `${at('Task_2')} / header resultExpression`,
      `${at('Task_2')} / header errorExpression`,
      `${at('Task_2')} / header retryBackoff`,
      `${at('Task_1')} / input text, ${at('Task_2')} / input text`,
    ]);
    expect(problems.at(-1)?.reason).toBe('the secret A does not exist');
  });

  test('leaves out elements that other workers may work', async () => {
    const outbound = createOutbound({ connectors: [echo()] });
    expect(await outbound.check([{ ...element, type: 'other' }])).toEqual([]);
  });

  test('says so when a secret cannot be read', async () => {
    const outbound = createOutbound({
      connectors: [echo()],
      secrets: { get: () => Promise.reject(new Error('down')) },
    });
    const problems = await outbound.check([{ ...element, headers: {} }]);
    expect(problems.map(({ reason }) => reason)).toEqual([
      'the secret A cannot be read now',
      'the secret B cannot be read now',
    ]);
  });
});

test('two connectors of one job type are refused', () => {
  expect(() => createOutbound({ connectors: [echo(), echo()] })).toThrow(/test:echo:1/);
});
