import type { Clock } from '../clock/clock.ts';
import { isConnectorError } from '../errors/error-shape.ts';
import type { SubscriptionContext } from './subscription.ts';

/** How to poll. */
export interface PollOptions {
  /** Milliseconds from the end of a run to the begin of the next. The first begins at once. */
  readonly everyMs: number;
  /**
   * Looks for events once and hands them over. Rejects when the source cannot be reached, or an event has to
   * be offered again; a `ConnectorError` with `retryAfterMs` asks for a longer pause.
   * @param signal aborts when polling stops.
   */
  readonly run: (signal: AbortSignal) => Promise<void>;
  /** Milliseconds to which pauses grow, doubling with each failure in a row. @default 60000 */
  readonly maxBackoffMs?: number;
  /** Milliseconds that stopping waits for a run that does not heed its signal. @default 5000 */
  readonly stopTimeoutMs?: number;
}

/**
 * Runs a function again and again, never twice at a time, and reports `up` or `down` to operators.
 * @returns stops: aborts the run in flight and resolves when it has ended. What `activate` returns.
 * @example
 * activate: async ({ url }, context) =>
 *   poll({ everyMs: 1000, run: (signal) => takeMessages(url, context, signal) }, context),
 */
export function poll(
  options: PollOptions,
  context: Pick<SubscriptionContext, 'clock' | 'logger' | 'report'>,
): () => Promise<void> {
  const { everyMs, run, stopTimeoutMs = 5000 } = options;
  const { clock } = context;
  const outcome = createReporter(context);
  const stopping = new AbortController();
  const { signal } = stopping;
  let running: Promise<void> = Promise.resolve();
  let cancel = (): void => {};

  const turn = async (): Promise<void> => {
    let pauseMs = everyMs;
    try {
      await run(signal);
      if (!signal.aborted) outcome.succeeded();
    } catch (error) {
      if (!signal.aborted) pauseMs = pauseAfter(error, outcome.failed(error), options);
    }
    if (!signal.aborted) next(pauseMs);
  };
  const next = (delayMs: number): void => {
    cancel = clock.schedule(delayMs, () => {
      running = turn();
    });
  };

  next(0);
  return async () => {
    cancel();
    stopping.abort();
    await endWithin(running, stopTimeoutMs, clock);
  };
}

function pauseAfter(
  error: unknown,
  failures: number,
  { everyMs, maxBackoffMs = 60_000 }: PollOptions,
): number {
  const asked = isConnectorError(error) ? (error.retryAfterMs ?? 0) : 0;
  return Math.max(everyMs, asked, Math.min(everyMs * 2 ** failures, maxBackoffMs));
}

/** Logs where it changes, so that a source that is away for a night does not fill the log. */
function createReporter({ logger, report }: Pick<SubscriptionContext, 'logger' | 'report'>) {
  let failures = 0;
  return {
    succeeded: (): void => {
      if (failures > 0) logger.info({ failures }, 'Polling works again');
      failures = 0;
      report({ status: 'up' });
    },
    failed: (error: unknown): number => {
      failures += 1;
      const code = isConnectorError(error) ? error.code : 'POLL_FAILED';
      if (failures === 1) logger.warn({ code }, 'Polling failed and is tried again');
      report({ status: 'down', reason: error instanceof Error ? error.message : code });
      return failures;
    },
  };
}

/** `work` never rejects. */
const endWithin = (work: Promise<void>, timeoutMs: number, clock: Clock): Promise<void> =>
  new Promise((resolve) => {
    const cancel = clock.schedule(timeoutMs, resolve);
    void work.then(() => {
      cancel();
      resolve();
    });
  });
