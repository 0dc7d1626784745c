import type { JournalValue, Outcome } from '@bpmn-connectors/sdk';

/** Where claims lie in the journal. */
export const claimNamespace = 'claim';

/** A stored claim. Without `outcome` it is pending: an attempt began and was not seen to end. */
export interface ClaimRecord {
  /** Epoch milliseconds of the last change. */
  readonly at: number;
  readonly outcome?: Outcome;
}

/** As it is stored. */
export const writeClaimRecord = (record: ClaimRecord): string => JSON.stringify(record);

/** Reads what `writeClaimRecord` wrote; undefined for anything else. */
export function readClaimRecord(value: JournalValue | undefined): ClaimRecord | undefined {
  if (typeof value !== 'string') return undefined;
  const record: ClaimRecord = JSON.parse(value);
  return record;
}
