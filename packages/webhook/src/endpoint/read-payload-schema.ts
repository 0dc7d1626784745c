import { type JsonValue, parseJson } from '@bpmn-connectors/sdk';
import { type Schema, Validator } from '@cfworker/json-schema';
import type { ProblemCollector } from './collect-problems.ts';

/** Where a body does not fit, as JSON pointers; none: it does. */
export type PayloadCheck = (body: JsonValue) => readonly string[];

const property = 'inbound.payloadSchema';
const mostPlaces = 5;

/**
 * Reads `inbound.payloadSchema`: the text of a JSON schema (draft 2020-12, or the one that `$schema` names).
 * References lead within it only: nothing is fetched. Undefined where the model wants none.
 */
export function readPayloadSchema(
  properties: Readonly<Record<string, string>>,
  problems: ProblemCollector,
): PayloadCheck | undefined {
  const text = (properties[property] ?? '').trim();
  if (text === '') return undefined;
  const schema = parseSchema(text);
  const validator = schema && createValidator(schema);
  if (validator === undefined) {
    problems.add(
      property,
      'it is no JSON schema, or one with references that lead out of it',
      'Write a schema as JSON text: {"type": "object", "required": ["orderId"]}',
    );
    return undefined;
  }
  return (body) => {
    const { valid, errors } = validator.validate(body);
    if (valid) return [];
    // The deepest say what is wrong; those above only that something is.
    const places = errors.map(({ instanceLocation }) => instanceLocation.replace(/^#/, ''));
    const deepest = places.filter((one) => !places.some((other) => other.startsWith(`${one}/`)));
    return [...new Set(deepest)].slice(0, mostPlaces).map((place) => (place === '' ? '/' : place));
  };
}

function parseSchema(text: string): Schema | undefined {
  try {
    const value = parseJson(Buffer.from(text));
    const isSchema = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isSchema ? value : undefined;
  } catch {
    return undefined;
  }
}

const dialects: Readonly<Record<string, '4' | '7' | '2019-09' | '2020-12'>> = {
  'http://json-schema.org/draft-04/schema': '4',
  'http://json-schema.org/draft-07/schema': '7',
  'https://json-schema.org/draft/2019-09/schema': '2019-09',
};

/** What the schema itself gets wrong shows when it is first used. */
function createValidator(schema: Schema): Validator | undefined {
  const dialect = dialects[String(schema.$schema).replace(/#$/, '')] ?? '2020-12';
  const validator = new Validator(schema, dialect, false);
  try {
    validator.validate({});
    validator.validate([]);
    return validator;
  } catch {
    return undefined;
  }
}
