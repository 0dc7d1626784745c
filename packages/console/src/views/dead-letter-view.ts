import { z } from 'zod';

/** An authentic event that could not be processed and is kept until somebody sees to it. */
export const deadLetterViewSchema = z.object({
  id: z.string(),
  webhookId: z.string(),
  at: z.string(),
  step: z.string(),
  code: z.string(),
  message: z.string(),
});

/** A dead letter with what was received and how far it came when read again now. */
export const deadLetterDetailSchema = deadLetterViewSchema.extend({
  envelope: z.record(z.string(), z.unknown()),
  bodyBase64: z.string(),
  steps: z.array(
    z.object({
      step: z.string(),
      decision: z.string(),
      value: z.unknown().optional(),
      reason: z.string().optional(),
    }),
  ),
});
