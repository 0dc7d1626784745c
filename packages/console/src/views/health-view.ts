import { z } from 'zod';

const statusSchema = z.enum(['up', 'degraded', 'down']);

/** Health of the whole and, where asked for readiness, of its parts. */
export const healthViewSchema = z.object({
  status: statusSchema,
  parts: z
    .record(z.string(), z.object({ status: statusSchema, reason: z.string().optional() }))
    .optional(),
});
