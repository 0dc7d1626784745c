import { z } from 'zod';

/** Something that stopped an instance and waits for a person. */
export const incidentViewSchema = z.object({
  key: z.string(),
  instanceKey: z.string(),
  processId: z.string(),
  elementId: z.string(),
  code: z.string(),
  message: z.string(),
  createdAt: z.string(),
});
