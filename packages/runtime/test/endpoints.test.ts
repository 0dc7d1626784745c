import type { DeliverySummary, InboundConnector, SecretProvider } from '@bpmn-connectors/sdk';
import { describe, expect, test } from '@jest/globals';
import { createInbound, type EndpointView, type Inbound } from '../src/index.ts';
import { catchElement, startElement } from './support/elements.ts';
import { setUpInbound } from './support/inbound-setup.ts';
import { line } from './support/line-connector.ts';

const other = startElement({ processId: 'invoice', elementId: 'Start_9' });
const withPassword = (password: string, parts: Parameters<typeof startElement>[0] = {}) =>
  startElement({
    ...parts,
    properties: { ...parts.properties, 'inbound.auth.password': password },
  });

const states = (inbound: Inbound): string[] =>
  inbound
    .endpoints()
    .map(({ processId, elementId, version, state }) =>
      [processId, elementId, ...(version === undefined ? [] : [`v${version}`]), state].join(' '),
    )
    .sort();

const startedBy = async (
  setup: Awaited<ReturnType<typeof setUpInbound>>,
  address = 'orders',
): Promise<string | undefined> => {
  const outcome = await setup.lines.call(address, { body: {} });
  return outcome?.status === 'started'
    ? `${outcome.element?.processId} v${outcome.element?.version}`
    : outcome?.status;
};

describe('an address that is taken', () => {
  test('goes to the first; the second waits, says for whom, and is promoted when the first goes', async () => {
    const setup = await setUpInbound([startElement()]);
    const report = await setup.inbound.update([startElement(), other]);
    expect(report).toMatchObject({ active: 1, queued: 1, failed: 0 });
    expect(report.problems).toMatchObject([
      {
        where: 'process invoice / element Start_9',
        reason: 'the webhook id orders is taken by process order / element Start_1',
      },
    ]);
    expect(states(setup.inbound)).toEqual(['invoice Start_9 v1 queued', 'order Start_1 v1 active']);
    expect(await startedBy(setup)).toBe('order v1');
    expect(await setup.inbound.update([other])).toMatchObject({ active: 1, queued: 0 });
    expect(await startedBy(setup)).toBe('invoice v1');
  });

  test('stays with who has it, in whatever order elements are told, and those who wait keep their order', async () => {
    const third = startElement({ processId: 'third' });
    const setup = await setUpInbound([startElement()]);
    await setup.inbound.update([other, startElement()]);
    await setup.inbound.update([third, other, startElement()]);
    expect(await startedBy(setup)).toBe('order v1');
    await setup.inbound.update([third, other]);
    expect(await startedBy(setup)).toBe('invoice v1');
  });

  test('stays with its process when that is deployed in a changed form', async () => {
    const setup = await setUpInbound([startElement(), other]);
    await setup.inbound.update([other, withPassword('secret-2', { version: 2 })]);
    expect(await startedBy(setup)).toBe('order v2');
    await setup.inbound.update([other, startElement({ version: 3, elementId: 'Renamed' })]);
    expect(await startedBy(setup)).toBe('order v3');
  });

  test('by another element of the same version is a conflict within the process', async () => {
    const setup = await setUpInbound([startElement(), startElement({ elementId: 'Start_2' })]);
    expect(states(setup.inbound)).toEqual(['order Start_1 v1 active', 'order Start_2 v1 queued']);
  });

  test('is freed by a failed activation, which says why, and the next in line takes it', async () => {
    const broken = startElement({ properties: { 'inbound.broken': 'true' } });
    const setup = await setUpInbound([broken, other]);
    expect(states(setup.inbound)).toEqual(['invoice Start_9 v1 active', 'order Start_1 v1 failed']);
    const [view] = setup.inbound.endpoints().filter(({ state }) => state === 'failed');
    expect(view).toMatchObject({ webhookId: 'orders', reason: 'The line orders is cut' });
    expect(await startedBy(setup)).toBe('invoice v1');
  });

  test('is freed also when what was served there cannot be replaced', async () => {
    const setup = await setUpInbound([startElement()]);
    const broken = startElement({ version: 2, properties: { 'inbound.broken': 'true' } });
    expect(await setup.inbound.update([broken])).toMatchObject({ active: 0, failed: 1 });
    expect(await startedBy(setup)).toBeUndefined();
    expect(setup.lines.events).toContain('deactivate orders');
  });

  test('of a failed activation works once the model is mended', async () => {
    const broken = startElement({ properties: { 'inbound.broken': 'true' } });
    const setup = await setUpInbound([broken]);
    expect(await startedBy(setup)).toBeUndefined();
    await setup.inbound.update([startElement({ version: 2 })]);
    expect(await startedBy(setup)).toBe('order v2');
  });
});

describe('versions of a process', () => {
  test('share an address: old ones are served along, by what the newest says of the endpoint', async () => {
    const v1 = catchElement({ version: 1, properties: { 'inbound.auth.password': 'old-pass' } });
    const v2 = catchElement({ version: 2, properties: { 'inbound.auth.password': 'new-pass' } });
    const setup = await setUpInbound([v1, v2]);
    expect(states(setup.inbound)).toEqual(['order Catch_1 v1 active', 'order Catch_1 v2 active']);
    expect(setup.lines.password('payments')).toBe('new-pass');
    expect(setup.lines.events.filter((event) => event.startsWith('activate'))).toHaveLength(1);
  });

  test('with addresses of their own are served at each', async () => {
    const v2 = catchElement({ version: 2, properties: { 'inbound.context': 'payments-2' } });
    const setup = await setUpInbound([catchElement(), v2]);
    for (const address of ['payments', 'payments-2']) {
      expect(await setup.lines.call(address, { body: { order: 'A' } })).toMatchObject({
        status: 'correlated',
      });
    }
  });
});

describe('an update', () => {
  test('that changes only elements puts them in place without touching the endpoint', async () => {
    const setup = await setUpInbound([startElement()]);
    const element = startElement({ version: 2, properties: { resultVariable: 'all' } });
    await setup.inbound.update([element]);
    expect(await startedBy(setup)).toBe('order v2');
    expect(setup.lines.events.filter((event) => event !== 'enter active')).toEqual([
      'activate orders',
    ]);
  });

  test('that changes an endpoint serves the new one before it stops the old one', async () => {
    const setup = await setUpInbound([withPassword('first-pass')]);
    await setup.inbound.update([withPassword('second-pass')]);
    expect(setup.lines.events.filter((event) => event !== 'enter active')).toEqual([
      'activate orders',
      'activate orders',
      'deactivate orders',
    ]);
    expect(setup.lines.password('orders')).toBe('second-pass');
    expect(await startedBy(setup)).toBe('order v1');
  });

  test('keeps the counts of an address', async () => {
    const setup = await setUpInbound([withPassword('first-pass')]);
    const summary = {
      at: '2026-01-01T00:00:00.000Z',
      outcome: 'started',
      step: 'respond',
      durationMs: 1,
    };
    setup.lines.context('orders')?.delivered(summary);
    await setup.inbound.update([withPassword('second-pass')]);
    setup.lines.context('orders')?.delivered(summary);
    setup.lines.context('orders')?.refused({ step: 'authenticate', code: 'WRONG', status: 401 });
    expect(setup.inbound.endpoints()).toMatchObject([
      { counts: { started: 2, refused: 1 }, lastDeliveryAt: summary.at },
    ]);
  });

  test('without an element stops its endpoint', async () => {
    const setup = await setUpInbound([startElement(), catchElement()]);
    await setup.inbound.update([catchElement()]);
    expect(await startedBy(setup)).toBeUndefined();
    expect(states(setup.inbound)).toEqual(['order Catch_1 v1 active']);
  });

  test('waits for the one before it', async () => {
    const setup = await setUpInbound([]);
    await Promise.all([
      setup.inbound.update([startElement()]),
      setup.inbound.update([]),
      setup.inbound.update([startElement({ version: 3 })]),
    ]);
    expect(await startedBy(setup)).toBe('order v3');
    expect(setup.lines.events.slice(1)).toEqual([
      'activate orders',
      'deactivate orders',
      'activate orders',
    ]);
  });

  test('with elements of unknown types says so and serves the others', async () => {
    const foreign = startElement({
      elementId: 'Mail',
      properties: { 'inbound.type': 'test:mail:1' },
    });
    const { inbound, logged } = await setUpInbound([foreign, startElement()]);
    expect(states(inbound)).toEqual(['order Start_1 v1 active']);
    expect(logged).toContain('No connector here has the inbound type of this element');
  });

  test('tells of each element what operators may know, and never a password', async () => {
    const element = withPassword('first-pass', {
      properties: { 'inbound.subtype': 'aws:eventbridge' },
    });
    const { inbound } = await setUpInbound([element]);
    const view: EndpointView = {
      webhookId: 'orders',
      urls: ['line:orders'],
      method: 'CALL',
      auth: 'PASSWORD',
      processId: 'order',
      version: 1,
      elementId: 'Start_1',
      subtype: 'aws:eventbridge',
      state: 'active',
      warnings: [],
      counts: {},
      lastDeliveryAt: null,
    };
    expect(inbound.endpoints()).toEqual([view]);
  });
});

describe('elements that share an endpoint', () => {
  const auto = { deduplicationMode: 'AUTO' };
  const manual = { deduplicationMode: 'MANUAL', deduplicationId: 'shared' };

  test('AUTO: those of a process whose endpoint properties are the same', async () => {
    const setup = await setUpInbound([
      startElement({ properties: { ...auto, activationCondition: '=request.body.n = 1' } }),
      startElement({
        elementId: 'S2',
        properties: { ...auto, activationCondition: '=request.body.n = 2' },
      }),
    ]);
    const outcome = await setup.lines.call('orders', { body: { n: 2 } });
    expect(outcome).toMatchObject({ status: 'started', element: { elementId: 'S2' } });
    expect(setup.lines.events.filter((event) => event.startsWith('activate'))).toHaveLength(1);
  });

  test('MANUAL: those that name the same id; a redelivery to either is one event', async () => {
    const when = (n: number) => ({ ...manual, activationCondition: `=request.body.n = ${n}` });
    const setup = await setUpInbound([
      startElement({ properties: when(1) }),
      startElement({ elementId: 'S2', properties: when(2) }),
    ]);
    await setup.lines.call('orders', { body: { n: 1 }, messageId: 'a' });
    expect(await setup.lines.call('orders', { body: { n: 2 }, messageId: 'a' })).toMatchObject({
      status: 'duplicate',
    });
  });

  test('MANUAL: must agree in what makes the endpoint; the properties are named', async () => {
    const setup = await setUpInbound([]);
    const report = await setup.inbound.update([
      withPassword('first-pass', { properties: manual }),
      withPassword('second-pass', { elementId: 'S2', properties: manual }),
    ]);
    expect(report).toMatchObject({ active: 0, failed: 2 });
    expect(report.problems[0]).toMatchObject({
      where: 'process order / element Start_1 / property deduplicationId',
      reason: 'elements with the id shared differ in inbound.auth.password',
    });
  });
});

describe('the health of endpoints', () => {
  test('is what its connector reported last, with the reason while it is not up', async () => {
    const { inbound, lines } = await setUpInbound([startElement()]);
    expect(inbound.endpoints()[0]).not.toHaveProperty('health');
    lines.context('orders')?.report?.({ status: 'down', reason: 'the line is dead' });
    expect(inbound.endpoints()).toMatchObject([
      { state: 'active', health: 'down', reason: 'the line is dead' },
    ]);
    lines.context('orders')?.report?.({ status: 'up' });
    expect(inbound.endpoints()).toMatchObject([{ state: 'active', health: 'up' }]);
    expect(inbound.endpoints()[0]).not.toHaveProperty('reason');
  });

  test('shows no secret of the endpoint, and no more than 500 characters', async () => {
    const { inbound, lines } = await setUpInbound([withPassword('{{secrets.LINE}}')], {
      secrets: { get: async () => 'open sesame' },
    });
    const reason = `refused open sesame ${'x'.repeat(1000)}`;
    lines.context('orders')?.report?.({ status: 'down', reason });
    const shown = inbound.endpoints()[0]?.reason ?? '';
    expect(shown).toMatch(/^refused \*\*\* x+$/);
    expect(shown).toHaveLength(500);
  });

  test('stays with its endpoint when only elements change', async () => {
    const { inbound, lines } = await setUpInbound([startElement()]);
    lines.context('orders')?.report?.({ status: 'down', reason: 'the line is dead' });
    await inbound.update([startElement(), startElement({ version: 2 })]);
    expect(inbound.endpoints().map(({ health }) => health)).toEqual(['down', 'down']);
  });
});

describe('secrets of endpoints', () => {
  const secret = withPassword('{{secrets.LINE}}', {
    properties: { resultExpression: '={text: "{{secrets.LINE}}"}' },
  });

  test('are resolved in what makes the endpoint, and nowhere else', async () => {
    const setup = await setUpInbound([secret], { secrets: { get: async () => 'open sesame' } });
    expect(setup.lines.password('orders')).toBe('open sesame');
    await setup.lines.call('orders', { body: {} });
    expect(setup.engine.commands[0]?.variables).toEqual({ text: '{{secrets.LINE}}' });
  });

  test('that are missing fail the endpoint with all names', async () => {
    const { inbound } = await setUpInbound([secret]);
    expect(inbound.endpoints()).toMatchObject([
      { state: 'failed', reason: "Secret with name 'LINE' is not available" },
    ]);
  });

  test('that cannot be read now are tried again after a while', async () => {
    let sealed = true;
    const secrets: SecretProvider = {
      get: async () => {
        if (sealed) throw new Error('sealed');
        return 'open sesame';
      },
    };
    const setup = await setUpInbound([secret], { secrets });
    expect(setup.inbound.endpoints()).toMatchObject([{ state: 'failed' }]);
    expect(setup.inbound.phase).toBe('active');
    expect(setup.lines.events).toEqual([]);
    sealed = false;
    setup.clock.advance(10_000);
    await setup.inbound.check([]);
    while (setup.inbound.endpoints()[0]?.state !== 'active') await new Promise(setImmediate);
    expect(await startedBy(setup)).toBe('order v1');
    expect(setup.lines.events).toEqual(['activate orders', 'enter active']);
  });

  test('that cannot be read for a later deployment keep connectors from calling its address unknown', async () => {
    const secrets: SecretProvider = { get: () => Promise.reject(new Error('sealed')) };
    const setup = await setUpInbound([startElement()], { secrets });
    await setup.inbound.update([startElement(), secret]);
    expect(setup.lines.events.at(-1)).toBe('enter activating');
    await setup.inbound.update([startElement()]);
    expect(setup.lines.events.at(-1)).toBe('enter active');
  });

  test('are masked in the reason of a failure', async () => {
    const properties = { 'inbound.auth.password': '{{secrets.LINE}}', 'inbound.broken': 'true' };
    const element = startElement({
      properties: { ...properties, 'inbound.context': '{{secrets.LINE}}' },
    });
    const { inbound } = await setUpInbound([element], { secrets: { get: async () => 'sesame' } });
    expect(inbound.endpoints()[0]?.reason).toBe('The line *** is cut');
  });
});

describe('a check', () => {
  test('tells everything that is wrong with elements, all at once', async () => {
    const { inbound } = await setUpInbound([]);
    const problems = await inbound.check([
      startElement({ properties: { activationCondition: '=a b', resultExpression: '={' } }),
      catchElement({ properties: { correlationKeyExpression: ' ' } }),
      catchElement({
        elementId: 'Halt',
        elementType: 'eventSubProcessStartEvent',
        properties: { correlationKeyExpression: ' ' },
      }),
      catchElement({ elementId: 'C2', elementName: 'Paid?', message: { name: ' ' } }),
      withPassword('weak', { elementId: 'S3' }),
      startElement({
        elementId: 'S4',
        properties: {
          messageTtl: 'one hour',
          consumeUnmatchedEvents: 'yes',
          deduplicationMode: 'MANUAL',
          'inbound.responseExpression': '=)',
        },
      }),
      startElement({ elementId: 'S5', properties: { deduplicationMode: 'SOMETIMES' } }),
    ]);
    expect(problems.map(({ where }) => where)).toEqual([
      'process order / element Start_1 / property activationCondition',
      'process order / element Start_1 / property resultExpression',
      'process order / element Catch_1 / property correlationKeyExpression',
      'process order / element Halt / property correlationKeyExpression',
      'process order / element C2 (Paid?)',
      'process order / element S4 / property inbound.responseExpression',
      'process order / element S4 / property messageTtl',
      'process order / element S4 / property deduplicationId',
      'process order / element S4 / property consumeUnmatchedEvents',
      'process order / element S5 / property deduplicationMode',
      'process order / element S3 / property inbound.auth.password',
    ]);
    for (const { reason, fix } of problems) expect(`${reason}${fix}`).not.toBe('');
  });

  test('names both elements of a webhook id that is used twice', async () => {
    const { inbound } = await setUpInbound([]);
    expect(await inbound.check([startElement(), other])).toMatchObject([
      {
        where: 'process invoice / element Start_9',
        reason: 'the webhook id orders is taken by process order / element Start_1',
      },
    ]);
  });

  test('counts what is served already, but not older versions of the same process', async () => {
    const { inbound } = await setUpInbound([startElement()]);
    expect(await inbound.check([other])).toHaveLength(1);
    expect(await inbound.check([withPassword('new-pass', { version: 2 })])).toEqual([]);
  });

  test('tells each missing secret once with all its places, and serves nothing', async () => {
    const { inbound, lines } = await setUpInbound([]);
    const problems = await inbound.check([
      withPassword('{{secrets.A}}{{secrets.B}}'),
      withPassword('{{secrets.A}}', { elementId: 'S2', properties: { 'inbound.context': 'b' } }),
    ]);
    expect(problems.map(({ reason, where }) => [reason, where])).toEqual([
      [
        'the secret A does not exist',
        'process order / element Start_1 / property inbound.auth.password, process order / element S2 / property inbound.auth.password',
      ],
      [
        'the secret B does not exist',
        'process order / element Start_1 / property inbound.auth.password',
      ],
    ]);
    expect(lines.events).toEqual(['enter active']);
  });
});

describe('what connectors get and leave', () => {
  test('an element brings the expressions that the connector evaluates for it', async () => {
    const properties = { 'inbound.responseExpression': '={n: 1}' };
    const { lines } = await setUpInbound([startElement({ properties })]);
    const outcome = await lines.call('orders', { body: {} });
    expect(outcome?.element?.expression('inbound.responseExpression')?.evaluate({})).toEqual({
      n: 1,
    });
    expect(outcome?.element?.expression('other')).toBeUndefined();
  });

  test('deliveries are listed newest first, by webhook and outcome, and told to telemetry', async () => {
    const told: DeliverySummary[] = [];
    const { lines, inbound } = await setUpInbound([startElement(), catchElement()], {
      telemetry: { delivery: (summary) => void told.push(summary) },
    });
    const at = '2026-01-01T00:00:00.000Z';
    const leave = (address: string, outcome: string) =>
      lines
        .context(address)
        ?.delivered({ at, outcome, step: 'respond', durationMs: 2, status: 200 });
    for (let n = 0; n < 1500; n += 1) leave(n % 3 === 0 ? 'payments' : 'orders', `o${n % 2}`);
    const all: DeliverySummary[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = inbound.deliveries({ limit: 300, ...(cursor === undefined ? {} : { cursor }) });
      all.push(...page.items);
      cursor = page.cursor;
    }
    expect(told).toHaveLength(1500);
    expect(all).toEqual(told.slice(-1000).reverse());
    expect(all[0]).toMatchObject({ connectorType: 'test:line:1', endpoint: 'orders', status: 200 });
    const some = inbound.deliveries({ webhookId: 'payments', outcome: 'o1', limit: 5 });
    expect(some.items).toEqual(
      all
        .filter(({ endpoint, outcome }) => endpoint === 'payments' && outcome === 'o1')
        .slice(0, 5),
    );
    expect(inbound.deliveries({}).items).toHaveLength(50);
  });

  test('deliveries are listed where nobody takes telemetry', async () => {
    const { lines, inbound } = await setUpInbound([startElement()]);
    const at = '2026-01-01T00:00:00.000Z';
    const summary = { at, outcome: 'started', step: 'respond', durationMs: 2, status: 200 };
    lines.context('orders')?.delivered(summary);
    expect(inbound.deliveries({}).items).toMatchObject([{ ...summary, endpoint: 'orders' }]);
  });

  test('the last hundred refusals are kept', async () => {
    const { lines, inbound, clock } = await setUpInbound([startElement()]);
    for (let n = 0; n < 150; n += 1) {
      lines.context('orders')?.refused({ step: 'authenticate', code: `C${n}`, status: 401 });
    }
    expect(inbound.refusals()).toHaveLength(100);
    expect(inbound.refusals()[0]).toEqual({
      step: 'authenticate',
      code: 'C149',
      status: 401,
      connectorType: 'test:line:1',
      endpoint: 'orders',
      at: new Date(clock.now()).toISOString(),
    });
  });
});

describe('the life of the inbound half', () => {
  test('goes from activating over active to draining, and connectors are told', async () => {
    const lines = line();
    const inbound = createInbound({
      connectors: [lines],
      send: async () => ({ status: 'started', processInstanceKey: '1' }),
    });
    expect(inbound.phase).toBe('activating');
    await inbound.update([startElement()]);
    expect(inbound.phase).toBe('active');
    await inbound.close();
    expect(inbound.phase).toBe('draining');
    expect(lines.events).toEqual([
      'activate orders',
      'enter active',
      'enter draining',
      'close',
      'deactivate orders',
    ]);
    expect(await inbound.update([startElement()])).toMatchObject({ active: 0 });
  });

  test('that is closed while it activates stays closed, and tries nothing again', async () => {
    let unseal = (): void => {};
    const secrets: SecretProvider = {
      get: () =>
        new Promise((_resolve, reject) => {
          unseal = () => reject(new Error('sealed'));
        }),
    };
    const { inbound, lines, clock } = await setUpInbound([], { secrets });
    const updating = inbound.update([withPassword('{{secrets.LINE}}')]);
    await new Promise(setImmediate);
    const closing = inbound.close();
    unseal();
    await Promise.all([updating, closing]);
    expect(inbound.phase).toBe('draining');
    expect(lines.events.filter((event) => event.startsWith('enter'))).toEqual([
      'enter active',
      'enter draining',
    ]);
    expect(clock.scheduled()).toEqual([]);
  });

  test('goes on where an endpoint cannot be left, and says so', async () => {
    const { inbound, lines, logged } = await setUpInbound([startElement(), catchElement()]);
    lines.stuck.add('orders');
    expect(await inbound.update([withPassword('secret-2'), catchElement()])).toMatchObject({
      active: 2,
      failed: 0,
    });
    expect(lines.password('orders')).toBe('secret-2');
    expect(await inbound.update([catchElement()])).toMatchObject({ active: 1 });
    expect(await inbound.update([])).toMatchObject({ active: 0 });
    expect(lines.events.at(-1)).toBe('deactivate payments');
    const message = 'An endpoint did not end as it should';
    expect(logged.filter((one) => one === message)).toHaveLength(2);
  });

  test('ends what is left where a connector fails to close', async () => {
    const lines = line();
    const stubborn: InboundConnector = {
      ...line(),
      definition: { ...lines.definition, type: 'test:stubborn:1' },
      close: () => Promise.reject(new Error('no')),
    };
    const { inbound, logged } = await setUpInbound([startElement()], {
      connectors: [stubborn, lines],
    });
    await inbound.close();
    expect(lines.events.slice(-2)).toEqual(['close', 'deactivate orders']);
    expect(logged).toContain('A connector failed to close');
  });

  test('two connectors of one type are refused', () => {
    const send = async () => ({ status: 'no-subscription' }) as const;
    expect(() => createInbound({ connectors: [line(), line()], send })).toThrow(/test:line:1/);
  });
});
