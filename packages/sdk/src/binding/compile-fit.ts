import { z } from 'zod';
import { innerSchema } from '../fields/field-metadata.ts';
import type { JsonObject, JsonValue } from '../json/json-value.ts';

/** Reshapes a value; undefined: as good as absent. */
export type Fit = (value: JsonValue) => JsonValue | undefined;

type Schema = z.core.$ZodType;
type FitOf = (schema: Schema) => Fit;

/**
 * Finds out once how text from a modeler becomes what a schema expects; free data (payloads) stays as it is.
 * What the schema holds is looked at when the first value comes there, so that it may hold itself.
 */
export function compileFit(root: Schema): Fit {
  const known = new Map<Schema, Fit>();
  const fitOf: FitOf = (schema) => {
    const found = known.get(schema);
    if (found !== undefined) return found;
    let made: Fit | undefined;
    const fit: Fit = (value) => {
      made ??= makeFit(coreSchema(schema), fitOf);
      return made(value);
    };
    known.set(schema, fit);
    return fit;
  };
  return fitOf(root);
}

function makeFit(schema: Schema, fitOf: FitOf): Fit {
  if (schema instanceof z.core.$ZodUnknown || schema instanceof z.core.$ZodAny) return asItIs;
  if (schema instanceof z.core.$ZodObject) return orBlank(fitMembers(schema, fitOf));
  if (schema instanceof z.core.$ZodDiscriminatedUnion) return orBlank(fitOption(schema, fitOf));
  const leaf = fitLeaf(schema, fitOf);
  return (value) => (isBlank(value) ? undefined : leaf(value));
}

/** What should be an object and is none is left to the schema to refuse. */
const orBlank =
  (fit: (value: JsonObject) => JsonObject): Fit =>
  (value) => {
    if (isObject(value)) return fit(value);
    return isBlank(value) ? undefined : value;
  };

function fitMembers(schema: z.core.$ZodObject, fitOf: FitOf): (value: JsonObject) => JsonObject {
  const members = Object.entries(schema._zod.def.shape).map(
    ([key, member]) => [key, fitOf(member)] as const,
  );
  return (value) => {
    const fitted: JsonObject = {};
    for (const [key, fit] of members) {
      const given = Object.hasOwn(value, key) ? value[key] : undefined;
      const fitting = given === undefined ? undefined : fit(given);
      if (fitting !== undefined) fitted[key] = fitting;
    }
    return fitted;
  };
}

function fitOption(
  schema: z.core.$ZodDiscriminatedUnion,
  fitOf: FitOf,
): (value: JsonObject) => JsonObject {
  const { discriminator, options } = schema._zod.def;
  const fits = options.flatMap((option) =>
    option instanceof z.core.$ZodObject
      ? [
          {
            tags: option._zod.def.shape[discriminator]?._zod.values,
            fit: fitMembers(option, fitOf),
          },
        ]
      : [],
  );
  return (value) => {
    const given = value[discriminator];
    // An option whose literal is optional is the one that a missing discriminator stands for.
    const tag = typeof given === 'string' && given !== '' ? given : undefined;
    return fits.find(({ tags }) => tags?.has(tag))?.fit(value) ?? value;
  };
}

function fitLeaf(schema: Schema, fitOf: FitOf): (value: JsonValue) => JsonValue {
  if (schema instanceof z.core.$ZodString) return textOf;
  if (schema instanceof z.core.$ZodBoolean) return booleanOf;
  if (schema instanceof z.core.$ZodNumber) return numberOf;
  if (schema instanceof z.core.$ZodEnum) return choiceOf(schema);
  if (schema instanceof z.core.$ZodArray) {
    const fit = fitOf(schema._zod.def.element);
    return (value) => (Array.isArray(value) ? value : [value]).map((item) => fit(item) ?? null);
  }
  return (value) => value;
}

const asItIs: Fit = (value) => value;

const textOf = (value: JsonValue): JsonValue =>
  typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;

function booleanOf(value: JsonValue): JsonValue {
  if (value === 'true') return true;
  return value === 'false' ? false : value;
}

function numberOf(value: JsonValue): JsonValue {
  if (typeof value !== 'string' || value.trim() === '') return value;
  const number = Number(value);
  return Number.isFinite(number) ? number : value;
}

function choiceOf(schema: z.core.$ZodEnum): (value: JsonValue) => JsonValue {
  const choices = Object.values(schema._zod.def.entries).map(String);
  return (value) => {
    if (typeof value !== 'string') return value;
    const wanted = value.toLowerCase();
    return choices.find((choice) => choice.toLowerCase() === wanted) ?? value;
  };
}

function coreSchema(schema: Schema): Schema {
  const inner = innerSchema(schema);
  return inner === undefined ? schema : coreSchema(inner);
}

const isBlank = (value: JsonValue): boolean => value === null || value === '';

const isObject = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
