import type { FlowElement } from '@bpmn-connectors/bpmn';
import { type InboundSnapshot, isConfigurationError } from '@bpmn-connectors/sdk';
import { manualClock } from '@bpmn-connectors/testing';
import { describe, expect, test } from '@jest/globals';
import { compileProcess } from '../src/compile/compile-process.ts';
import { createEngine } from '../src/index.ts';
import { bench } from './bench.ts';
import { memoryJournal } from './memory-journal.ts';
import {
  end,
  error,
  errorBoundary,
  errorStart,
  event,
  eventSubProcess,
  flow,
  flows,
  message,
  model,
  start,
  task,
} from './model.ts';

const simple = (type = 't', id = 'p'): string =>
  model(start() + task('a', type) + end() + flows('s', 'a', 'e'), { id });

/** `where: reason` of everything that is refused. */
async function refusal(...contents: readonly string[]): Promise<readonly string[]> {
  const at = bench();
  const caught: unknown = await at.deploy(...contents).catch((problem: unknown) => problem);
  expect(caught).toMatchObject({ name: 'ConfigurationError', code: 'CONFIGURATION' });
  expect((await at.start()).status).toBe('rejected');
  const problems = isConfigurationError(caught) ? caught.problems : [];
  for (const { fix } of problems) expect(fix).not.toBe('');
  return problems.map(({ where, reason }) => `${where}: ${reason}`);
}

describe('deploying', () => {
  test('gives each process the next version, and the same content the version it has', async () => {
    const { engine } = bench();
    const deploy = async (content: string) =>
      (await engine.deploy([{ name: 'a.bpmn', content }])).map(({ processId, version }) => [
        processId,
        version,
      ]);
    expect(await deploy(simple())).toEqual([['p', 1]]);
    expect(await deploy(simple())).toEqual([['p', 1]]);
    expect(await deploy(simple('u'))).toEqual([['p', 2]]);
    expect(await deploy(simple('u', 'q'))).toEqual([['q', 1]]);
    expect(await deploy(simple())).toEqual([['p', 3]]);
  });

  test('one after the other, however many are asked for at once', async () => {
    const { engine } = bench();
    const versions = await Promise.all(
      ['t', 'u', 'v', 'v'].map((type) => engine.deploy([{ name: 'x', content: simple(type) }])),
    );
    expect(versions.flat().map(({ version }) => version)).toEqual([1, 2, 3, 3]);
  });

  test('survives a restart, with every version', async () => {
    const first = bench();
    await first.deploy(simple(), simple('t', 'q'));
    await first.deploy(simple('u'));
    const again = first.restart();
    expect((await again.start({}, { version: 1 })).status).toBe('started');
    await again.start();
    expect((await again.instances()).map(({ version }) => version)).toEqual([2, 1]);
    const [deployment] = await again.engine.deploy([{ name: 'x', content: simple('u') }]);
    expect(deployment).toMatchObject({ processId: 'p', version: 2, resourceName: '0.bpmn' });
  });

  test('takes time that grows with the number of sub-processes, not with its square', () => {
    const element = (id: string, type: string, scopeId: string): FlowElement => ({
      ...{ id, type, scopeId, incoming: [], outgoing: [], eventDefinitions: [] },
      ...{ interrupting: true, triggeredByEvent: false, inputs: [], outputs: [] },
      ...{ headers: {}, properties: {}, extensions: [] },
    });
    const elements = [element('s', 'startEvent', 'p')];
    for (let n = 0; n < 15_000; n += 1) {
      elements.push(element(`sub${n}`, 'subProcess', 'p'));
      elements.push(element(`start${n}`, 'startEvent', `sub${n}`));
    }
    const begin = process.cpuUsage();
    const { problems } = compileProcess({
      process: { id: 'p', elements, flows: [], extensions: [] },
      inboundElements: [],
      clock: manualClock(),
    });
    expect(problems).toEqual([]);
    expect(process.cpuUsage(begin).user / 1e6).toBeLessThan(1.5);
  });

  test('is not possible when the journal cannot be written', async () => {
    const at = bench();
    at.journal.breakDown();
    await expect(at.deploy(simple())).rejects.toMatchObject({ code: 'JOURNAL_FAILED' });
    await expect(at.deploy(simple())).rejects.toMatchObject({
      code: 'ENGINE_DOWN',
      retryable: true,
    });
  });
});

describe('what the engine cannot run is refused, all of it at once', () => {
  test('elements, loops, extensions', async () => {
    const unsupported = model(
      start() +
        '<bpmn:userTask id="user" name="Ask" /><bpmn:inclusiveGateway id="or" /><bpmn:callActivity id="call" />' +
        '<bpmn:intermediateCatchEvent id="timer"><bpmn:timerEventDefinition id="t" /></bpmn:intermediateCatchEvent>' +
        '<bpmn:subProcess id="esp" triggeredByEvent="true"><bpmn:startEvent id="later"><bpmn:timerEventDefinition id="l" /></bpmn:startEvent></bpmn:subProcess>' +
        '<bpmn:serviceTask id="none" />' +
        '<bpmn:serviceTask id="loop"><bpmn:extensionElements><zeebe:taskDefinition type="t" /><zeebe:executionListeners /></bpmn:extensionElements><bpmn:multiInstanceLoopCharacteristics /></bpmn:serviceTask>' +
        '<bpmn:task id="t2"><bpmn:extensionElements><zeebe:taskDefinition type="t" /></bpmn:extensionElements></bpmn:task>',
    );
    expect(await refusal(unsupported)).toEqual([
      '0.bpmn / process p / element user (Ask): userTask is not supported',
      '0.bpmn / process p / element or: inclusiveGateway is not supported',
      '0.bpmn / process p / element call: callActivity is not supported',
      '0.bpmn / process p / element timer: intermediateCatchEvent of kind timer is not supported',
      '0.bpmn / process p / element later: startEvent of kind timer is not supported in an event sub-process',
      '0.bpmn / process p / element none / property taskDefinition: it has no zeebe:taskDefinition, so that no worker would get its job',
      '0.bpmn / process p / element loop / property loopCharacteristics: loops are not supported',
      '0.bpmn / process p / element loop / property executionListeners: zeebe:executionListeners is not supported',
      '0.bpmn / process p / element t2 / property taskDefinition: a task has no job, but a zeebe:taskDefinition',
    ]);
  });

  test('event sub-processes that nothing, several or the wrong events start, or that flows reach', async () => {
    const on = (id: string, messageId: string): string => event('startEvent', id, messageId);
    const wrong = model(
      start() +
        task('a', 't') +
        end() +
        flows('s', 'a', 'e') +
        eventSubProcess('empty', '') +
        eventSubProcess('two', on('two1', 'm') + on('two2', 'n')) +
        eventSubProcess('none', start('none1')) +
        eventSubProcess(
          'late',
          errorStart('late1', 'boom', { attributes: 'isInterrupting="false"' }),
        ) +
        eventSubProcess('all', errorStart('all1') + errorBoundary('b', 'all')) +
        eventSubProcess('again', errorStart('all2')) +
        eventSubProcess('boomAgain', errorStart('boom2', 'boom')) +
        eventSubProcess('first', on('first1', 'm') + flow('first', 'e') + flow('a', 'first')) +
        eventSubProcess('second', on('second1', 'm')) +
        eventSubProcess('keyless', on('keyless1', 'unkeyed')) +
        errorBoundary('edge', 'first', 'boom'),
      {
        root: message('m', '=k') + message('n', '=k') + message('unkeyed') + error('boom', 'BOOM'),
      },
    );
    const place = /^0\.bpmn \/ process p \/ element /;
    expect((await refusal(wrong)).map((problem) => problem.replace(place, ''))).toEqual([
      'none1: startEvent of kind none is not supported in an event sub-process',
      'first / property incoming: no sequence flow may enter it',
      'first / property outgoing: no sequence flow may leave it',
      'keyless1 / property correlationKey: its message has no correlation key, so that nothing could be correlated',
      'b / property attachedToRef: it is attached to all, which is no activity of the same scope',
      'edge / property attachedToRef: it is attached to first, which is no activity of the same scope',
      'empty: an event sub-process begins at exactly one start event',
      'two: an event sub-process begins at exactly one start event',
      'late1 / property isInterrupting: an error start event has to interrupt',
      'all2 / property errorCode: all1 in the same scope already starts an event sub-process by every error',
      "boom2 / property errorCode: late1 in the same scope already starts an event sub-process by error 'BOOM'",
      "second1 / property message name: first1 in the same scope already starts an event sub-process by message 'm'",
    ]);
  });

  test('FEEL that cannot be parsed, each with its property', async () => {
    const wrong = model(
      start() +
        task('a', '=type(', {
          retries: '=1 +',
          inputs: [['=x +', 'input.detail']],
          outputs: [['=)', 'y']],
        }) +
        '<bpmn:exclusiveGateway id="g" default="g-e" />' +
        event('intermediateCatchEvent', 'c', 'm') +
        end() +
        flows('s', 'a', 'g', 'e') +
        flow('g', 'c', '=x >'),
      { root: message('m', '=key +') },
    );
    const places = (await refusal(wrong)).map((problem) => problem.split(': ')[0]);
    expect(places).toEqual([
      '0.bpmn / process p / element a (Task a) / property input.detail',
      '0.bpmn / process p / element a (Task a) / property output y',
      '0.bpmn / process p / element a (Task a) / property retries',
      '0.bpmn / process p / element a (Task a) / property type',
      '0.bpmn / process p / element c / property correlationKey',
      '0.bpmn / process p / element g-c / property condition',
    ]);
  });

  test('what is missing or in the wrong place', async () => {
    const wrong = model(
      start('s1') +
        start('s2') +
        event('startEvent', 'm1', 'm') +
        event('startEvent', 'm2', 'm') +
        task('a', 't', { retries: 'many', inputs: [['=1', 'a..b']] }) +
        event('receiveTask', 'no', 'm')
          .replaceAll(/<bpmn:messageEventDefinition[^>]*>/g, '')
          .replace('id="no"', 'id="no" messageRef="m"') +
        '<bpmn:exclusiveGateway id="g" />' +
        errorBoundary('b1', 'a', 'boom') +
        errorBoundary('b2', 'a', 'boom') +
        errorBoundary('b3', 'g') +
        '<bpmn:endEvent id="thrown"><bpmn:errorEventDefinition id="d" /></bpmn:endEvent>' +
        '<bpmn:subProcess id="sub" />' +
        flow('s1', 'a', '=true') +
        flow('a', 's2') +
        flow('g', 'a', 'plain') +
        flow('g', 'thrown') +
        flow('thrown', 'a'),
      { root: message('m') + error('boom', 'BOOM') },
    );
    expect(await refusal(wrong)).toEqual(
      [
        'element s2 / property incoming: no sequence flow may enter it',
        'element a (Task a) / property a..b: the target of the mapping is no variable name',
        "element a (Task a) / property retries: 'many' is no number of retries",
        'element no / property correlationKey: its message has no correlation key, so that nothing could be correlated',
        'element thrown / property outgoing: no sequence flow may leave it',
        'element thrown / property errorCode: it throws an error without a code',
        'element s1-a / property condition: conditions and defaults do nothing on flows that leave a startEvent',
        'element g-a / property condition: it is no expression',
        'element g-thrown / property condition: the flow has no condition',
        "element b2 / property errorCode: b1 on the same activity already catches error 'BOOM'",
        'element b3 / property attachedToRef: it is attached to g, which is no activity of the same scope',
        'element sub: a sub-process begins at exactly one none start event',
        'element s2: a process has one none start event at most',
        "element m2 / property message name: another start event of the process waits for message 'm' too",
      ].map((problem) => `0.bpmn / process p / ${problem}`),
    );
  });

  test('references to what is no part of the process or does not fit', async () => {
    const other = start('s2') + errorBoundary('b', 'a') + flow('s2', 'a');
    const file = '<bpmn:dataObject id="data" /><bpmn:dataObjectReference id="file" />';
    const wrong = model(
      start() +
        task('a', 't') +
        '<bpmn:exclusiveGateway id="g" default="s-a" />' +
        file.replace('id="file"', 'id="file" dataObjectRef="data"') +
        flows('s', 'a', 'g', 'file'),
    ).replace(
      '</bpmn:process>',
      `</bpmn:process><bpmn:process id="q" isExecutable="true">${other}$&`,
    );
    expect(await refusal(wrong)).toEqual(
      [
        'p / element g-file: its end file is no event, activity or gateway of this process',
        'p / element g / property default: its default flow s-a does not leave it',
        'q / element s2-a: its end a is no event, activity or gateway of this process',
        'q / element b / property attachedToRef: it is attached to a, which is no element of this process',
      ].map((problem) => `0.bpmn / process ${problem}`),
    );
  });

  test('two that wait for one message at one activity, as in Zeebe', async () => {
    const attributes = 'attachedToRef="a"';
    const twins =
      event('boundaryEvent', 'b1', 'm', { attributes }) +
      event('boundaryEvent', 'b2', 'm', { attributes });
    const root = message('m', '="k"');
    const reason = (twin: string): string =>
      `0.bpmn / process p / element b2 / property message name: ${twin} already waits for message 'm'`;
    const onTask = model(start() + task('a', 't') + twins + flows('s', 'a'), { root });
    expect(await refusal(onTask)).toEqual([reason('b1')]);
    const receive = '<bpmn:receiveTask id="a" messageRef="m" />';
    const b2 = event('boundaryEvent', 'b2', 'm', { attributes });
    expect(await refusal(model(start() + receive + b2 + flows('s', 'a'), { root }))).toEqual([
      reason('a'),
    ]);
  });

  test('a process without a start, and a file that is no BPMN, together', async () => {
    const problems = await refusal(model(task('a', 't')), 'hello', simple(), simple('u'));
    expect(problems[0]).toBe('0.bpmn / process p: the process has no start event');
    expect(problems[1]).toMatch(/^1\.bpmn: 1\.bpmn is not readable as BPMN 2\.0: /);
    expect(problems.slice(2)).toEqual([
      '2.bpmn / process p: 0.bpmn has a process of this id too',
      '3.bpmn / process p: 2.bpmn has a process of this id too',
    ]);
  });
});

describe('watching inbound elements', () => {
  const inbound = (context: string): string =>
    `<bpmn:extensionElements><zeebe:properties><zeebe:property name="inbound.type" value="io.camunda:webhook:1" /><zeebe:property name="inbound.context" value="${context}" /></zeebe:properties></bpmn:extensionElements>`;
  const hooked = (context: string): string =>
    model(
      `<bpmn:startEvent id="s">${inbound(context)}</bpmn:startEvent>` +
        `<bpmn:intermediateCatchEvent id="c">${inbound('catch')}<bpmn:messageEventDefinition id="d" messageRef="m" /></bpmn:intermediateCatchEvent>` +
        flows('s', 'c'),
      { root: message('m', '="k"') },
    );

  test('tells of the start of an event sub-process, of an older version while that lives', async () => {
    const at = bench();
    let elements: InboundSnapshot['elements'] = [];
    const stop = new AbortController();
    const watching = at.engine.watchInbound(async (snapshot) => {
      elements = snapshot.elements;
    }, stop.signal);
    const halting = (context: string): string =>
      model(
        start() +
          task('a', 't') +
          flows('s', 'a') +
          eventSubProcess(
            'halt',
            `<bpmn:startEvent id="h">${inbound(context)}<bpmn:messageEventDefinition id="d" messageRef="m" /></bpmn:startEvent>`,
          ),
        { root: message('m', '="k"') },
      );
    await at.deploy(halting('one'));
    await at.start();
    await at.deploy(halting('two'));
    await at.settled();
    const halt = {
      elementId: 'h',
      elementType: 'eventSubProcessStartEvent',
      message: { name: 'm', correlationKeyExpression: '="k"' },
    };
    expect(elements).toMatchObject([
      { ...halt, version: 1 },
      { ...halt, version: 2 },
    ]);
    await at.publish('m', 'k');
    await at.settled();
    expect(elements).toMatchObject([{ ...halt, version: 2 }]);
    stop.abort();
    await watching;
  });

  test('tells the full set first and after every change, older versions while they live', async () => {
    const at = bench();
    const snapshots: InboundSnapshot[] = [];
    const stop = new AbortController();
    const watching = at.engine.watchInbound(async (snapshot) => {
      snapshots.push(snapshot);
    }, stop.signal);
    const elements = () =>
      snapshots.at(-1)?.elements.map(({ elementId, version }) => `${elementId}@${version}`);
    await at.settled();
    expect(elements()).toEqual([]);
    await at.deploy(hooked('a'));
    await at.start();
    await at.deploy(hooked('b'));
    await at.settled();
    expect(elements()).toEqual(['c@1', 's@2', 'c@2']);
    expect(snapshots.at(-1)?.elements[1]).toEqual({
      processId: 'p',
      elementId: 's',
      elementType: 'startEvent',
      properties: { 'inbound.type': 'io.camunda:webhook:1', 'inbound.context': 'b' },
      version: 2,
      processDefinitionKey: expect.any(String),
    });
    await at.publish('m', 'k');
    await at.settled();
    expect(elements()).toEqual(['s@2', 'c@2']);
    const revisions = snapshots.map(({ revision }) => revision);
    expect(revisions).toEqual([...new Set(revisions)].toSorted((a, b) => a - b));
    stop.abort();
    await watching;
  });

  test('calls one at a time and goes on after a watcher that fails', async () => {
    const at = bench();
    let running = 0;
    let most = 0;
    const seen: number[] = [];
    const watching = at.engine.watchInbound(async ({ revision }) => {
      running += 1;
      most = Math.max(most, running);
      await at.settled();
      running -= 1;
      seen.push(revision);
      throw new Error('watcher');
    }, new AbortController().signal);
    for (const context of ['a', 'b', 'c']) await at.deploy(hooked(context));
    await at.settled();
    await at.settled();
    expect(most).toBe(1);
    expect(seen.at(-1)).toBe(3);
    await at.engine.close();
    await watching;
  });
});

test('a journal that cannot be read stops the engine and says why', async () => {
  const journal = memoryJournal();
  await journal.commit(() => [
    {
      namespace: 'engine.definition',
      key: '1',
      value: '{"processId":"p","version":1,"resource":"x"}',
    },
  ]);
  const engine = createEngine({ journal, clock: manualClock() });
  const command = { kind: 'start', processId: 'p', elementId: 's', variables: {} } as const;
  expect(await engine.send(command)).toMatchObject({ status: 'unavailable', code: 'CONNECTION' });
  expect(await engine.health()).toEqual({ status: 'down', reason: 'its journal cannot be read' });
  await expect(engine.instances({})).rejects.toMatchObject({ code: 'ENGINE_UNREADABLE' });
  await engine.close();
});
