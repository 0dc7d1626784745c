import type { z } from 'zod';
import { reasonOf } from '../binding/bind.ts';
import { compileFit } from '../binding/compile-fit.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import type { JsonObject, JsonValue } from '../json/json-value.ts';

/**
 * Makes typed properties of a model's texts, by the rules of `bind`.
 * @throws {ConfigurationError} `CONFIGURATION` naming every property that is wrong; values are never told.
 */
export function bindProperties<Schema extends z.ZodObject>(
  schema: Schema,
  properties: Readonly<Record<string, string>>,
): z.output<Schema> {
  const result = schema.safeParse(compileFit(schema)(nest(properties)));
  if (result.success) return result.data;
  throw new ConfigurationError(
    result.error.issues.map((issue) => ({
      where: issue.path.map(String).join('.') || 'properties',
      reason: reasonOf(issue),
      fix: 'Correct this property in the model',
    })),
  );
}

/** `queue.url` becomes `{ queue: { url } }`. A name that runs through another's value is left out. */
function nest(properties: Readonly<Record<string, string>>): JsonObject {
  const root = emptyObject();
  for (const [name, value] of Object.entries(properties)) {
    const path = name.split('.');
    const last = path.pop() ?? name;
    const parent = path.reduce<JsonObject | undefined>(
      (object, key) => object && childOf(object, key),
      root,
    );
    if (parent !== undefined && parent[last] === undefined) parent[last] = value;
  }
  return root;
}

function childOf(object: JsonObject, key: string): JsonObject | undefined {
  const child = object[key] ?? emptyObject();
  object[key] = child;
  return isObject(child) ? child : undefined;
}

/** Without a prototype, so that no name of a property means more than a name. */
const emptyObject = (): JsonObject => Object.create(null);

const isObject = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
