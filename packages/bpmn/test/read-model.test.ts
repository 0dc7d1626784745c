import { readFile } from 'node:fs/promises';
import { cpuUsage } from 'node:process';
import { describe, expect, test } from '@jest/globals';
import { type FlowElement, type Model, ModelError, readModel } from '../src/index.ts';

const data = (name: string): Promise<string> =>
  readFile(new URL(`data/${name}`, import.meta.url), 'utf8');

const element = (model: Model, id: string): FlowElement => {
  const found = model.processes.flatMap(({ elements }) => elements).find((at) => at.id === id);
  if (found === undefined) throw new Error(`no element ${id}`);
  return found;
};

const head =
  '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="x">';
const process = (content: string): string =>
  `${head}<bpmn:process id="p" isExecutable="true">${content}</bpmn:process></bpmn:definitions>`;

describe('a sound model', () => {
  test('is read without problems, executable processes only', async () => {
    const model = await readModel(await data('order.bpmn'));
    expect(model.problems).toEqual([]);
    expect(model.processes).toMatchObject([
      { id: 'order', name: 'Order shipping', versionTag: 'v1' },
    ]);
    expect(model.messages).toEqual([
      { id: 'Message_start', name: 'order-created' },
      { id: 'Message_paid', name: 'order-paid', correlationKey: '=orderId' },
    ]);
  });

  test('yields its inbound elements from all depths, of duplicate properties the first', async () => {
    const { inboundElements } = await readModel(await data('order.bpmn'));
    expect(inboundElements.map(({ elementId, elementType }) => [elementId, elementType])).toEqual([
      ['Start', 'messageStartEvent'],
      ['Wait', 'intermediateCatchEvent'],
      ['Receive', 'receiveTask'],
      ['Sub_boundary', 'boundaryEvent'],
      ['Event_sub_start', 'eventSubProcessStartEvent'],
    ]);
    expect(inboundElements[0]).toEqual({
      processId: 'order',
      processName: 'Order shipping',
      elementId: 'Start',
      elementName: 'Order created',
      elementType: 'messageStartEvent',
      properties: { 'inbound.type': 'io.camunda:webhook:1', 'inbound.context': 'orders' },
      message: { name: 'order-created' },
    });
    expect(inboundElements[1]?.message).toEqual({
      name: 'order-paid',
      correlationKeyExpression: '=orderId',
    });
  });

  test('yields its job elements with mappings and headers as written', async () => {
    const { jobElements } = await readModel(await data('order.bpmn'));
    expect(jobElements).toEqual([
      {
        processId: 'order',
        elementId: 'Reserve',
        elementName: 'Reserve goods',
        type: 'reserve',
        inputs: { 'input.items': '=order.items', 'authentication.key': '{{secrets.KEY}}' },
        headers: { resultVariable: 'reserved' },
      },
    ]);
  });

  test('becomes flat plain data: scopes, flows, events, mappings, loops', async () => {
    const model = await readModel(await data('order.bpmn'));
    expect(structuredClone(model)).toEqual(model);
    expect(element(model, 'Reserve')).toMatchObject({
      type: 'serviceTask',
      scopeId: 'order',
      incoming: ['Flow_1'],
      outgoing: ['Flow_2'],
      task: { type: 'reserve', retries: '=attempts' },
      inputs: [{ source: '=order.items', target: 'input.items' }, { target: 'authentication.key' }],
      outputs: [{ source: '=reserved', target: 'reservation' }],
      loop: {
        kind: 'multiInstance',
        sequential: true,
        inputCollection: '=items',
        inputElement: 'item',
        completionCondition: '=done',
      },
      extensions: ['taskDefinition', 'ioMapping', 'taskHeaders'],
    });
    expect(element(model, 'Gateway')).toMatchObject({
      outgoing: ['Flow_3', 'Flow_4'],
      defaultFlow: 'Flow_4',
    });
    expect(model.processes[0]?.flows[2]).toEqual({
      id: 'Flow_3',
      name: 'big',
      scopeId: 'order',
      source: 'Gateway',
      target: 'Wait',
      condition: '= total > 100',
    });
    expect(element(model, 'Boundary_error')).toMatchObject({
      attachedTo: 'Reserve',
      interrupting: true,
      eventDefinitions: [{ kind: 'error', code: 'OUT_OF_STOCK' }],
    });
    expect(element(model, 'Sub_boundary')).toMatchObject({ scopeId: 'Sub', interrupting: false });
    expect(element(model, 'Event_sub')).toMatchObject({ triggeredByEvent: true, scopeId: 'Sub' });
    expect(element(model, 'Event_sub_start')).toMatchObject({ interrupting: false });
    expect(element(model, 'Timer').eventDefinitions).toEqual([
      { kind: 'timer', timer: { kind: 'duration', expression: 'PT1H' } },
    ]);
    expect(element(model, 'Call').calledElement).toEqual({
      processId: 'other',
      propagateAllChildVariables: false,
      propagateAllParentVariables: true,
      bindingType: 'latest',
    });
    expect(element(model, 'Script').engineTask).toEqual({
      kind: 'script',
      source: '=1 + 1',
      resultVariable: 'two',
    });
  });

  test('may use any prefix, and names that objects have anyhow', async () => {
    const model = await readModel(
      `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:z="http://camunda.org/schema/zeebe/1.0" targetNamespace="x">
        <process id="constructor" isExecutable="true"><startEvent id="__proto__"><extensionElements><z:properties>
          <z:property name="inbound.type" value="t" /><z:property name="__proto__" value="v" />
        </z:properties></extensionElements></startEvent></process></definitions>`,
    );
    expect(model.problems).toEqual([]);
    const properties = model.inboundElements[0]?.properties ?? {};
    expect(Object.entries(properties)).toEqual([
      ['inbound.type', 't'],
      ['__proto__', 'v'],
    ]);
  });

  test('keeps elements of other tools without a word', async () => {
    const { problems } = await readModel(
      process(
        '<bpmn:task id="t"><bpmn:extensionElements><foo:x xmlns:foo="urn:foo" a="1"/></bpmn:extensionElements></bpmn:task>',
      ),
    );
    expect(problems).toEqual([]);
  });
});

test('an input mapping that a modeler left empty gives null, as in Zeebe from 8.8 on', async () => {
  const { jobElements, problems } = await readModel(
    process(
      '<bpmn:serviceTask id="t"><bpmn:extensionElements><zeebe:taskDefinition type="j" /><zeebe:ioMapping><zeebe:input target="a" /><zeebe:input source="" target="b" /></zeebe:ioMapping></bpmn:extensionElements></bpmn:serviceTask>',
    ),
  );
  expect(problems).toEqual([]);
  expect(jobElements[0]?.inputs).toEqual({ a: '=null', b: '' });
});

describe('a model with faults', () => {
  test('names every one of them with its element, all at once', async () => {
    const { problems } = await readModel(await data('broken.bpmn'), { name: 'broken.bpmn' });
    expect(problems.map(({ where, reason }) => `${where}: ${reason}`)).toEqual([
      'broken.bpmn / process broken / element Spelling / property retrys: unknown attribute <retrys>',
      'broken.bpmn / line 26: unparsable content <zeebe:taskDefinitoin> detected: unknown type <zeebe:TaskDefinitoin>',
      'broken.bpmn / line 29: unparsable content <bpmn:fooTask> detected: unknown type <bpmn:FooTask>',
      'broken.bpmn / process broken / element Flow_1 / property targetRef: it refers to Nowhere, which is not in the file',
      'broken.bpmn / process broken / element Receive (Wait) / property messageRef: it refers to Message_gone, which is not in the file',
      'broken.bpmn / process broken / element Start (Begin) / property messageRef: it names no message',
      'broken.bpmn / element Message_nameless / property name: the message has no name',
      'broken.bpmn / process broken / element Boundary / property attachedToRef: it is attached to nothing',
      'broken.bpmn / process broken / element Task (Do it) / property type: the task definition has no type',
      'broken.bpmn / process broken / element Task (Do it) / property output a: the mapping has no source',
      'broken.bpmn / process broken / element Task (Do it) / property output: a mapping has no target',
      'broken.bpmn / process broken / property id: a bpmn:Task has no id',
    ]);
    for (const { fix } of problems) expect(fix).not.toBe('');
  });

  test.each([
    [
      'nothing executable',
      `${head}<bpmn:process id="p" /></bpmn:definitions>`,
      'there is no executable process',
    ],
    [
      'two elements of one id',
      process('<bpmn:task id="t"/><bpmn:task id="t"/>'),
      'duplicate ID <t>',
    ],
    [
      'sub-processes nested without end',
      process(
        Array.from({ length: 60 }, (_, at) => `<bpmn:subProcess id="s${at}">`).join('') +
          '</bpmn:subProcess>'.repeat(60),
      ),
      'nested deeper than 50',
    ],
  ])('with %s says so', async (_, xml, reason) => {
    const { problems } = await readModel(xml);
    expect(problems.map((problem) => problem.reason).join()).toContain(reason);
  });
});

describe('what is no model', () => {
  test.each([
    ['text', 'hello'],
    ['nothing', ''],
    ['JSON', '{"a":1}'],
    ['HTML', '<html><body/></html>'],
    ['XML cut short', `${head}<bpmn:process id="p">`],
    ['more than 10 MB', ' '.repeat(10 * 1024 * 1024 + 1)],
  ])('%s is refused, with the name of the file', async (_, text) => {
    const error = await readModel(text, { name: 'a.bpmn' }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ModelError);
    expect(error).toMatchObject({ code: 'BPMN_UNREADABLE', retryable: false });
    expect(String(error)).toMatch(/a\.bpmn is not readable as BPMN 2\.0: .{5,}/);
  });

  test('scopes within scopes, each with a problem, are read in time that grows with their number', async () => {
    const count = 8000;
    const open = Array.from({ length: count }, (_, n) => `<bpmn:subProcess id="s${n}" odd="1">`);
    const begin = cpuUsage();
    const { problems } = await readModel(
      process(open.join('') + '</bpmn:subProcess>'.repeat(count)),
    );
    const { user } = cpuUsage(begin);
    expect(problems).toHaveLength(count + 1);
    expect(problems[1]?.where).toBe('process p / element s1 / property odd');
    expect(user / 1e6).toBeLessThan(2.5);
  });

  test('entities are not expanded', async () => {
    const xml = `<!DOCTYPE x [<!ENTITY big "${'y'.repeat(100)}">]>${process('<bpmn:task id="t" name="&big;"/>')}`;
    const model = await readModel(xml).catch(() => undefined);
    expect(JSON.stringify(model ?? '')).not.toContain('yyy');
  });
});
