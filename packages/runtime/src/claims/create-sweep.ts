import type { Clock, Journal } from '@bpmn-connectors/sdk';
import type { ClaimRecord } from './claim-record.ts';
import type { ClaimIndex } from './create-claim-index.ts';
import { readClaimPage } from './read-claim-page.ts';

/** What is swept, and when it expires. */
export interface SweepOptions {
  readonly journal: Journal;
  readonly index: ClaimIndex;
  readonly hashKey: (key: string) => number;
  readonly isAlive: (record: ClaimRecord) => boolean;
  readonly retentionMs: number;
  readonly clock: Clock;
}

const claimsPerSweep = 500;
const claimsPerPage = 500;

/**
 * Removes expired claims as new ones are made. Records are in the order of time, so that it looks at the
 * oldest page only, and at the next when all of that one had expired.
 * @returns to be called once for each new claim.
 */
export function createSweep(options: SweepOptions): () => void {
  const { journal, index, hashKey, isAlive, retentionMs, clock } = options;
  let made = 0;
  let dueAt = 0;
  let sweeping = false;

  const sweepPage = async (): Promise<'more' | 'done'> => {
    const page = await readClaimPage(journal, { limit: claimsPerPage }, isAlive);
    for (const { sequence, record } of page.expired) index.remove(hashKey(record.key), sequence);
    if (page.removals.length > 0) await journal.commit(() => page.removals);
    if (page.last !== undefined && page.alive.length === 0) return 'more';
    const oldest = page.alive.map(({ record }) => record.at);
    dueAt = Math.min(clock.now(), ...oldest) + retentionMs;
    return 'done';
  };
  const sweep = async (): Promise<void> => {
    sweeping = true;
    try {
      while ((await sweepPage()) === 'more');
    } catch {
      // A journal that cannot be used fails the claims themselves; nothing is lost with a sweep.
    } finally {
      sweeping = false;
    }
  };

  return () => {
    made += 1;
    if (made < claimsPerSweep || sweeping || clock.now() < dueAt) return;
    made = 0;
    void sweep();
  };
}
