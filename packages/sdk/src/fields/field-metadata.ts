import { z } from 'zod';

/** How a field appears in a modeler, and how its value is treated. */
export interface FieldMetadata {
  /** By default the words of the field's name. */
  readonly label?: string;
  /** Below the field. A few HTML elements are allowed: `code`, `a`, `br`. */
  readonly description?: string;
  /** Shown on the label. The same elements are allowed. */
  readonly tooltip?: string;
  readonly placeholder?: string;
  /** Id of its group in the panel. @default the parent's, else the first part of its path */
  readonly group?: string;
  /** Whether the modeler insists on a value. @default whether the schema does */
  readonly required?: boolean;
  /** What the modeler fills in: the schema's default, unless this says otherwise; `uuid`: a random one. */
  readonly initial?: string | boolean | number | { readonly generate: 'uuid' };
  /** Several lines of text. */
  readonly multiline?: boolean;
  /** Shown only while another field, named by its path, has one of these values. */
  readonly shownWhen?: {
    readonly field: string;
    readonly is: string | boolean | readonly string[];
  };
  /** What a value that does not have the wanted form should look like. */
  readonly patternHint?: string;
  /** Whether the modeler lets FEEL be entered. */
  readonly feel?: 'optional' | 'required' | 'static' | 'off';
  /** Labels of the choices of an enum or of a union's discriminator. */
  readonly choices?: Readonly<Record<string, string>>;
  /** Not shown, but bound. */
  readonly hidden?: boolean;
  /** Holds a credential: masked in every message, and a reference to a secret may be resolved in it. */
  readonly secret?: boolean;
}

/** Keyed by schema instance, as zod's registries are: shared pieces come from functions, not constants. */
const registry = z.registry<FieldMetadata, z.core.$ZodType>();

/**
 * Gives a field of a connector's input its place in the modeler.
 * @example
 * field(z.string().min(1), { label: 'To', feel: 'optional' })
 */
export function field<Schema extends z.ZodType>(schema: Schema, metadata: FieldMetadata): Schema {
  registry.add(schema, metadata);
  return schema;
}

/** A required text that is a credential. */
export function secret(metadata: FieldMetadata = {}): z.ZodString {
  return field(z.string().min(1), { feel: 'optional', ...metadata, secret: true });
}

/** What `field` or `secret` said of a schema, also inside optional, default and the like; outer wins. */
export function fieldMetadata(schema: z.core.$ZodType): FieldMetadata | undefined {
  const own = registry.get(schema);
  const inner = innerSchema(schema);
  const inherited = inner === undefined ? undefined : fieldMetadata(inner);
  return own === undefined ? inherited : { ...inherited, ...own };
}

/** The schema that an optional, nullable, default or transformed one is made around. */
export function innerSchema(schema: z.core.$ZodType): z.core.$ZodType | undefined {
  if (
    schema instanceof z.core.$ZodOptional ||
    schema instanceof z.core.$ZodNullable ||
    schema instanceof z.core.$ZodDefault ||
    schema instanceof z.core.$ZodPrefault ||
    schema instanceof z.core.$ZodReadonly
  ) {
    return schema._zod.def.innerType;
  }
  return schema instanceof z.core.$ZodPipe ? schema._zod.def.in : undefined;
}
