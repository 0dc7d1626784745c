import { fieldMetadata, innerSchema } from '@bpmn-connectors/sdk';
import { z } from 'zod';
import type { SimpleCondition, TemplateField } from './template-field.ts';

type Schema = z.core.$ZodType;

interface Place {
  readonly path: readonly string[];
  readonly group: string | undefined;
  readonly conditions: readonly SimpleCondition[];
}

/**
 * Lists the fields of a connector's schema in the order in which they are written: members of objects, the
 * discriminator of a union before the fields of its options, which are there only while it is chosen.
 */
export function readFields(schema: Schema): readonly TemplateField[] {
  return walk(schema, { path: [], group: undefined, conditions: [] });
}

function walk(schema: Schema, place: Place): readonly TemplateField[] {
  const { core, isRequired, initial } = unwrap(schema);
  const metadata = fieldMetadata(schema) ?? {};
  const group = metadata.group ?? place.group;
  const isContainer =
    core instanceof z.core.$ZodObject || core instanceof z.core.$ZodDiscriminatedUnion;
  if (isContainer && metadata.hidden === true) return [];
  if (core instanceof z.core.$ZodObject) {
    return Object.entries(core._zod.def.shape).flatMap(([name, member]) =>
      walk(member, { ...place, group, path: [...place.path, name] }),
    );
  }
  if (core instanceof z.core.$ZodDiscriminatedUnion) {
    return walkUnion(core, schema, { ...place, group });
  }
  const path = place.path.join('.');
  const { conditions } = place;
  const own = ownConditions(metadata.shownWhen);
  return [
    {
      path,
      schema: core,
      metadata,
      group: group ?? place.path[0] ?? '',
      isRequired: metadata.required ?? isRequired,
      initial,
      conditions: [...conditions, ...own],
    },
  ];
}

/** The union's own metadata is the discriminator's: that is the field a person chooses with. */
function walkUnion(
  union: z.core.$ZodDiscriminatedUnion,
  schema: Schema,
  place: Place,
): readonly TemplateField[] {
  const { discriminator, options } = union._zod.def;
  const path = [...place.path, discriminator].join('.');
  const objects = options.filter((option) => option instanceof z.core.$ZodObject);
  const chooser: TemplateField = {
    path,
    schema: z.enum(objects.flatMap((option) => tagsOf(option, discriminator))),
    metadata: fieldMetadata(schema) ?? {},
    group: place.group ?? place.path[0] ?? '',
    isRequired: true,
    initial: undefined,
    conditions: place.conditions,
  };
  const dependants = objects.flatMap((option) => {
    const [tag = ''] = tagsOf(option, discriminator);
    const chosen: SimpleCondition = { property: path, equals: tag, type: 'simple' };
    const conditions = [...place.conditions, chosen];
    return Object.entries(option._zod.def.shape)
      .filter(([name]) => name !== discriminator)
      .flatMap(([name, member]) =>
        walk(member, { ...place, conditions, path: [...place.path, name] }),
      );
  });
  return [chooser, ...dependants];
}

function tagsOf(option: z.core.$ZodObject, discriminator: string): string[] {
  const values = option._zod.def.shape[discriminator]?._zod.values ?? [];
  return [...values].filter((value) => typeof value === 'string');
}

function ownConditions(
  shownWhen: NonNullable<ReturnType<typeof fieldMetadata>>['shownWhen'],
): readonly SimpleCondition[] {
  if (shownWhen === undefined) return [];
  const { field: property, is } = shownWhen;
  return typeof is === 'object'
    ? [{ property, oneOf: is, type: 'simple' }]
    : [{ property, equals: is, type: 'simple' }];
}

interface Unwrapped {
  readonly core: Schema;
  readonly isRequired: boolean;
  readonly initial: unknown;
}

/** Takes off what wraps a schema: an optional, nullable or default one need not be filled in. */
function unwrap(schema: Schema): Unwrapped {
  const inner = innerSchema(schema);
  if (inner === undefined) return { core: schema, isRequired: true, initial: undefined };
  const { core, isRequired, initial } = unwrap(inner);
  const mayBeAbsent =
    schema instanceof z.core.$ZodOptional ||
    schema instanceof z.core.$ZodNullable ||
    schema instanceof z.core.$ZodDefault ||
    schema instanceof z.core.$ZodPrefault;
  const isDefault = schema instanceof z.core.$ZodDefault || schema instanceof z.core.$ZodPrefault;
  return {
    core,
    isRequired: isRequired && !mayBeAbsent,
    initial: isDefault ? schema._zod.def.defaultValue : initial,
  };
}
