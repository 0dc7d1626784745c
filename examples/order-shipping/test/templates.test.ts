import { readFileSync } from 'node:fs';
import { type FlowElement, readModel } from '@bpmn-connectors/bpmn';
// The package's CommonJS entry needs a Node that can require ESM.
import { validateZeebe } from '@bpmn-io/element-templates-validator/dist/index.js';
import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  bindingOf,
  readTemplate,
  type Template,
  type TemplateProperty,
  templateFiles,
} from './read-template.ts';

interface BindingTable {
  readonly camunda: readonly string[];
  readonly leftOut: Readonly<Record<string, string>>;
  readonly ours: readonly string[];
}

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

const tables: Readonly<Record<string, BindingTable>> = JSON.parse(
  read('data/camunda-bindings.json'),
).templates;

const controllerStates = (template: Template): ReadonlyMap<string, string>[] => {
  const controllers = template.properties.filter(({ id }) =>
    template.properties.some(({ condition }) => condition?.property === id),
  );
  return controllers.reduce<Map<string, string>[]>(
    (states, { id = '', choices = [] }) =>
      states.flatMap((state) => choices.map(({ value }) => new Map(state).set(id, value))),
    [new Map()],
  );
};

const activeIn =
  (state: ReadonlyMap<string, string>) =>
  ({ condition }: TemplateProperty): boolean =>
    condition === undefined || state.get(condition.property) === condition.equals;

test('there is a template for the task, the start and the catch event', () => {
  expect(templateFiles).toEqual(Object.keys(tables).sort());
});

test('no two templates have the same id', () => {
  const ids = templateFiles.map((name) => readTemplate(name).id);
  expect(new Set(ids).size).toBe(ids.length);
});

describe.each(templateFiles)('%s', (name) => {
  const template = readTemplate(name);

  test("is valid by Camunda's schema, without warnings", () => {
    const { valid, errors, warnings } = validateZeebe(template);
    expect({ valid, errors: errors ?? [] }).toEqual({ valid: true, errors: [] });
    // A default that begins with "=" is what the schema asks for, yet the validator warns of it.
    const ofFeelDefault = ({ instancePath }: { instancePath: string }): boolean => {
      const [, index = ''] = /^\/properties\/(\d+)\/value$/.exec(instancePath) ?? [];
      return String(template.properties[Number(index)]?.value).startsWith('=');
    };
    expect((warnings ?? []).filter((warning) => !ofFeelDefault(warning))).toEqual([]);
  });

  test("binds Camunda's names, but for the differences written down", () => {
    const table = tables[name] ?? { camunda: [], leftOut: {}, ours: [] };
    const expected = table.camunda.filter((binding) => !(binding in table.leftOut));
    const bindings = template.properties.map(bindingOf);
    expect(bindings.toSorted()).toEqual([...expected, ...table.ours].toSorted());
    expect(table.camunda).toEqual(expect.arrayContaining(Object.keys(table.leftOut)));
  });

  test('every condition names a property before it and one of its choices', () => {
    template.properties.forEach(({ condition }, index) => {
      if (condition === undefined) return;
      const controller = template.properties
        .slice(0, index)
        .find(({ id }) => id === condition.property);
      expect(controller?.choices?.map(({ value }) => value)).toContain(condition.equals);
    });
  });

  test('every default of a dropdown is one of its choices', () => {
    for (const { choices, value } of template.properties) {
      if (choices !== undefined) expect(choices.map((choice) => choice.value)).toContain(value);
    }
  });

  test('every group has properties, every property shown has a group, every id is there once', () => {
    const shown = template.properties.filter(({ type }) => type !== 'Hidden');
    const groups = template.groups.map(({ id }) => id);
    expect(new Set(shown.map(({ group }) => group))).toEqual(new Set(groups));
    const ids = template.properties.flatMap(({ id }) => id ?? []);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('no panel entry changes between a message field and another one', () => {
    // The properties panel keys entries by group and visible index and breaks when the kind changes.
    const kinds = new Map<string, Set<boolean>>();
    for (const state of controllerStates(template)) {
      const next = new Map<string | undefined, number>();
      const visible = template.properties.filter(({ type }) => type !== 'Hidden');
      for (const { group, feel, binding } of visible.filter(activeIn(state))) {
        const index = next.get(group) ?? 0;
        next.set(group, index + 1);
        if (feel === undefined) continue;
        const entry = `${group} ${index} ${feel}`;
        const isMessage = binding.type.startsWith('bpmn:Message');
        kinds.set(entry, (kinds.get(entry) ?? new Set()).add(isMessage));
      }
    }
    expect([...kinds].filter(([, kind]) => kind.size > 1)).toEqual([]);
  });

  test('has a small icon of its own', () => {
    expect(template.icon.contents).toMatch(/^data:image\/svg\+xml;base64,/);
    expect(template.icon.contents.length).toBeLessThan(2048);
  });
});

test('the task header tells id and version of the outbound template', () => {
  const template = readTemplate('aws-eventbridge-outbound.json');
  const values = new Map(
    template.properties.map((property) => [bindingOf(property), property.value]),
  );
  expect(values.get('zeebe:taskHeader elementTemplateId')).toBe(template.id);
  expect(values.get('zeebe:taskHeader elementTemplateVersion')).toBe(String(template.version));
});

describe('models/order-shipping.bpmn', () => {
  const xml = read('../models/order-shipping.bpmn');
  const templates = new Map(templateFiles.map((name) => [readTemplate(name).id, name]));
  let elements: readonly FlowElement[] = [];

  beforeAll(async () => {
    const model = await readModel(xml, { name: 'order-shipping.bpmn' });
    expect(model.problems).toEqual([]);
    elements = model.processes[0]?.elements ?? [];
  });

  const written = (element: FlowElement): ReadonlyMap<string, string> => {
    const bindings: [string, string][] = [
      ...Object.entries(element.properties).map<[string, string]>(([name, value]) => [
        `zeebe:property ${name}`,
        value,
      ]),
      ...Object.entries(element.headers).map<[string, string]>(([key, value]) => [
        `zeebe:taskHeader ${key}`,
        value,
      ]),
      ...element.inputs.map<[string, string]>(({ target, source }) => [
        `zeebe:input ${target}`,
        source,
      ]),
    ];
    if (element.task !== undefined) {
      bindings.push(['zeebe:taskDefinition type', element.task.type]);
      bindings.push(['zeebe:taskDefinition retries', element.task.retries]);
    }
    const [definition] = element.eventDefinitions;
    if (definition?.kind === 'message' && definition.message !== undefined) {
      const { name, correlationKey } = definition.message;
      bindings.push(['bpmn:Message#property name', name]);
      if (correlationKey !== undefined)
        bindings.push(['bpmn:Message#zeebe:subscription#property correlationKey', correlationKey]);
    }
    return new Map(bindings);
  };

  test.each([
    ['OrderCreated', 'aws-eventbridge-message-start.json'],
    ['RequestShipment', 'aws-eventbridge-outbound.json'],
    ['ShipmentReceived', 'aws-eventbridge-intermediate.json'],
  ])('%s is written as %s writes it', (elementId, templateFile) => {
    const tag = new RegExp(`<bpmn:\\w+ id="${elementId}"[^>]*>`).exec(xml)?.[0] ?? '';
    const id = /zeebe:modelerTemplate="([^"]*)"/.exec(tag)?.[1] ?? '';
    expect(templates.get(id)).toBe(templateFile);
    const template = readTemplate(templateFile);
    expect(tag).toContain(`zeebe:modelerTemplateVersion="${template.version}"`);
    expect(tag).toContain(`zeebe:modelerTemplateIcon="${template.icon.contents}"`);

    const element = elements.find((candidate) => candidate.id === elementId);
    const values = element === undefined ? new Map<string, string>() : written(element);
    const state = new Map(
      template.properties.map((property) => [
        property.id ?? '',
        values.get(bindingOf(property)) ?? '',
      ]),
    );
    const active = template.properties.filter(activeIn(state));
    // An input that may be left empty is no mapping at all before Camunda 8.8, and an empty one since.
    const mayBeEmpty = ({ binding, constraints, value, choices }: TemplateProperty): boolean =>
      binding.type === 'zeebe:input' && !constraints?.notEmpty && !value && !choices;
    const needed = active
      .filter((property) => property.optional !== true && !mayBeEmpty(property))
      .map(bindingOf);
    expect([...values.keys()]).toEqual(expect.arrayContaining(needed));
    expect(active.map(bindingOf)).toEqual(expect.arrayContaining([...values.keys()]));
    for (const property of active.filter(
      ({ type, generatedValue }) => type === 'Hidden' && !generatedValue,
    ))
      expect(values.get(bindingOf(property))).toBe(property.value);
  });

  test('every element and flow stands in the diagram', () => {
    const drawn = [...xml.matchAll(/bpmnElement="([^"]*)"/g)].map(([, id]) => id);
    const inProcess = [
      ...xml.matchAll(
        /<bpmn:(?:\w+Event|serviceTask|sequenceFlow|textAnnotation|association) id="([^"]*)"/g,
      ),
    ].map(([, id]) => id);
    expect(drawn.toSorted()).toEqual(['order-shipping', ...inProcess].toSorted());
  });

  test('the picture shows the elements of the model', () => {
    const picture = read('../order-shipping.svg')
      .replaceAll(/<[^>]*>/g, ' ')
      .replaceAll(/\s+/g, ' ');
    for (const { name } of elements) expect(picture).toContain(name);
    for (const [, id] of xml.matchAll(/name="inbound.context" value="([^"]*)"/g))
      expect(picture).toContain(`/webhooks/${id}`);
  });
});
