import { z } from 'zod';

/** An inbound element and the address at which it is reached. */
export const endpointViewSchema = z.object({
  webhookId: z.string(),
  urls: z.array(z.string()),
  method: z.string(),
  auth: z.string(),
  processId: z.string(),
  version: z.int().optional(),
  elementId: z.string(),
  subtype: z.string().optional(),
  state: z.enum(['active', 'queued', 'failed']),
  health: z.enum(['up', 'degraded', 'down']).optional(),
  reason: z.string().optional(),
  warnings: z.array(z.string()),
  counts: z.record(z.string(), z.int()),
  lastDeliveryAt: z.string().nullable(),
});
