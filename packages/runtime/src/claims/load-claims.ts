import type { Journal } from '@bpmn-connectors/sdk';
import type { ClaimRecord } from './claim-record.ts';
import type { ClaimIndex } from './create-claim-index.ts';
import { readClaimPage } from './read-claim-page.ts';

/**
 * Indexes the claims that an earlier process left behind, and deletes those that expired meanwhile.
 * @returns the highest number that a record has, 0 when there is none.
 */
export async function loadClaims(
  journal: Journal,
  index: ClaimIndex,
  hashKey: (key: string) => number,
  isAlive: (record: ClaimRecord) => boolean,
): Promise<number> {
  let highest = 0;
  for (let after = ''; ; ) {
    const { alive, expired, removals, last } = await readClaimPage(journal, { after }, isAlive);
    if (last === undefined) return highest;
    for (const { sequence, record } of alive) index.add(hashKey(record.key), sequence);
    const newest = [alive.at(-1), expired.at(-1)].map((claim) => claim?.sequence ?? 0);
    highest = Math.max(highest, ...newest);
    if (removals.length > 0) await journal.commit(() => removals);
    after = last;
  }
}
