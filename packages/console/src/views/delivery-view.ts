import { z } from 'zod';

/** How a delivery ended. */
export const deliveryViewSchema = z.object({
  id: z.string(),
  connectorType: z.string(),
  endpoint: z.string(),
  at: z.string(),
  status: z.int().optional(),
  outcome: z.string(),
  step: z.string(),
  durationMs: z.number(),
  processInstanceKey: z.string().optional(),
  traceId: z.string().optional(),
  problem: z.string().optional(),
});
