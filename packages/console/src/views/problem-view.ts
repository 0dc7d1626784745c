import { z } from 'zod';

/** An error's body (RFC 9457, `application/problem+json`). */
export const problemViewSchema = z.object({
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string().optional(),
  problems: z
    .array(z.object({ where: z.string(), reason: z.string(), fix: z.string() }))
    .optional(),
});
