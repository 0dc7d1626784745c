import { z } from 'zod';
import { fieldMetadata, innerSchema } from '../fields/field-metadata.ts';

/** What a modeler calls the field at a path, where the schema names it; unions are looked through. */
export function labelAt(
  schema: z.core.$ZodType,
  [key, ...rest]: readonly PropertyKey[],
): string | undefined {
  if (key === undefined) return fieldMetadata(schema)?.label;
  const inner = innerSchema(schema);
  if (inner !== undefined) return labelAt(inner, [key, ...rest]);
  if (schema instanceof z.core.$ZodUnion) {
    for (const option of schema._zod.def.options) {
      const label = labelAt(option, [key, ...rest]);
      if (label !== undefined) return label;
    }
    return undefined;
  }
  // An item has no field of its own in a modeler: its list does.
  if (schema instanceof z.core.$ZodArray) return fieldMetadata(schema)?.label;
  if (!(schema instanceof z.core.$ZodObject)) return undefined;
  const shape = schema._zod.def.shape;
  const name = String(key);
  const member = Object.hasOwn(shape, name) ? shape[name] : undefined;
  return member === undefined ? undefined : labelAt(member, rest);
}
