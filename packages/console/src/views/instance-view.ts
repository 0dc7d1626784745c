import { z } from 'zod';

/** States of a process instance. */
export const instanceStateSchema = z.enum(['active', 'completed', 'terminated', 'incident']);

/** A process instance. */
export const instanceViewSchema = z.object({
  key: z.string(),
  processId: z.string(),
  version: z.int(),
  state: instanceStateSchema,
  variables: z.record(z.string(), z.unknown()),
  startedAt: z.string(),
  endedAt: z.string().optional(),
  elements: z.array(z.object({ elementId: z.string(), state: z.enum(['active', 'incident']) })),
});
