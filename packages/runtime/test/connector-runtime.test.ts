import type { ProcessRuntime } from '@bpmn-connectors/sdk';
import { describe, expect, test } from '@jest/globals';
import { type ConnectorRuntimeOptions, createConnectorRuntime } from '../src/index.ts';
import { echo } from './support/echo-connector.ts';
import { startElement } from './support/elements.ts';
import { line } from './support/line-connector.ts';
import { createMemoryProcessRuntime } from './support/memory-process-runtime.ts';

const setUp = (options: Partial<ConnectorRuntimeOptions> = {}) => {
  const engine = createMemoryProcessRuntime();
  const lines = line();
  const connectorRuntime = createConnectorRuntime({
    processRuntime: engine,
    connectors: [echo(), lines],
    ...options,
  });
  return { engine, lines, connectorRuntime };
};

describe('a connector runtime', () => {
  test('is ready when what is deployed is active, then takes events and works jobs', async () => {
    const { engine, lines, connectorRuntime } = setUp();
    await engine.deployElements([startElement()]);
    expect(await connectorRuntime.health()).toEqual({
      status: 'down',
      reason: 'not yet activated',
    });
    await connectorRuntime.start();
    expect(await connectorRuntime.health()).toEqual({ status: 'up' });
    expect(await lines.call('orders', { body: {} })).toMatchObject({ status: 'started' });
    expect(
      await engine.runJob({ variables: { text: 'a' }, customHeaders: { resultVariable: 'r' } }),
    ).toEqual({ action: 'complete', variables: { r: { text: 'a' } } });
    await connectorRuntime.close();
  });

  test('follows what is deployed', async () => {
    const { engine, lines, connectorRuntime } = setUp();
    await connectorRuntime.start();
    expect(await lines.call('orders', { body: {} })).toBeUndefined();
    await engine.deployElements([startElement()]);
    expect(await lines.call('orders', { body: {} })).toMatchObject({ status: 'started' });
    await engine.deployElements([]);
    expect(await lines.call('orders', { body: {} })).toBeUndefined();
    await connectorRuntime.close();
  });

  test('is degraded while an element is not served, and names it', async () => {
    const { engine, connectorRuntime } = setUp();
    await engine.deployElements([
      startElement(),
      startElement({ processId: 'invoice', elementId: 'S9' }),
    ]);
    await connectorRuntime.start();
    expect(await connectorRuntime.health()).toEqual({
      status: 'degraded',
      reason: 'elements not served: invoice/S9 queued',
    });
    await connectorRuntime.close();
  });

  test('closes in order: no more events and jobs, then the connectors', async () => {
    const closed: string[] = [];
    const lines = line();
    const { engine, connectorRuntime } = setUp({
      connectors: [echo(undefined, async () => void closed.push('echo closed')), lines],
    });
    await engine.deployElements([startElement()]);
    await connectorRuntime.start();
    await connectorRuntime.close();
    expect(lines.events.slice(-3)).toEqual(['enter draining', 'close', 'deactivate orders']);
    expect(engine.log.toSorted()).toEqual(['drained test:echo:1', 'unwatched']);
    expect(closed).toEqual(['echo closed']);
    expect(await engine.runJob({})).toBeUndefined();
    expect(await connectorRuntime.health()).toEqual({ status: 'down', reason: 'shutting down' });
  });

  test('checks both halves at once', async () => {
    const { connectorRuntime } = setUp();
    const problems = await connectorRuntime.check({
      inboundElements: [startElement({ properties: { activationCondition: '=(' } })],
      jobElements: [
        {
          processId: 'order',
          elementId: 'Task_1',
          type: 'test:echo:1',
          inputs: { text: '{{secrets.NONE}}' },
          headers: { errorExpression: '=(' },
        },
      ],
    });
    expect(problems.map(({ where }) => where)).toEqual([
      'process order / element Start_1 / property activationCondition',
      'process order / element Task_1 / header errorExpression',
      'process order / element Task_1 / input text',
    ]);
  });

  test('offers what a management API shows', async () => {
    const { engine, lines, connectorRuntime } = setUp();
    await engine.deployElements([
      startElement({ properties: { resultExpression: '=request.body.list' } }),
    ]);
    await connectorRuntime.start();
    await lines.call('orders', { body: { list: [1] } });
    const { items } = await connectorRuntime.deadLetters({ limit: 10 });
    const id = items[0]?.id ?? '';
    expect(connectorRuntime.endpoints()).toHaveLength(1);
    expect(await connectorRuntime.deliveries({ limit: 10 })).toEqual({ items: [], cursor: null });
    expect(await connectorRuntime.deadLetter(id)).toMatchObject({ code: 'RESULT_FAILED' });
    expect(await connectorRuntime.replay(id)).toMatchObject({ outcome: 'unprocessable' });
    await connectorRuntime.close();
  });
});

describe('a process runtime that can do less', () => {
  const bare = (parts: Partial<ProcessRuntime> = {}): ProcessRuntime => ({
    name: 'bare',
    health: async () => ({ status: 'up' }),
    close: async () => {},
    ...parts,
  });
  const logger = (messages: string[]) => {
    const keep = (_: object, message: string): void => void messages.push(message);
    return { debug: keep, info: keep, warn: keep, error: keep };
  };

  test('than hand out jobs and take events is told of in the log, and the rest goes on', async () => {
    const messages: string[] = [];
    const { connectorRuntime } = setUp({ processRuntime: bare(), logger: logger(messages) });
    await connectorRuntime.start();
    expect(messages).toEqual(
      expect.arrayContaining([
        'The process runtime hands out no jobs',
        'The process runtime tells of no inbound elements',
      ]),
    );
    expect(await connectorRuntime.health()).toEqual({ status: 'up' });
    await connectorRuntime.close();
  });

  test('than tell what is deployed is active when somebody else has told it', async () => {
    const processRuntime = bare({ send: async () => ({ status: 'no-subscription' }) });
    const { connectorRuntime, lines } = setUp({ processRuntime });
    await connectorRuntime.start();
    expect(await connectorRuntime.health()).toMatchObject({ status: 'down' });
    await connectorRuntime.inbound.update([startElement()]);
    expect(await lines.call('orders', { body: {} })).toMatchObject({ status: 'no-subscription' });
    await connectorRuntime.close();
  });

  test('than begin to watch makes the start fail', async () => {
    const processRuntime = bare({
      send: async () => ({ status: 'no-subscription' }),
      watchInbound: () => Promise.reject(new Error('no cluster')),
    });
    const { connectorRuntime } = setUp({ processRuntime });
    await expect(connectorRuntime.start()).rejects.toThrow('no cluster');
    await connectorRuntime.close();
  });

  test('than watch for long leaves what is served, and health says so', async () => {
    let fail: (error: Error) => void = () => {};
    const processRuntime = bare({
      send: async () => ({ status: 'started', processInstanceKey: '1' }),
      watchInbound: async (onSnapshot) => {
        await onSnapshot({ revision: 1, elements: [startElement()] });
        await new Promise((_, reject) => {
          fail = reject;
        });
      },
    });
    const { connectorRuntime, lines } = setUp({ processRuntime });
    await connectorRuntime.start();
    fail(new Error('connection lost'));
    await new Promise(setImmediate);
    expect(await connectorRuntime.health()).toEqual({
      status: 'degraded',
      reason: 'what is deployed is no longer watched',
    });
    expect(await lines.call('orders', { body: {} })).toMatchObject({ status: 'started' });
    await connectorRuntime.close();
  });
});
