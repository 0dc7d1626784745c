import { type JsonValue, parseJson } from '@bpmn-connectors/sdk';
import { type OutputUnit, type Schema, Validator } from '@cfworker/json-schema';
import { boundUniqueItems } from './bound-unique-items.ts';
import type { ProblemCollector } from './collect-problems.ts';

/** Where a body does not fit, as JSON pointers; none: it does. */
export type PayloadCheck = (body: JsonValue) => readonly string[];

const property = 'inbound.payloadSchema';
const mostPlaces = 5;
/** Characters of a body that is searched for all places; of a longer one the first is told. */
const longestSearched = 16_384;
const mostErrors = 1000;

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
  const check = schema && createCheck(schema);
  if (check === undefined) {
    problems.add(
      property,
      'it is no JSON schema, or one with references that lead out of it',
      'Write a schema as JSON text: {"type": "object", "required": ["orderId"]}',
    );
  }
  return check;
}

/** The deepest places say what is wrong; those above only that something is. */
function placesOf(errors: readonly OutputUnit[]): readonly string[] {
  const places = errors
    .slice(0, mostErrors)
    .map(({ instanceLocation }) => instanceLocation.replace(/^#/, ''));
  const deepest = places.filter((one) => !places.some((other) => other.startsWith(`${one}/`)));
  return [...new Set(deepest)].slice(0, mostPlaces).map((place) => (place === '' ? '/' : place));
}

function parseSchema(text: string): Schema | undefined {
  try {
    const value = boundUniqueItems(parseJson(Buffer.from(text)));
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

/**
 * Stops at the first place that does not fit: a sender may send a million of them. What the schema itself gets
 * wrong shows when it is first used.
 */
function createCheck(schema: Schema): PayloadCheck | undefined {
  const dialect = dialects[String(schema.$schema).replace(/#$/, '')] ?? '2020-12';
  const first = new Validator(schema, dialect, true);
  const all = new Validator(schema, dialect, false);
  try {
    all.validate({});
    all.validate([]);
  } catch {
    return undefined;
  }
  return (body) => {
    const { valid, errors } = first.validate(body);
    if (valid) return [];
    const isShort = JSON.stringify(body).length <= longestSearched;
    return placesOf(isShort ? all.validate(body).errors : errors);
  };
}
