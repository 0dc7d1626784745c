import type { Clock, Logger } from '@bpmn-connectors/sdk';
import { backoff } from '../jobs/backoff.ts';
import { pause } from '../jobs/pause.ts';

/** What is done again and again. */
export interface LookoutOptions {
  readonly look: (signal: AbortSignal) => Promise<void>;
  /** Milliseconds after a look that succeeded. */
  readonly intervalMs: number;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Somebody who looks until told to stop. */
export interface Lookout {
  /** Resolves when `signal` aborts; failures do not end it. */
  watch(signal: AbortSignal): Promise<void>;
  /** Why the last look failed; undefined where it did not. */
  trouble(): string | undefined;
}

/** Milliseconds after looks that fail. */
const retry = { firstMs: 1000, mostMs: 60_000 };

/** Makes one. After failures it waits longer and longer, up to a minute; the first of them is logged. */
export function createLookout({ look, intervalMs, clock, logger }: LookoutOptions): Lookout {
  let failures = 0;
  let trouble: string | undefined;

  const failed = (error: unknown): void => {
    failures += 1;
    trouble = error instanceof Error ? error.message : 'unknown';
    const fields = { failures, reason: trouble };
    if (failures === 1) logger.warn(fields, 'The inbound elements cannot be read');
    else logger.debug(fields, 'The inbound elements still cannot be read');
  };

  const tryOnce = async (signal: AbortSignal): Promise<void> => {
    try {
      await look(signal);
      if (failures > 0) logger.info({ failures }, 'The inbound elements are read again');
      failures = 0;
      trouble = undefined;
    } catch (error) {
      if (!signal.aborted) failed(error);
    }
  };

  return {
    watch: async (signal) => {
      while (!signal.aborted) {
        await tryOnce(signal);
        const waitMs = failures === 0 ? intervalMs : backoff(failures, retry.firstMs, retry.mostMs);
        await pause(waitMs, clock, signal);
      }
    },
    trouble: () => trouble,
  };
}
