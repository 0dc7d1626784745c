import { z } from 'zod';

/**
 * A schema as the text of a JSON schema: for `inbound.payloadSchema` of a webhook. What JSON schemas cannot say (that
 * two members exclude each other) is left out.
 * @example
 * payloadSchemaOf(BrazeEventSchema); // '{"$schema":"https://json-schema.org/draft/2020-12/schema", …'
 */
export const payloadSchemaOf = (schema: z.ZodType): string =>
  JSON.stringify(z.toJSONSchema(schema, { io: 'input' }));
