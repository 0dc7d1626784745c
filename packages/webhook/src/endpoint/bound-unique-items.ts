import type { JsonObject, JsonValue } from '@bpmn-connectors/sdk';

/** Items are compared each with each other. */
const mostItems = 1000;
/** Members of a schema whose own members are schemas, and those that are no schemas. */
const maps: ReadonlySet<string> = new Set([
  'properties',
  'patternProperties',
  '$defs',
  'definitions',
  'dependentSchemas',
  'dependencies',
]);
const data: ReadonlySet<string> = new Set(['const', 'enum', 'default', 'examples']);

/**
 * Makes a JSON schema whose `uniqueItems` bound the work: longer lists do not fit, and are not looked into. What
 * stands where stays, so that references lead to the same.
 */
export function boundUniqueItems(schema: JsonValue): JsonValue {
  if (Array.isArray(schema)) return schema.map(boundUniqueItems);
  if (!isObject(schema)) return schema;
  const { uniqueItems, ...rest } = mapMembers(schema, boundMember);
  if (uniqueItems === undefined) return rest;
  if (uniqueItems !== true) return { ...rest, uniqueItems };
  const { allOf } = rest;
  const bounded = [
    { maxItems: mostItems },
    { if: { minItems: mostItems + 1 }, else: { uniqueItems } },
  ];
  return { ...rest, allOf: [...(Array.isArray(allOf) ? allOf : []), ...bounded] };
}

function boundMember(name: string, member: JsonValue): JsonValue {
  if (data.has(name)) return member;
  return maps.has(name) && isObject(member)
    ? mapMembers(member, (_name, schema) => boundUniqueItems(schema))
    : boundUniqueItems(member);
}

const mapMembers = (
  object: JsonObject,
  map: (name: string, member: JsonValue) => JsonValue,
): JsonObject =>
  Object.fromEntries(Object.entries(object).map(([name, member]) => [name, map(name, member)]));

const isObject = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
