import { z } from 'zod';

/** A dead letter as the management API lists it; what a newer one tells beyond that is kept. */
const deadLetterSchema = z.looseObject({
  id: z.string(),
  webhookId: z.string(),
  at: z.string(),
  step: z.string(),
  code: z.string(),
  message: z.string(),
});

/** A dead letter with what was received and what each step decides now. */
export const deadLetterDetailSchema = deadLetterSchema.extend({
  envelope: z.record(z.string(), z.unknown()),
  bodyBase64: z.string(),
  steps: z.array(
    z.looseObject({
      step: z.string(),
      decision: z.string(),
      value: z.unknown().optional(),
      reason: z.string().optional(),
    }),
  ),
});

/** A page of the list. */
export const deadLetterPageSchema = z.looseObject({
  items: z.array(deadLetterSchema),
  cursor: z.string().nullable(),
});

/** What became of a replay. */
export const replaySchema = z.looseObject({
  outcome: z.string(),
  reason: z.string().exactOptional(),
});

/** An event that could not be processed. */
export type DeadLetter = z.output<typeof deadLetterSchema>;

/** All that is told of one. */
export type DeadLetterDetail = z.output<typeof deadLetterDetailSchema>;

/** The outcome's status, and why it is no success. */
export type Replay = z.output<typeof replaySchema>;
