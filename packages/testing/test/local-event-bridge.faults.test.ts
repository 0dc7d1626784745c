import { setTimeout as pause } from 'node:timers/promises';
import { DescribeEventBusCommand, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { manualClock } from '@bpmn-connectors/testing';
import { afterEach, describe, expect, test } from '@jest/globals';
import { clientOf, endAll, entry, put, start } from './local-event-bridge/set-up.ts';

afterEach(endAll);

describe('Faults', () => {
  test('throttles a call, and the next one goes through', async () => {
    const bridge = await start();
    bridge.failNext({ kind: 'error', code: 'ThrottlingException' });
    const client = clientOf(bridge);
    await expect(put(client, entry())).rejects.toMatchObject({ name: 'ThrottlingException' });
    expect((await put(client, entry())).FailedEntryCount).toBe(0);
  });

  test('throttles single entries: a retryable partial failure', async () => {
    const bridge = await start();
    bridge.failNext({
      kind: 'entry',
      indexes: [1],
      code: 'ThrottlingException',
      message: 'slow down',
    });
    const answer = await put(clientOf(bridge), entry(), entry());
    expect(answer.FailedEntryCount).toBe(1);
    expect(answer.Entries?.[1]).toEqual({
      ErrorCode: 'ThrottlingException',
      ErrorMessage: 'slow down',
    });
    expect(bridge.events).toHaveLength(1);
  });

  test('fails as often as it is told: three internal errors', async () => {
    const bridge = await start();
    bridge.failNext({ kind: 'error', code: 'InternalException', times: 3 });
    await expect(put(clientOf(bridge, 3), entry())).rejects.toMatchObject({
      name: 'InternalException',
      $metadata: { httpStatusCode: 500, attempts: 3 },
    });
    expect((await put(clientOf(bridge), entry())).FailedEntryCount).toBe(0);
  });

  test('cuts the answer in half after it took the events', async () => {
    const bridge = await start();
    bridge.failNext({ kind: 'half-answer' });
    await expect(put(clientOf(bridge), entry())).rejects.toMatchObject({ name: 'SyntaxError' });
    expect(bridge.events).toHaveLength(1);
  });

  test.each([
    [true, 1],
    [false, 0],
  ])('cuts the connection, events accepted: %s', async (accepted, count) => {
    const bridge = await start();
    bridge.failNext({ kind: 'reset', accepted });
    await expect(put(clientOf(bridge), entry())).rejects.toThrow('ECONNRESET');
    expect(bridge.events).toHaveLength(count);
  });

  test('answers with a page that is not of AWS', async () => {
    const bridge = await start();
    bridge.failNext({ kind: 'http', status: 503, body: '<html>no</html>' });
    await expect(put(clientOf(bridge), entry())).rejects.toMatchObject({
      $metadata: { httpStatusCode: 503 },
    });
  });

  test('answers late, after it took the events', async () => {
    const clock = manualClock();
    const bridge = await start({ clock });
    bridge.failNext({ kind: 'delay', delayMs: 3000 });
    let answered = false;
    const answer = put(clientOf(bridge), entry()).then(({ FailedEntryCount }) => {
      answered = true;
      return FailedEntryCount;
    });
    while (!clock.scheduled().includes(3000)) await pause(5);
    expect([bridge.events.length, answered]).toEqual([1, false]);
    clock.advance(3000);
    expect(await answer).toBe(0);
  });

  test('never answers until the client gives up', async () => {
    const bridge = await start();
    bridge.failNext({ kind: 'hang' });
    const abort = new AbortController();
    const sent = clientOf(bridge).send(new PutEventsCommand({ Entries: [entry()] }), {
      abortSignal: abort.signal,
    });
    abort.abort();
    await expect(sent).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('waits with an answer until it may give it', async () => {
    const bridge = await start();
    let answer = (): void => undefined;
    const until = new Promise<void>((resolve) => {
      answer = resolve;
    });
    bridge.failNext({ kind: 'late', until });
    const late = put(clientOf(bridge), entry());
    while (bridge.events.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await put(clientOf(bridge), entry());
    answer();
    expect((await late).FailedEntryCount).toBe(0);
    expect(bridge.events).toHaveLength(2);
  });

  test('meets only the calls with an entry of its source', async () => {
    const bridge = await start();
    bridge.failNext({ kind: 'error', code: 'ValidationException', source: 'bad' });
    const client = clientOf(bridge);
    await put(client, entry());
    await expect(put(client, entry(), entry({ Source: 'bad' }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
    expect(bridge.events).toHaveLength(1);
  });

  test('meets DescribeEventBus where that is its action', async () => {
    const bridge = await start();
    bridge.failNext({ kind: 'error', code: 'AccessDeniedException', action: 'DescribeEventBus' });
    const client = clientOf(bridge);
    await put(client, entry());
    const describeBus = () => client.send(new DescribeEventBusCommand({ Name: 'default' }));
    await expect(describeBus()).rejects.toMatchObject({ name: 'AccessDeniedException' });
    expect(await describeBus()).toMatchObject({ Name: 'default' });
    expect(bridge.calls.map(({ action }) => action)).toEqual([
      'PutEvents',
      'DescribeEventBus',
      'DescribeEventBus',
    ]);
  });
});
