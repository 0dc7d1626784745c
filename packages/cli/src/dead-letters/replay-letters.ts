import type { ManagementClient } from '../management/create-management-client.ts';
import type { DeadLetterFlags } from './dead-letter-flags.ts';

/** What became of one dead letter. */
export interface LetterReplay {
  readonly id: string;
  /** The outcome's status; `gone`: there is no such letter. */
  readonly outcome: string;
  readonly reason?: string;
  /** The event is in, and the letter is closed. */
  readonly success: boolean;
}

const successes: readonly string[] = ['started', 'correlated', 'accepted', 'duplicate'];

/** Replays letters one after the other, of several the oldest first, as they came. */
export async function* replayLetters(
  client: ManagementClient,
  { ids, webhookId }: Pick<DeadLetterFlags, 'ids' | 'webhookId'>,
): AsyncGenerator<LetterReplay> {
  const named = ids.length > 0;
  const letters = named ? ids.map((id) => ({ id })) : await client.deadLetters(webhookId);
  for (const { id } of named ? letters : letters.toReversed()) {
    const result = await client.replay(id);
    yield result === undefined
      ? // A redelivery may have closed it since it was listed.
        { id, outcome: 'gone', success: !named, reason: 'there is no such dead letter' }
      : { id, ...result, success: successes.includes(result.outcome) };
  }
}
