import { setTimeout as sleep } from 'node:timers/promises';
import { isConnectorError, type Logger } from '@bpmn-connectors/sdk';

/** Milliseconds between attempts: doubled each time. */
const pauses = { firstMs: 250, longestMs: 10_000 };

/**
 * Does it again and again while it fails in a way that may pass: a process runtime that is not there yet.
 * @throws whatever will not pass, and when `signal` aborts.
 */
export async function untilReached(
  { logger, signal }: { readonly logger: Logger; readonly signal: AbortSignal | undefined },
  act: () => Promise<unknown>,
): Promise<void> {
  for (let pauseMs = pauses.firstMs; ; pauseMs = Math.min(pauseMs * 2, pauses.longestMs)) {
    try {
      await act();
      return;
    } catch (error) {
      if (!isConnectorError(error) || !error.retryable) throw error;
      logger.warn(
        { reason: error.message, againInMs: pauseMs },
        'The process runtime cannot be reached: webhooks answer 503 until it can',
      );
    }
    await sleep(pauseMs, undefined, signal === undefined ? {} : { signal });
  }
}
