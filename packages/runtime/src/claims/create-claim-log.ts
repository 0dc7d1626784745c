import type { Journal, Outcome } from '@bpmn-connectors/sdk';
import type { ClaimOptions } from './claim-options.ts';
import { type ClaimRecord, claimAddress, claimOp, readClaimRecord } from './claim-record.ts';
import { createClaimIndex } from './create-claim-index.ts';
import { createSweep } from './create-sweep.ts';
import { loadClaims } from './load-claims.ts';
import type { StoredClaim } from './read-claim-page.ts';

/** A claim's key and its hash, which is made once. */
export interface HashedKey {
  readonly key: string;
  readonly hash: number;
}

/** Claims in the journal, one behind the other, found by an index in memory. */
export interface ClaimLog {
  /** Resolves when what an earlier process left behind is known. Once it failed, the next call tries anew. */
  load(): Promise<void>;
  /** The claim with this key, where there is one that has not expired. Nothing is read for a new key. */
  find(key: HashedKey): Promise<StoredClaim | undefined> | undefined;
  /** Stores a pending claim. @returns its number, when it is durable. */
  append(key: HashedKey): Promise<number>;
  /** Writes an outcome with the next transaction, over the pending claim where that was stored. */
  conclude(key: HashedKey, sequence: number | undefined, outcome: Outcome): void;
  /** Deletes a stored claim with the next transaction. */
  remove(key: HashedKey, sequence: number): void;
}

/** Begins to load at once. */
export function createClaimLog(
  journal: Journal,
  { retentionMs, clock }: Required<ClaimOptions>,
  hashKey: (key: string) => number,
): ClaimLog {
  const index = createClaimIndex();
  const isAlive = ({ at }: ClaimRecord): boolean => at + retentionMs > clock.now();
  const sweep = createSweep({ journal, index, hashKey, isAlive, retentionMs, clock });
  let last = 0;
  let loading: Promise<void> | undefined;

  const next = (): number => {
    last += 1;
    return last;
  };
  const loadAll = async (): Promise<void> => {
    try {
      last = await loadClaims(journal, index, hashKey, isAlive);
    } catch (error) {
      loading = undefined;
      throw error;
    }
  };
  const load = (): Promise<void> => {
    loading ??= loadAll();
    return loading;
  };
  // Whoever claims is told.
  load().catch(() => {});

  const search = async (
    key: string,
    among: readonly number[],
  ): Promise<StoredClaim | undefined> => {
    // What was noted is not to be read before it is written.
    await journal.commit(() => []);
    for (const sequence of among) {
      const record = readClaimRecord(await journal.get(...claimAddress(sequence)));
      if (record?.key === key && isAlive(record)) return { sequence, record };
    }
    return undefined;
  };

  return {
    load,
    find: ({ key, hash }) => {
      const candidates = index.find(hash);
      return candidates.length === 0 ? undefined : search(key, candidates);
    },
    append: async ({ key, hash }) => {
      const sequence = next();
      await journal.commit(() => [claimOp(sequence, { key, at: clock.now() })]);
      index.add(hash, sequence);
      return sequence;
    },
    conclude: ({ key, hash }, stored, outcome) => {
      const sequence = stored ?? next();
      journal.note(claimOp(sequence, { key, at: clock.now(), outcome }));
      index.add(hash, sequence);
      sweep();
    },
    remove: ({ hash }, sequence) => {
      journal.note(claimOp(sequence, null));
      index.remove(hash, sequence);
    },
  };
}
