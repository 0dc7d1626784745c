import type { JsonObject, JsonValue } from '@bpmn-connectors/sdk';
import { describe, expect, test } from '@jest/globals';
import { bench } from './bench.ts';
import {
  end,
  error,
  errorBoundary,
  event,
  flow,
  flows,
  message,
  model,
  start,
  task,
} from './model.ts';

/** Deploys and starts, and gives the bench when all has settled. `jobs`: what jobs of a type give. */
async function run(
  xml: string,
  variables: JsonObject = {},
  jobs: Readonly<Record<string, JsonObject>> = {},
) {
  const at = bench();
  await at.deploy(xml);
  const worked: string[] = [];
  for (const [type, result] of Object.entries(jobs)) {
    at.work(type, (job) => {
      worked.push(job.elementId);
      return { action: 'complete', variables: result };
    });
  }
  const outcome = await at.start(variables);
  expect(outcome.status).toBe('started');
  await at.settled();
  return { ...at, worked };
}

const pass = (id: string): string => `<bpmn:task id="${id}" />`;
const xor = (id: string, attributes = ''): string =>
  `<bpmn:exclusiveGateway id="${id}" ${attributes} />`;
const and = (id: string): string => `<bpmn:parallelGateway id="${id}" />`;

describe('sequence', () => {
  test('tasks without work are passed through to the end', async () => {
    const { only } = await run(
      model(`${start() + pass('a')}<bpmn:manualTask id="b" />${end()}${flows('s', 'a', 'b', 'e')}`),
      { x: 1 },
    );
    expect(await only()).toMatchObject({ state: 'completed', variables: { x: 1 }, elements: [] });
  });

  test('every kind of task with a job type is worked by a worker', async () => {
    const types = ['serviceTask', 'sendTask', 'scriptTask', 'businessRuleTask'];
    const tasks = types.map(
      (type) =>
        `<bpmn:${type} id="${type}"><bpmn:extensionElements><zeebe:taskDefinition type="t" /></bpmn:extensionElements></bpmn:${type}>`,
    );
    const xml = model(start() + tasks.join('') + end() + flows('s', ...types, 'e'));
    const { only, worked } = await run(xml, {}, { t: {} });
    expect(worked).toEqual(types);
    expect((await only()).state).toBe('completed');
  });

  test('several flows out of a task all run, and the instance ends with the last of them', async () => {
    const { only, worked } = await run(
      model(
        start() +
          pass('a') +
          task('b', 't') +
          task('c', 't') +
          flows('s', 'a', 'b') +
          flow('a', 'c'),
      ),
      {},
      { t: {} },
    );
    expect(worked.toSorted()).toEqual(['b', 'c']);
    expect((await only()).state).toBe('completed');
  });

  test('two tokens into one task without a join run it twice', async () => {
    const { worked, only } = await run(
      model(
        start() +
          and('g') +
          task('a', 't') +
          flows('s', 'g', 'x', 'a') +
          pass('x') +
          pass('y') +
          flows('g', 'y', 'a'),
      ),
      {},
      { t: {} },
    );
    expect(worked).toEqual(['a', 'a']);
    expect((await only()).state).toBe('completed');
  });
});

describe('exclusive gateway', () => {
  const chooser = model(
    start() +
      xor('g', 'default="g-c"') +
      task('a', 't') +
      task('b', 't') +
      task('c', 't') +
      flow('s', 'g') +
      flow('g', 'a', '=x > 10') +
      flow('g', 'b', '=x > 5') +
      flow('g', 'c'),
  );
  test.each([
    [11, 'a'],
    [6, 'b'],
    [1, 'c'],
  ])('with x = %p takes the way to %s', async (x, way) => {
    const { worked } = await run(chooser, { x }, { t: {} });
    expect(worked).toEqual([way]);
  });

  test('a condition that is neither true nor false is an incident, resolved after mending', async () => {
    const { incidents, engine, only, worked } = await run(chooser, {}, { t: {} });
    expect(await incidents()).toEqual(['EXTRACT_VALUE_ERROR']);
    expect(await only()).toMatchObject({
      state: 'incident',
      elements: [{ elementId: 'g', state: 'incident' }],
    });
    const [incident] = (await engine.incidents({})).items;
    expect(await engine.resolveIncident(incident?.key ?? '')).toBe(true);
    expect(await incidents()).toEqual(['EXTRACT_VALUE_ERROR']);
    expect(await engine.resolveIncident(incident?.key ?? '')).toBe(false);
    expect(worked).toEqual([]);
  });

  test('no condition met and no default is an incident', async () => {
    const { incidents } = await run(
      model(
        start() +
          xor('g') +
          end() +
          end('f') +
          flow('s', 'g') +
          flow('g', 'e', '=false') +
          flow('g', 'f', '=false'),
      ),
    );
    expect(await incidents()).toEqual(['CONDITION_ERROR']);
  });

  test('one flow without a condition is simply taken', async () => {
    const { only } = await run(model(start() + xor('g') + end() + flows('s', 'g', 'e')));
    expect((await only()).state).toBe('completed');
  });
});

describe('parallel gateway', () => {
  test('a join goes on once, when every flow has brought a token', async () => {
    const { worked, only } = await run(
      model(
        start() +
          and('fork') +
          task('a', 't') +
          task('b', 't') +
          and('join') +
          task('after', 't') +
          end() +
          flows('s', 'fork', 'a', 'join', 'after', 'e') +
          flows('fork', 'b', 'join'),
      ),
      {},
      { t: {} },
    );
    expect(worked.toSorted()).toEqual(['a', 'after', 'b']);
    expect((await only()).state).toBe('completed');
  });

  test('a join with a flow that is never taken waits for ever', async () => {
    const { only } = await run(
      model(
        start() +
          xor('g', 'default="g-a"') +
          pass('a') +
          pass('b') +
          and('join') +
          end() +
          flows('s', 'g', 'a', 'join', 'e') +
          flow('g', 'b', '=false') +
          flow('b', 'join'),
      ),
    );
    expect(await only()).toMatchObject({ state: 'active', elements: [] });
  });

  test('a surplus token is kept for the next round', async () => {
    const { worked, only } = await run(
      model(
        start() +
          and('g') +
          pass('x') +
          pass('y') +
          pass('a') +
          and('join') +
          task('t', 't') +
          flows('s', 'g', 'x', 'a', 'join', 't') +
          flows('g', 'y', 'a') +
          flow('g', 'join'),
      ),
      {},
      { t: {} },
    );
    // Two tokens come by a, one by the gateway: the join goes on once, one token stays.
    expect(worked).toEqual(['t']);
    expect((await only()).state).toBe('active');
  });

  test('two tokens on every flow make it go on twice', async () => {
    const { worked, only } = await run(
      model(
        start() +
          ['g', 'join'].map(and).join('') +
          ['u', 'v', 'x', 'y', 'a', 'b'].map(pass).join('') +
          task('t', 't') +
          flows('s', 'g', 'u', 'a', 'join', 't') +
          flows('g', 'v', 'a') +
          flows('g', 'x', 'b', 'join') +
          flows('g', 'y', 'b'),
      ),
      {},
      { t: {} },
    );
    expect(worked).toEqual(['t', 't']);
    expect((await only()).state).toBe('completed');
  });
});

describe('variables', () => {
  const one = (io: Parameters<typeof task>[2]) =>
    model(start() + task('a', 't', io) + end() + flows('s', 'a', 'e'));

  test('input mappings make nested variables of the job alone', async () => {
    const at = bench();
    await at.deploy(
      one({
        inputs: [
          ['=order.id', 'input.detail.id'],
          ['plain text', 'input.source'],
          ['=input.source', 'copy'],
          ['= "{{secrets.KEY}}"', 'authentication.key'],
        ],
      }),
    );
    const jobs = at.work('t', () => ({ action: 'complete' }));
    await at.start({ order: { id: 7 } });
    await at.settled();
    expect(jobs[0]).toMatchObject({
      variables: {
        order: { id: 7 },
        input: { detail: { id: 7 }, source: 'plain text' },
        copy: 'plain text',
        authentication: { key: '{{secrets.KEY}}' },
      },
      inputs: {
        'input.detail.id': '=order.id',
        'input.source': 'plain text',
        'authentication.key': '= "{{secrets.KEY}}"',
      },
    });
    expect((await at.only()).variables).toEqual({ order: { id: 7 } });
  });

  test('an input mapping sees what others made, but not the target it is building', async () => {
    const at = bench();
    await at.deploy(
      one({
        inputs: [
          ['=input.a', 'input.x'],
          ['=input.b', 'input.y'],
          ['=input.x + 1', 'z'],
        ],
      }),
    );
    const jobs = at.work('t', () => ({ action: 'complete' }));
    await at.start({ input: { a: 1, b: 2 } });
    await at.settled();
    expect(jobs[0]?.variables).toEqual({ input: { x: 1, y: 2 }, z: 2 });
  });

  test('without output mappings a result goes up, but not past a local of the same name', async () => {
    const { only } = await run(
      one({ inputs: [['=1', 'local']] }),
      {},
      { t: { local: 2, other: 3 } },
    );
    expect((await only()).variables).toEqual({ other: 3 });
  });

  test('with output mappings only what is mapped goes up, nested targets merged', async () => {
    const { only } = await run(
      one({
        outputs: [
          ['=result.a', 'order.a'],
          ['=result.b', 'order.deep.b'],
        ],
      }),
      { order: { kept: true } },
      { t: { result: { a: 1, b: 2 }, dropped: true } },
    );
    expect((await only()).variables).toEqual({ order: { kept: true, a: 1, deep: { b: 2 } } });
  });

  test.each<[string, JsonValue]>([
    ['__proto__', { polluted: true }],
    ['constructor', 1],
    ['toString', null],
  ])('a variable may be called %s', async (name, value) => {
    const { only } = await run(
      one({ inputs: [['=1', `${name}.x`]] }),
      Object.fromEntries([[name, value]]),
      { t: Object.fromEntries([['result', value]]) },
    );
    const { variables } = await only();
    expect(new Map(Object.entries(variables))).toEqual(
      new Map([
        [name, value],
        ['result', value],
      ]),
    );
    expect(Object.getPrototypeOf({})).not.toHaveProperty('polluted');
  });

  test('a mapping that fails is an incident at its element', async () => {
    const at = bench();
    await at.deploy(one({ inputs: [['=assert(x, false)', 'y']] }));
    await at.start({ x: 1 });
    expect(await at.incidents()).toEqual(['IO_MAPPING_ERROR']);
    const [incident] = (await at.engine.incidents({})).items;
    expect(incident).toMatchObject({ elementId: 'a', processId: 'p' });
  });

  test('what the caller does to its object afterwards changes nothing', async () => {
    const at = bench();
    await at.deploy(one({}));
    const variables = { list: [1] };
    const sent = at.start(variables);
    variables.list.push(2);
    await sent;
    expect((await at.only()).variables).toEqual({ list: [1] });
  });
});

describe('sub-process', () => {
  const sub = (content: string, io = ''): string =>
    `<bpmn:subProcess id="sub"><bpmn:extensionElements><zeebe:ioMapping>${io}</zeebe:ioMapping></bpmn:extensionElements>${content}</bpmn:subProcess>`;

  test('its variables stay inside, its output goes up, and it ends with its last token', async () => {
    const { only, worked } = await run(
      model(
        start() +
          sub(
            start('i') + task('a', 't') + task('b', 't') + flows('i', 'a') + flow('i', 'b'),
            '<zeebe:input source="=1" target="inner" /><zeebe:input source="=null" target="n" /><zeebe:output source="=inner + n" target="sum" />',
          ) +
          end() +
          flows('s', 'sub', 'e'),
      ),
      {},
      { t: { n: 5 } },
    );
    expect(worked.toSorted()).toEqual(['a', 'b']);
    expect(await only()).toMatchObject({ state: 'completed', variables: { sum: 6 } });
  });

  test('an error inside is caught at its border and ends all that was in it', async () => {
    const at = bench();
    await at.deploy(
      model(
        start() +
          sub(
            start('i') + task('a', 'fails') + task('b', 'waits') + flows('i', 'a') + flow('i', 'b'),
          ) +
          errorBoundary('any', 'sub') +
          errorBoundary('exact', 'sub', 'boom', { outputs: [['=why', 'reason']] }) +
          pass('caught') +
          end() +
          flows('s', 'sub', 'e') +
          flows('exact', 'caught'),
        { root: error('boom', 'BOOM') },
      ),
    );
    at.work('fails', () => ({ action: 'throwError', errorCode: 'BOOM', variables: { why: 'x' } }));
    await at.start();
    await at.settled();
    expect(await at.only()).toMatchObject({ state: 'completed', variables: { reason: 'x' } });
  });

  test('variables of an error stay at the event that catches it, as in Zeebe', async () => {
    const at = bench();
    const caught = errorBoundary('b', 't', 'boom') + pass('caught') + flows('b', 'caught');
    await at.deploy(
      model(start() + task('t', 'fails') + caught + end() + flows('s', 't', 'e'), {
        root: error('boom', 'BOOM'),
      }),
    );
    at.work('fails', () => ({ action: 'throwError', errorCode: 'BOOM', variables: { why: 'x' } }));
    await at.start();
    await at.settled();
    expect(await at.only()).toMatchObject({ state: 'completed', variables: {} });
    expect((await at.only()).variables).not.toHaveProperty('why');
  });

  test('an error end event inside is thrown to its border', async () => {
    const thrown =
      '<bpmn:endEvent id="t"><bpmn:errorEventDefinition id="d" errorRef="boom" /></bpmn:endEvent>';
    const { worked, only } = await run(
      model(
        start() +
          sub(start('i') + thrown + flows('i', 't')) +
          errorBoundary('b', 'sub', 'boom') +
          task('after', 't') +
          flows('s', 'sub') +
          flow('b', 'after'),
        { root: error('boom', 'BOOM') },
      ),
      {},
      { t: {} },
    );
    expect(worked).toEqual(['after']);
    expect((await only()).state).toBe('completed');
  });
});

test('what is on its way to an element that has been ended does not arrive', async () => {
  const thrown =
    '<bpmn:endEvent id="t"><bpmn:errorEventDefinition id="d" errorRef="boom" /></bpmn:endEvent>';
  const inner = `${start('i') + and('g') + thrown + event('intermediateCatchEvent', 'm', 'msg')}${flows('i', 'g', 't')}${flow('g', 'm')}`;
  const at = bench();
  await at.deploy(
    model(
      `${start()}<bpmn:subProcess id="sub">${inner}</bpmn:subProcess>${errorBoundary('b', 'sub')}${task('a', 't')}${flows('s', 'sub')}${flow('b', 'a')}`,
      { root: error('boom', 'BOOM') + message('msg', '="k"') },
    ),
  );
  await at.start();
  expect((await at.publish('msg', 'k')).status).toBe('accepted');
  expect((await at.only()).elements).toEqual([{ elementId: 'a', state: 'active' }]);
});

describe('errors', () => {
  const guarded = (boundaries: string): string =>
    model(
      start() +
        task('a', 't') +
        boundaries +
        task('caught', 'c') +
        task('other', 'c') +
        flows('s', 'a'),
      {
        root: error('boom', 'BOOM') + error('bang', 'BANG'),
      },
    );

  test.each([
    ['BOOM', 'caught'],
    ['ELSE', 'other'],
  ])(
    'a job that throws %s goes on at %s: the exact code before the catch-all',
    async (errorCode, way) => {
      const at = bench();
      await at.deploy(
        guarded(
          errorBoundary('any', 'a') +
            errorBoundary('exact', 'a', 'boom') +
            flow('exact', 'caught') +
            flow('any', 'other'),
        ),
      );
      at.work('t', () => ({ action: 'throwError', errorCode, errorMessage: 'm' }));
      const worked = at.work('c', () => ({ action: 'complete' }));
      await at.start();
      await at.settled();
      expect(worked.map(({ elementId }) => elementId)).toEqual([way]);
      expect((await at.only()).state).toBe('completed');
    },
  );

  test('an error that nothing catches is an incident; resolved, the job is handed out again', async () => {
    const at = bench();
    await at.deploy(guarded(errorBoundary('exact', 'a', 'bang') + flow('exact', 'caught')));
    let attempts = 0;
    at.work('t', () => {
      attempts += 1;
      return attempts === 1 ? { action: 'throwError', errorCode: 'BOOM' } : { action: 'complete' };
    });
    await at.start();
    await at.settled();
    expect(await at.incidents()).toEqual(['UNHANDLED_ERROR_EVENT']);
    const [incident] = (await at.engine.incidents({})).items;
    await at.engine.resolveIncident(incident?.key ?? '');
    await at.settled();
    expect(attempts).toBe(2);
    expect((await at.only()).state).toBe('completed');
  });

  test('an error end event that nothing catches is an incident', async () => {
    const { incidents } = await run(
      model(
        start() +
          '<bpmn:endEvent id="e"><bpmn:errorEventDefinition id="d" errorRef="boom" /></bpmn:endEvent>' +
          flows('s', 'e'),
        { root: error('boom', 'BOOM') },
      ),
    );
    expect(await incidents()).toEqual(['UNHANDLED_ERROR_EVENT']);
  });
});

test('a terminate end event ends everything that still runs', async () => {
  const at = bench();
  const terminate =
    '<bpmn:endEvent id="t"><bpmn:terminateEventDefinition id="d" /></bpmn:endEvent>';
  await at.deploy(
    model(
      start() +
        and('g') +
        task('a', 'waits') +
        event('intermediateCatchEvent', 'm', 'msg') +
        task('b', 'now') +
        terminate +
        flows('s', 'g', 'a') +
        flow('g', 'm') +
        flows('g', 'b', 't'),
      { root: message('msg', '="k"') },
    ),
  );
  at.work('now', () => ({ action: 'complete' }));
  await at.start();
  await at.settled();
  expect(await at.only()).toMatchObject({ state: 'completed', elements: [] });
  expect(await at.publish('msg', 'k')).toMatchObject({ status: 'accepted' });
});

describe('a model that runs in a circle', () => {
  const circle = model(start() + pass('a') + pass('b') + flows('s', 'a', 'b', 'a'));

  test('lets others have their turns and stops with an incident', async () => {
    const at = bench({ stepsPerRun: 5000, stepsPerTurn: 100 });
    await at.deploy(circle);
    await at.start();
    let turns = 0;
    while ((await at.incidents()).length === 0) {
      await new Promise((resolve) => setImmediate(resolve));
      turns += 1;
    }
    expect(turns).toBeGreaterThan(10);
    expect(await at.incidents()).toEqual(['STEP_LIMIT']);
  });

  test('keeps its incident over a restart', async () => {
    const first = bench({ stepsPerRun: 50 });
    await first.deploy(circle);
    await first.start();
    const again = first.restart();
    const [incident] = (await again.engine.incidents({})).items;
    expect(incident?.code).toBe('STEP_LIMIT');
    expect(await again.engine.resolveIncident(incident?.key ?? '')).toBe(true);
    expect(await again.incidents()).toEqual(['STEP_LIMIT']);
    expect((await again.only()).elements).toHaveLength(1);
  });

  test('goes on after a kill where it was', async () => {
    const first = bench({ stepsPerRun: 1_000_000, stepsPerTurn: 10 });
    await first.deploy(circle);
    await first.start();
    const again = first.restart();
    const { elements } = await again.only();
    expect(elements).toHaveLength(1);
    await again.engine.close();
  });
});
