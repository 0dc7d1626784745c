import { z } from 'zod';
import { innerSchema } from '../fields/field-metadata.ts';
import type { JsonObject, JsonValue } from '../json/json-value.ts';

/** Reshapes text from a modeler to what a schema expects; leaves free data (payloads) as it is. */
export function fitToSchema(schema: z.core.$ZodType, value: JsonValue): JsonValue | undefined {
  const core = coreSchema(schema);
  if (core instanceof z.core.$ZodObject && isObject(value)) return fitMembers(core, value);
  if (core instanceof z.core.$ZodDiscriminatedUnion && isObject(value)) {
    return fitMembers(optionFor(core, value), value);
  }
  if (core instanceof z.core.$ZodUnknown || core instanceof z.core.$ZodAny) return value;
  if (value === null || value === '') return undefined;
  return fitLeaf(core, value);
}

function fitMembers(schema: z.core.$ZodType | undefined, value: JsonObject): JsonObject {
  if (!(schema instanceof z.core.$ZodObject)) return value;
  const fitted: JsonObject = {};
  for (const [key, member] of Object.entries(schema._zod.def.shape)) {
    const given = Object.hasOwn(value, key) ? value[key] : undefined;
    const fit = given === undefined ? undefined : fitToSchema(member, given);
    if (fit !== undefined) fitted[key] = fit;
  }
  return fitted;
}

function optionFor(
  union: z.core.$ZodDiscriminatedUnion,
  value: JsonObject,
): z.core.$ZodType | undefined {
  const { discriminator, options } = union._zod.def;
  const given = value[discriminator];
  // An option whose literal is optional is the one that a missing discriminator stands for.
  const tag = typeof given === 'string' && given !== '' ? given : undefined;
  return options.find(
    (option) =>
      option instanceof z.core.$ZodObject &&
      option._zod.def.shape[discriminator]?._zod.values?.has(tag),
  );
}

function fitLeaf(schema: z.core.$ZodType, value: JsonValue): JsonValue {
  if (schema instanceof z.core.$ZodString) {
    return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
  }
  if (schema instanceof z.core.$ZodBoolean) return booleanOf(value);
  if (schema instanceof z.core.$ZodNumber) return numberOf(value);
  if (schema instanceof z.core.$ZodEnum) return choiceOf(schema, value);
  if (schema instanceof z.core.$ZodArray) {
    const items = Array.isArray(value) ? value : [value];
    return items.map((item) => fitToSchema(schema._zod.def.element, item) ?? null);
  }
  return value;
}

function booleanOf(value: JsonValue): JsonValue {
  if (value === 'true') return true;
  return value === 'false' ? false : value;
}

function numberOf(value: JsonValue): JsonValue {
  if (typeof value !== 'string' || value.trim() === '') return value;
  const number = Number(value);
  return Number.isFinite(number) ? number : value;
}

function choiceOf(schema: z.core.$ZodEnum, value: JsonValue): JsonValue {
  if (typeof value !== 'string') return value;
  const wanted = value.toLowerCase();
  const choices = Object.values(schema._zod.def.entries).map(String);
  return choices.find((choice) => choice.toLowerCase() === wanted) ?? value;
}

function coreSchema(schema: z.core.$ZodType): z.core.$ZodType {
  const inner = innerSchema(schema);
  return inner === undefined ? schema : coreSchema(inner);
}

const isObject = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
