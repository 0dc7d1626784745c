import type { JournalOp, JournalValue, Outcome } from '@bpmn-connectors/sdk';

/** Where claims lie in the journal. */
export const claimNamespace = 'claim';

/** A stored claim. Without `outcome` it is pending: an attempt began and was not seen to end. */
export interface ClaimRecord {
  /** What was claimed. */
  readonly key: string;
  /** Epoch milliseconds of the last change. */
  readonly at: number;
  readonly outcome?: Outcome;
}

const base = 36;

/** Enough for a thousand claims a millisecond for a century, and never beyond 2^53. */
const digits = 10;

/**
 * Records are stored under the number of their making, not under the key of the claim, which is random:
 * new ones lie side by side, so that a transaction changes few pages of the file.
 */
const storedKey = (sequence: number): string => sequence.toString(base).padStart(digits, '0');

/** The number that a record is stored under. */
export const sequenceOf = (stored: string): number => Number.parseInt(stored, base);

/** Writes the record with this number; null deletes it. */
export const claimOp = (sequence: number, record: ClaimRecord | null): JournalOp => ({
  namespace: claimNamespace,
  key: storedKey(sequence),
  value: record === null ? null : JSON.stringify(record),
});

/** Where the record with this number is to be read. */
export const claimAddress = (sequence: number): readonly [namespace: string, key: string] => [
  claimNamespace,
  storedKey(sequence),
];

/** Reads what `claimOp` wrote; undefined for anything else. */
export function readClaimRecord(value: JournalValue | undefined): ClaimRecord | undefined {
  if (typeof value !== 'string') return undefined;
  const record: Partial<ClaimRecord> = JSON.parse(value);
  const { key, at, outcome } = record;
  if (typeof key !== 'string' || typeof at !== 'number') return undefined;
  return outcome === undefined ? { key, at } : { key, at, outcome };
}
