import { readdirSync, readFileSync } from 'node:fs';
import { eventBridgeDefinition, eventBridgeInboundDefinition } from '@bpmn-connectors/eventbridge';
import { webhookDefinition } from '@bpmn-connectors/webhook';
// The package's CommonJS entry needs a Node that can require ESM.
import { validateZeebe } from '@bpmn-io/element-templates-validator/dist/index.js';
import { describe, expect, test } from '@jest/globals';
import {
  type ElementTemplate,
  findChanges,
  generateTemplates,
  lintTemplates,
  readTemplates,
  writeTemplate,
} from '../src/index.ts';
import { nameOfBinding } from '../src/lint/name-of-property.ts';

const folder = new URL('../../../element-templates/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8');
const jsonIn = (path: string): readonly string[] =>
  readdirSync(new URL(path, folder)).filter((name) => name.endsWith('.json'));

const definitions = [eventBridgeDefinition, eventBridgeInboundDefinition, webhookDefinition];
const own = definitions.flatMap((definition) => generateTemplates(definition));
const camunda = definitions.flatMap((definition) =>
  generateTemplates(definition, { ids: 'camunda' }),
);

interface BindingTable {
  readonly camunda: readonly string[];
  readonly leftOut: Readonly<Record<string, string>>;
  readonly ours: readonly string[];
}
const tables: Readonly<Record<string, BindingTable>> = JSON.parse(
  readFileSync(new URL('data/camunda-bindings.json', import.meta.url), 'utf8'),
).templates;

const bindingsOf = ({ properties }: ElementTemplate): readonly string[] =>
  [...new Set(properties.map(({ binding }) => nameOfBinding(binding)))].sort();

test('element-templates/ holds what the definitions give', () => {
  expect(jsonIn('.')).toEqual(own.map(({ name }) => `${name}.json`).sort());
  for (const { name, template } of own) expect(read(`${name}.json`)).toBe(writeTemplate(template));
});

test('older versions are kept, and every newer one that writes otherwise has a higher version', () => {
  const older = jsonIn('versioned');
  expect(older.length).toBeGreaterThan(0);
  for (const file of older) {
    const [, name, version] = /^(.*)-(\d+)\.json$/.exec(file) ?? [];
    const [before] = readTemplates(read(`versioned/${file}`));
    const after = own.find((one) => one.name === name)?.template;
    if (before === undefined || after === undefined) throw new Error(`${file} has no successor`);
    expect(before.version).toBe(Number(version));
    expect(before.id).toBe(after.id);
    expect(findChanges(before, after)).not.toEqual([]);
    expect(after.version).toBeGreaterThan(before.version);
  }
});

test('a template of Camunda’s that ours can stand in for has its id and version', () => {
  expect(camunda.map(({ template: { id, version } }) => `${id} ${version}`)).toEqual([
    'io.camunda.connectors.AWSEventBridge.v1 8',
    'io.camunda.connectors.AWSEventBridge.MessageStart.v1 3',
    'io.camunda.connectors.AWSEventBridge.startEvent.v1 4',
    'io.camunda.connectors.AWSEventBridge.intermediate.v1 5',
    'io.camunda.connectors.AWSEventBridge.boundary.v1 4',
    'io.camunda.connectors.AWSEventBridge.receive.v1 5',
    'io.camunda.connectors.webhook.WebhookConnectorStartMessage.v1 15',
    'io.camunda.connectors.webhook.WebhookConnector.v1 15',
    'io.camunda.connectors.webhook.WebhookConnectorIntermediate.v1 15',
    'io.camunda.connectors.webhook.WebhookConnectorBoundary.v1 15',
    'io.camunda.connectors.webhook.WebhookConnectorReceive.v1 15',
  ]);
});

test('together they break no rule', () => {
  const older = jsonIn('versioned').flatMap((name) => readTemplates(read(`versioned/${name}`)));
  expect(lintTemplates([...own.map(({ template }) => template), ...older])).toEqual([]);
  expect(lintTemplates(camunda.map(({ template }) => template))).toEqual([]);
});

describe.each(
  [...own, ...camunda].map((one) => [`${one.name} (${one.template.id})`, one] as const),
)('%s', (_title, { name, template }) => {
  test("is valid by Camunda's schema, without warnings", () => {
    const { valid, errors, warnings } = validateZeebe(JSON.parse(writeTemplate(template)));
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
    expect(bindingsOf(template)).toEqual([...expected, ...table.ours].sort());
  });

  test('explains every field that is not plain from its label, and has a small icon', () => {
    for (const { label, type } of template.properties) {
      if (type !== 'Hidden') expect(label).toMatch(/^[A-Z]/);
    }
    expect(template.icon.contents).toMatch(/^data:image\/svg\+xml;base64,/);
    expect(template.icon.contents.length).toBeLessThan(2048);
  });
});
