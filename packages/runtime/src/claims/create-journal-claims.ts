import type { Claim, Claims, Journal, JournalOp, Outcome } from '@bpmn-connectors/sdk';
import { type ClaimOptions, readClaimOptions } from './claim-options.ts';
import {
  type ClaimRecord,
  claimNamespace,
  readClaimRecord,
  writeClaimRecord,
} from './claim-record.ts';
import { createRecent } from './create-recent.ts';
import { createSweep } from './create-sweep.ts';
import { rememberedOutcome } from './remembered-outcome.ts';
import { type SettleLater, settleLater } from './settle-later.ts';

/** A claim that is being worked on; `stored`: there is a record of it in the journal. */
interface InFlight extends SettleLater<Outcome | undefined> {
  stored: boolean;
}

/** Half of it is enough for what is noted within the 100 ms in which a note may not be in the file yet. */
const recentEntries = 20_000;

/**
 * Claims in a journal: they outlive the process. A success is noted and written with the next transaction.
 * A durable claim is stored as pending before its delivery is handed over; found again after a crash it is
 * granted with `again: true`, since its effect is not known: a delivery is never lost before it is never
 * done twice.
 */
export function createJournalClaims(journal: Journal, options: ClaimOptions = {}): Claims {
  const { retentionMs, clock } = readClaimOptions(options);
  const inFlight = new Map<string, InFlight>();
  /** Null: released. */
  const recent = createRecent<ClaimRecord | null>(recentEntries);
  const isAlive = ({ at }: ClaimRecord): boolean => at + retentionMs > clock.now();
  const sweep = createSweep(journal, isAlive);
  const opOf = (key: string, record: ClaimRecord | null): JournalOp => ({
    namespace: claimNamespace,
    key,
    value: record === null ? null : writeClaimRecord(record),
  });
  const find = async (key: string): Promise<ClaimRecord | undefined> => {
    const written = recent.get(key);
    const record =
      written === undefined ? readClaimRecord(await journal.get(claimNamespace, key)) : written;
    return record && isAlive(record) ? record : undefined;
  };
  const settle = (key: string, outcome: Outcome | undefined): void => {
    inFlight.get(key)?.resolve(outcome);
    inFlight.delete(key);
  };

  const take = async (key: string, durable: boolean, mine: InFlight): Promise<Claim> => {
    const known = await find(key);
    if (known?.outcome !== undefined) {
      settle(key, known.outcome);
      return { status: 'done', outcome: known.outcome };
    }
    mine.stored = durable || known !== undefined;
    if (durable && known === undefined) {
      await journal.commit(() => [opOf(key, { at: clock.now() })]);
    }
    return { status: 'claimed', again: known !== undefined };
  };

  return {
    claim: async (key, durable) => {
      const first = inFlight.get(key);
      if (first !== undefined) return { status: 'in-flight', settled: first.promise };
      const mine = { ...settleLater<Outcome | undefined>(), stored: false };
      inFlight.set(key, mine);
      try {
        return await take(key, durable, mine);
      } catch (error) {
        settle(key, undefined);
        throw error;
      }
    },
    confirm: (key, outcome) => {
      const record = { at: clock.now(), outcome: rememberedOutcome(outcome) };
      journal.note(opOf(key, record));
      recent.set(key, record);
      settle(key, outcome);
      sweep();
    },
    release: (key, outcome) => {
      if (inFlight.get(key)?.stored === true) {
        journal.note(opOf(key, null));
        recent.set(key, null);
      }
      settle(key, outcome);
    },
  };
}
