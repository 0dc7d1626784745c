import { fieldMetadata, type Job, secretReferences } from '@bpmn-connectors/sdk';
import { type PlaceTree, placeTree, type SecretPlace } from './place-tree.ts';

type Schema = Parameters<typeof fieldMetadata>[0];

/** Tells where secrets may be resolved in a job's variables. */
export type FindSecretPlaces = (job: Job) => PlaceTree;

/**
 * Secrets may be resolved, for a model that is known, at the targets of input mappings whose source names a
 * secret, and that secret only; else in the fields that the connector marks as secret. So a reference that
 * came with data stays text. What an element's mappings say is found out with its first job.
 */
export function createSecretPlaces(schema: Schema): FindSecretPlaces {
  const ofFields = placeTree(secretFields(schema));
  const ofInputs = new WeakMap<object, PlaceTree>();
  return ({ inputs }) => {
    if (inputs === undefined) return ofFields;
    const known = ofInputs.get(inputs);
    if (known !== undefined) return known;
    const tree = placeTree(
      effectiveInputs(inputs).map(([target, source]) => ({
        path: target.split('.'),
        names: new Set(secretReferences(source)),
      })),
    );
    ofInputs.set(inputs, tree);
    return tree;
  };
}

/** Mappings apply in their order: one to `input` puts an end to what was mapped to `input.detail` before. */
function effectiveInputs(inputs: Readonly<Record<string, string>>): [string, string][] {
  let effective: [string, string][] = [];
  for (const [target, source] of Object.entries(inputs)) {
    effective = effective.filter(([earlier]) => !`${earlier}.`.startsWith(`${target}.`));
    effective.push([target, source]);
  }
  return effective;
}

/** A schema may hold itself; no connector's input is nested deeper. */
const deepest = 20;

/** The fields that an input's schema marks as secret. */
function secretFields(
  schema: Schema,
  path: readonly string[] = [],
  depth = 0,
): readonly SecretPlace[] {
  if (fieldMetadata(schema)?.secret === true) return [{ path, names: 'all' }];
  if (depth === deepest) return [];
  return membersOf(schema).flatMap(([name, member]) =>
    secretFields(member, name === undefined ? path : [...path, name], depth + 1),
  );
}

/** Members of an object with their names; options of a union and what a schema wraps without one. */
function membersOf(schema: Schema): (readonly [string | undefined, Schema])[] {
  const definition: object = schema._zod.def;
  if ('shape' in definition && typeof definition.shape === 'object') {
    return Object.entries(definition.shape ?? {}).filter(isNamedSchema);
  }
  const parts = [
    ...('options' in definition && Array.isArray(definition.options) ? definition.options : []),
    'innerType' in definition ? definition.innerType : undefined,
    'in' in definition ? definition.in : undefined,
  ];
  return parts.filter(isSchema).map((part) => [undefined, part] as const);
}

const isNamedSchema = (entry: [string, unknown]): entry is [string, Schema] => isSchema(entry[1]);

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && '_zod' in value;
