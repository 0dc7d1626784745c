import type { Journal } from '@bpmn-connectors/sdk';
import { type ClaimRecord, claimNamespace, readClaimRecord } from './claim-record.ts';

/** One step looks at twice as many claims as were made since the last: what is kept stays within 1.5 times of what is alive. */
const claimsPerStep = 500;
const lookedAtPerStep = 1000;

/**
 * Removes expired claims a little at a time, as new ones are made.
 * @returns to be called once for each new claim.
 */
export function createSweep(
  journal: Journal,
  isAlive: (record: ClaimRecord) => boolean,
): () => void {
  let made = 0;
  let after = '';

  const step = async (): Promise<void> => {
    const entries = await journal.scan(claimNamespace, { after, limit: lookedAtPerStep });
    for (const { key, value } of entries) {
      const record = readClaimRecord(value);
      if (record !== undefined && isAlive(record)) continue;
      journal.note({ namespace: claimNamespace, key, value: null });
    }
    after = entries.length < lookedAtPerStep ? '' : (entries.at(-1)?.key ?? '');
  };

  return () => {
    made += 1;
    if (made % claimsPerStep !== 0) return;
    // A journal that cannot be read fails the claims themselves; nothing is lost with a sweep.
    step().catch(() => {});
  };
}
