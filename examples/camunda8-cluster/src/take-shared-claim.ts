import type { Claim, Clock, Outcome } from '@bpmn-connectors/sdk';
import type { ClaimRow, ClaimTable } from './create-claim-table.ts';

/** An attempt to get a claim. */
export interface ClaimAttempt {
  readonly key: string;
  readonly owner: string;
  readonly durable: boolean;
}

/** What taking a claim goes by. */
export interface TakeEnvironment {
  readonly table: ClaimTable;
  readonly clock: Clock;
  /** Whether an outcome is still remembered, or the owner of a pending claim still believed in. */
  readonly isFresh: (row: ClaimRow) => boolean;
  /** Resolves when another replica's claim is settled. */
  readonly watch: (key: string) => Promise<Outcome | undefined>;
}

const granted = { status: 'claimed', again: false } as const;

/** Gets the claim, or tells who has it. Where another replica changes it in between, it is looked at anew. */
export async function takeSharedClaim(
  attempt: ClaimAttempt,
  environment: TakeEnvironment,
): Promise<Claim> {
  for (;;) {
    const claim = await tryOnce(attempt, environment);
    if (claim !== undefined) return claim;
  }
}

async function tryOnce(
  { key, owner, durable }: ClaimAttempt,
  { table, clock, isFresh, watch }: TakeEnvironment,
): Promise<Claim | undefined> {
  if (durable && (await table.insert(key, owner, clock.now()))) return granted;
  const row = await table.read(key);
  if (row === undefined) return durable ? undefined : granted;
  const { outcome } = row;
  if (!isFresh(row)) {
    const isOurs = await table.takeOver(key, row, owner, clock.now());
    return isOurs ? { status: 'claimed', again: outcome === undefined } : undefined;
  }
  return outcome === undefined
    ? { status: 'in-flight', settled: watch(key) }
    : { status: 'done', outcome };
}
