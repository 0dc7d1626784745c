import { defineInbound, defineOutbound, field, secret } from '@bpmn-connectors/sdk';
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import {
  createTemplateIndex,
  type ElementTemplate,
  findChanges,
  generateTemplates,
  lintTemplates,
  readTemplates,
  type TemplateProperty,
} from '../src/index.ts';

const smsDefinition = defineOutbound({
  type: 'io.example:sms:1',
  template: { id: 'io.example.FastSms.v1', version: 3, name: 'Send SMS' },
  input: z.object({
    via: field(
      z.discriminatedUnion('type', [
        z.object({ type: z.literal('operator') }),
        z.object({ type: z.literal('own'), token: secret({ label: 'Token' }) }),
      ]),
      { label: 'Account', choices: { own: 'My own' } },
    ),
    to: field(z.string().regex(/^\+\d+$/), { feel: 'off', patternHint: 'Like +49…' }),
    urgent: z.boolean().default(false),
    copies: z.number().optional(),
    payload: z.unknown(),
    plan: z.enum(['flat', 'perMessage']).optional(),
    trace: field(z.string().optional(), { hidden: true }),
  }),
});

const templateOf = (definition: Parameters<typeof generateTemplates>[0]): ElementTemplate => {
  const [first] = generateTemplates(definition);
  if (first === undefined) throw new Error('there is no template');
  return first.template;
};
const sms = templateOf(smsDefinition);
const property = (id: string): TemplateProperty | undefined =>
  sms.properties.find((one) => one.id === id);

describe('a template of an outbound definition', () => {
  test('is for service tasks, and says its id, version and job type in the model', () => {
    expect(sms).toMatchObject({
      appliesTo: ['bpmn:Task'],
      elementType: { value: 'bpmn:ServiceTask' },
    });
    expect(sms.properties.slice(0, 3).map(({ type, value }) => [type, value])).toEqual([
      ['Hidden', 'io.example:sms:1'],
      ['Hidden', '3'],
      ['Hidden', 'io.example.FastSms.v1'],
    ]);
    expect(generateTemplates(smsDefinition).map(({ name }) => name)).toEqual(['fast-sms']);
  });

  test.each<[string, Partial<TemplateProperty> | undefined]>([
    [
      'via.type',
      {
        label: 'Account',
        type: 'Dropdown',
        value: 'operator',
        choices: [
          { name: 'Operator', value: 'operator' },
          { name: 'My own', value: 'own' },
        ],
        binding: { type: 'zeebe:input', name: 'via.type' },
      },
    ],
    [
      'via.token',
      {
        type: 'String',
        feel: 'optional',
        constraints: { notEmpty: true },
        condition: { property: 'via.type', equals: 'own', type: 'simple' },
      },
    ],
    [
      'to',
      {
        label: 'To',
        type: 'String',
        constraints: { notEmpty: true, pattern: { value: '^\\+\\d+$', message: 'Like +49…' } },
      },
    ],
    ['urgent', { type: 'Boolean', value: false, feel: 'static' }],
    ['copies', { type: 'Number', feel: 'static' }],
    ['payload', { type: 'Text', feel: 'optional', constraints: { notEmpty: true } }],
    ['plan', { type: 'Dropdown', value: 'flat' }],
    ['trace', undefined],
  ])('shows %s as its schema says', (id, expected) => {
    if (expected === undefined) expect(property(id)).toBeUndefined();
    else expect(property(id)).toMatchObject(expected);
  });
});

test('one definition of an inbound connector gives a template for each element with a message', () => {
  const queue = defineInbound({
    type: 'io.example:queue:1',
    template: { id: 'io.example.Queue.v1', version: 1, name: 'Queue' },
    properties: z.object({ queue: z.object({ url: field(z.string().min(1), { label: 'URL' }) }) }),
  });
  const files = generateTemplates(queue);
  expect(files.map(({ name, template }) => [name, template.id])).toEqual([
    ['queue-message-start', 'io.example.QueueMessageStart.v1'],
    ['queue-intermediate', 'io.example.QueueIntermediate.v1'],
    ['queue-boundary', 'io.example.QueueBoundary.v1'],
    ['queue-receive', 'io.example.QueueReceive.v1'],
    ['queue-event-sub-process', 'io.example.QueueEventSubProcess.v1'],
  ]);
  for (const { template } of files) {
    expect(template.properties).toContainEqual(
      expect.objectContaining({
        id: 'queue.url',
        binding: { type: 'zeebe:property', name: 'queue.url' },
      }),
    );
  }
  expect(lintTemplates(files.map(({ template }) => template))).toEqual([]);
});

/** The template with changes in one property. */
const withProperty = (id: string, changes: object): ElementTemplate => ({
  ...sms,
  properties: sms.properties.map((one) => (one.id === id ? { ...one, ...changes } : one)),
});

const messageKey = (
  group: string,
  condition?: TemplateProperty['condition'],
): TemplateProperty => ({
  id: 'key',
  label: 'Key',
  type: 'String',
  feel: 'optional',
  group,
  binding: { type: 'bpmn:Message#zeebe:subscription#property', name: 'correlationKey' },
  ...(condition === undefined ? {} : { condition }),
});

describe('a broken template is refused', () => {
  test.each<[string, string, ElementTemplate]>([
    [
      'condition-target-exists',
      'property via.token',
      withProperty('via.token', { condition: { property: 'gone', equals: 'x', type: 'simple' } }),
    ],
    [
      'condition-value-in-choices',
      'property via.token',
      withProperty('via.token', {
        condition: { property: 'via.type', equals: 'x', type: 'simple' },
      }),
    ],
    [
      'condition-property-order',
      'property to',
      withProperty('to', { condition: { property: 'plan', equals: 'flat', type: 'simple' } }),
    ],
    ['group-target-exists', 'property to', withProperty('to', { group: 'gone' })],
    [
      'empty-group',
      'group none',
      { ...sms, groups: [...sms.groups, { id: 'none', label: 'None' }] },
    ],
    ['unique-group-id', 'group to', { ...sms, groups: [...sms.groups, { id: 'to', label: 'To' }] }],
    ['default-value-in-choices', 'property plan', withProperty('plan', { value: 'gold' })],
    [
      'feel-default',
      'property payload',
      withProperty('payload', { feel: 'required', value: '{}' }),
    ],
    ['unique-property-id', 'property to', withProperty('copies', { id: 'to' })],
    ['task-definition-binding-form', 'properties', { ...sms, properties: sms.properties.slice(1) }],
    ['element-template-headers', 'property elementTemplateVersion', { ...sms, version: 4 }],
    [
      'binding-fits-element',
      'property key',
      { ...sms, properties: [...sms.properties, messageKey('to')] },
    ],
    ['version', 'version', { ...sms, version: 0 }],
    ['icon', 'icon', { ...sms, icon: { contents: 'http://example.com/icon.svg' } }],
    ['engines', 'engines', { ...sms, engines: { camunda: 'eight' } }],
  ])('by %s, naming %s', (rule, where, template) => {
    expect(lintTemplates([template])).toContainEqual({
      rule,
      where: `io.example.FastSms.v1 / ${where}`,
      reason: expect.stringMatching(/.+/),
      fix: expect.stringMatching(/.+/),
    });
  });

  test('by panel-index-swap, where a choice puts a field of a message in the place of another', () => {
    const condition = { property: 'plan', equals: 'flat', type: 'simple' } as const;
    const feel: TemplateProperty = {
      id: 'other',
      label: 'Other',
      type: 'String',
      feel: 'optional',
      group: 'plan',
      binding: { type: 'zeebe:property', name: 'other' },
    };
    const swapped = {
      ...sms,
      properties: [...sms.properties, messageKey('plan', condition), feel],
    };
    expect(lintTemplates([swapped]).map(({ rule }) => rule)).toContain('panel-index-swap');
    const last = { ...sms, properties: [...sms.properties, feel, messageKey('plan', condition)] };
    expect(lintTemplates([last]).map(({ rule }) => rule)).not.toContain('panel-index-swap');
  });

  test('where an id and version are there twice', () => {
    expect(lintTemplates([sms, sms])).toContainEqual(
      expect.objectContaining({ rule: 'unique-id-and-version', where: 'io.example.FastSms.v1' }),
    );
  });

  test('unless the twins of an id exclude each other', () => {
    const twin = (equals: string): TemplateProperty => ({
      id: 'twin',
      type: 'Hidden',
      value: equals,
      binding: { type: 'zeebe:input', name: 'twin' },
      condition: { property: 'plan', equals, type: 'simple' },
    });
    const template = { ...sms, properties: [...sms.properties, twin('flat'), twin('perMessage')] };
    expect(lintTemplates([template])).toEqual([]);
  });
});

describe('between two versions', () => {
  test.each<[string, ElementTemplate, object]>([
    ['a default', withProperty('urgent', { value: true }), { change: 'default' }],
    ['an id', withProperty('to', { id: 'recipient' }), { change: 'id' }],
    ['a choice', withProperty('plan', { choices: [] }), { change: 'choices' }],
    ['a condition', withProperty('via.token', { condition: undefined }), { change: 'condition' }],
    [
      'a field less',
      { ...sms, properties: sms.properties.filter(({ id }) => id !== 'to') },
      { change: 'removed', property: 'zeebe:input to' },
    ],
  ])('%s is a change that needs a higher version', (_name, after, change) => {
    expect(findChanges(sms, after)).toEqual([expect.objectContaining(change)]);
  });

  test('labels and hints may change freely', () => {
    expect(findChanges(sms, withProperty('to', { label: 'Recipient', tooltip: 'Who' }))).toEqual(
      [],
    );
  });
});

test('an index lists versions, the newest first, with the address of each', () => {
  const old = { ...sms, version: 2 };
  const files = [
    { path: 'versioned/fast-sms-2.json', template: old },
    { path: 'fast-sms.json', template: sms },
  ];
  expect(createTemplateIndex(files, 'http://127.0.0.1:8090/element-templates')).toEqual({
    'io.example.FastSms.v1': [
      {
        version: 3,
        ref: 'http://127.0.0.1:8090/element-templates/fast-sms.json',
        engine: { camunda: '^8.3' },
      },
      {
        version: 2,
        ref: 'http://127.0.0.1:8090/element-templates/versioned/fast-sms-2.json',
        engine: { camunda: '^8.3' },
      },
    ],
  });
});

test.each([
  ['no JSON', '{'],
  ['something else', '{"name": "x"}'],
  ['a list with something else in it', JSON.stringify([sms, 5])],
])('a file that holds %s cannot be read', (_name, text) => {
  expect(() => readTemplates(text)).toThrow(
    expect.objectContaining({ code: 'TEMPLATE_UNREADABLE' }),
  );
});
