import type { Journal, JournalOp, ScanOptions } from '@bpmn-connectors/sdk';
import { type ClaimRecord, claimNamespace, readClaimRecord, sequenceOf } from './claim-record.ts';

/** A record and the number that it is stored under. */
export interface StoredClaim {
  readonly sequence: number;
  readonly record: ClaimRecord;
}

/** Some claims of the journal, the oldest first. */
export interface ClaimPage {
  readonly alive: readonly StoredClaim[];
  readonly expired: readonly StoredClaim[];
  /** Deletes what is expired, and what is no claim. */
  readonly removals: readonly JournalOp[];
  /** The last key of the page; undefined when there is none left. */
  readonly last: string | undefined;
}

/** Reads a page of claims. */
export async function readClaimPage(
  journal: Journal,
  options: ScanOptions,
  isAlive: (record: ClaimRecord) => boolean,
): Promise<ClaimPage> {
  const alive: StoredClaim[] = [];
  const expired: StoredClaim[] = [];
  const removals: JournalOp[] = [];
  const entries = await journal.scan(claimNamespace, options);
  for (const { key, value } of entries) {
    const record = readClaimRecord(value);
    const lives = record !== undefined && isAlive(record);
    if (record !== undefined) (lives ? alive : expired).push({ sequence: sequenceOf(key), record });
    if (!lives) removals.push({ namespace: claimNamespace, key, value: null });
  }
  return { alive, expired, removals, last: entries.at(-1)?.key };
}
