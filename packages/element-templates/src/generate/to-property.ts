import { z } from 'zod';
import type {
  TemplateBinding,
  TemplateCondition,
  TemplateProperty,
} from '../template/element-template.ts';
import type { SimpleCondition, TemplateField } from './template-field.ts';
import { wordsOf } from './words-of.ts';

/** What differs between outbound and inbound fields. */
export interface PropertyStyle {
  readonly bind: (path: string) => TemplateBinding;
  /** For fields whose metadata says nothing of FEEL. */
  readonly feel: 'optional' | 'off';
}

type Kind = TemplateProperty['type'];

/** Makes a template's property of a field; undefined for a hidden one that has nothing to write. */
export function toProperty(
  field: TemplateField,
  style: PropertyStyle,
): TemplateProperty | undefined {
  const { path, metadata, group } = field;
  const value = initialOf(field);
  const common = { binding: style.bind(path), ...conditionOf(field.conditions) };
  if (metadata.hidden === true) {
    return value === undefined ? undefined : { id: path, type: 'Hidden', value, ...common };
  }
  const type = kindOf(field);
  return {
    id: path,
    label: metadata.label ?? wordsOf(path),
    ...given('description', metadata.description),
    ...given('tooltip', metadata.tooltip),
    ...(type === 'String' || type === 'Text' ? given('placeholder', metadata.placeholder) : {}),
    type,
    ...given('value', value),
    ...(generates(field) ? { generatedValue: { type: 'uuid' } } : {}),
    ...choicesOf(field),
    ...feelOf(field, type, style),
    ...constraintsOf(field, type, common.binding),
    group,
    ...common,
  };
}

const given = <Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { readonly [Key in Name]?: Value } => {
  const made: { [Key in Name]?: Value } = {};
  if (value !== undefined) made[name] = value;
  return made;
};

const generates = ({ metadata: { initial } }: TemplateField): boolean =>
  typeof initial === 'object';

/** A dropdown without a default has its first choice, so that panel and model agree. */
function initialOf({ metadata, initial, schema }: TemplateField): TemplateProperty['value'] {
  if (typeof metadata.initial === 'object') return undefined;
  const value = metadata.initial ?? initial;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  // Numbers are text in a panel, unless they are of type Number.
  if (typeof value === 'number') return value;
  return choiceValues(schema)?.[0];
}

function kindOf({ schema, metadata }: TemplateField): Kind {
  if (choiceValues(schema) !== undefined) return 'Dropdown';
  if (metadata.multiline === true) return 'Text';
  if (schema instanceof z.core.$ZodString) return 'String';
  if (schema instanceof z.core.$ZodBoolean) return 'Boolean';
  return schema instanceof z.core.$ZodNumber ? 'Number' : 'Text';
}

function choiceValues(schema: z.core.$ZodType): readonly string[] | undefined {
  if (schema instanceof z.core.$ZodEnum) return Object.values(schema._zod.def.entries).map(String);
  return schema instanceof z.core.$ZodLiteral ? schema._zod.def.values.map(String) : undefined;
}

function choicesOf({ schema, metadata }: TemplateField): Pick<TemplateProperty, 'choices'> {
  const values = choiceValues(schema);
  if (values === undefined) return {};
  return {
    choices: values.map((value) => ({ name: metadata.choices?.[value] ?? wordsOf(value), value })),
  };
}

function feelOf(
  { metadata }: TemplateField,
  type: Kind,
  style: PropertyStyle,
): Pick<TemplateProperty, 'feel'> {
  if (type === 'Dropdown') return {};
  const isText = type === 'String' || type === 'Text';
  const feel = metadata.feel ?? style.feel;
  if (feel === 'off') return {};
  return { feel: isText || feel === 'required' ? feel : 'static' };
}

/** An empty input mapping stays in the model, so it is never `optional`. */
function constraintsOf(
  field: TemplateField,
  type: Kind,
  { type: binding }: TemplateBinding,
): Pick<TemplateProperty, 'constraints' | 'optional'> {
  const pattern = patternOf(field);
  const mayBeEmpty = type === 'Boolean' || type === 'Dropdown';
  if (field.isRequired && !mayBeEmpty) return { constraints: { notEmpty: true, ...pattern } };
  if (field.isRequired || field.initial !== undefined || mayBeEmpty) return {};
  const isOptional = binding === 'zeebe:input' ? {} : { optional: true };
  return pattern.pattern === undefined
    ? isOptional
    : { ...isOptional, constraints: { notEmpty: false, ...pattern } };
}

/** A text field that takes FEEL as well cannot be held to a pattern. */
function patternOf({ schema, metadata }: TemplateField): {
  readonly pattern?: { readonly value: string; readonly message: string };
} {
  const takesFeel = metadata.feel !== undefined && metadata.feel !== 'off';
  if (takesFeel || !(schema instanceof z.core.$ZodString)) return {};
  const pattern = schema._zod.def.checks?.map(regexOf).find((found) => found !== undefined);
  if (pattern === undefined) return {};
  return {
    pattern: { value: pattern.source, message: metadata.patternHint ?? 'Not of the wanted form' },
  };
}

function regexOf(check: z.core.$ZodCheck<string>): RegExp | undefined {
  return check instanceof z.core.$ZodCheckRegex ? check._zod.def.pattern : undefined;
}

function conditionOf(conditions: readonly SimpleCondition[]): {
  readonly condition?: TemplateCondition;
} {
  const [first, ...others] = conditions;
  if (first === undefined) return {};
  return { condition: others.length === 0 ? first : { allMatch: conditions } };
}
