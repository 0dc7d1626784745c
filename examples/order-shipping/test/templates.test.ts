import { readFileSync } from 'node:fs';
import { type FlowElement, readModel } from '@bpmn-connectors/bpmn';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { bindingOf, readTemplate, type TemplateProperty, templateFiles } from './read-template.ts';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

const activeIn =
  (state: ReadonlyMap<string, string>) =>
  ({ condition }: TemplateProperty): boolean =>
    condition === undefined || state.get(condition.property) === condition.equals;

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
