import { z } from 'zod';
import { configurationSchema } from './configuration-schema.ts';

/** One option of the configuration under all its names. */
export interface Option {
  /** Key in the file: `managementPort`. */
  readonly key: keyof typeof configurationSchema.shape;
  /** `--management-port`. */
  readonly flag: string;
  /** `BPMN_CONNECTORS_MANAGEMENT_PORT`. */
  readonly variable: string;
  /** What stands after the flag: `PORT`. Undefined: a switch. */
  readonly argument: string | undefined;
  readonly description: string;
  /** Undefined where there is none. */
  readonly defaultText: string | undefined;
  readonly schema: z.ZodType;
}

const metaSchema = z.object({ argument: z.string().optional(), description: z.string() });

const defaultText = (schema: z.ZodType): string | undefined => {
  const { data } = z.safeParse(schema, undefined);
  if (data === undefined || data === false) return undefined;
  if (Array.isArray(data)) return data.join(',') || undefined;
  return typeof data === 'string' ? data : JSON.stringify(data);
};

/** The options in the order of the table. */
export const options: readonly Option[] = configurationSchema.keyof().options.map((key) => {
  const schema = configurationSchema.shape[key];
  const words = key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return {
    key,
    flag: `--${words}`,
    variable: `BPMN_CONNECTORS_${words.replaceAll('-', '_').toUpperCase()}`,
    ...metaSchema.parse(schema.meta()),
    argument: metaSchema.parse(schema.meta()).argument,
    defaultText: defaultText(schema),
    schema,
  };
});
