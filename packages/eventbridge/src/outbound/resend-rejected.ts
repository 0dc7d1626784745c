import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { type Clock, isConnectorError } from '@bpmn-connectors/sdk';
import { awsErrorOf } from './aws-errors.ts';
import { pause } from './pause.ts';
import type { PutEventsAnswer } from './put-events.ts';

/** How entries are sent again. */
export interface ResendSettings {
  /** The first included. */
  readonly maxAttempts: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** From 0 to 1. @default Math.random */
  readonly random?: () => number;
}

/** The first pause is drawn from 0 to this, the next from 0 to twice this, and so on. */
const firstPauseMs = 200;
const longestPauseMs = 5000;
/** No attempt begins later than this after the first. */
const longestMs = 20_000;

const mayPass = ({ ErrorCode }: { readonly ErrorCode?: string | undefined }): boolean =>
  ErrorCode !== undefined && awsErrorOf(ErrorCode)?.retryable === true;

/** What became of the other entries counts more than trouble that may pass: the refusals stay as they are. */
function unlessPassing(error: unknown): undefined {
  if (!isConnectorError(error) || !error.retryable) throw error;
}

/**
 * Sends entries, and those that were refused for a passing reason again, without the others: the AWS SDK
 * does not, since the call as such succeeded. The pauses have full jitter
 * (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
 * @returns the last call's answer with the result of every entry.
 */
export async function resendRejected(
  entries: readonly PutEventsRequestEntry[],
  send: (entries: readonly PutEventsRequestEntry[]) => Promise<PutEventsAnswer>,
  { maxAttempts, clock, signal, random = Math.random }: ResendSettings,
): Promise<PutEventsAnswer> {
  const start = clock.now();
  let answer = await send(entries);
  if (!answer.entries.some(mayPass)) return answer;
  const results = [...answer.entries];
  for (let attempt = 1; attempt < maxAttempts; attempt++) {
    const refused = [...results.keys()].filter((index) => mayPass(results[index] ?? {}));
    const pauseMs = random() * Math.min(firstPauseMs * 2 ** (attempt - 1), longestPauseMs);
    if (refused.length === 0 || clock.now() + pauseMs - start > longestMs) break;
    await pause(clock, pauseMs, signal);
    const sending = send(refused.map((index) => entries[index] ?? {}));
    const isPartial = refused.length < results.length;
    const again = await (isPartial ? sending.catch(unlessPassing) : sending);
    if (again === undefined) break;
    answer = again;
    for (const [position, index] of refused.entries()) {
      results[index] = answer.entries[position] ?? {};
    }
  }
  return { ...answer, entries: results };
}
