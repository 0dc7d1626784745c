import type { Claim, Claims, Journal, Outcome } from '@bpmn-connectors/sdk';
import { type ClaimOptions, readClaimOptions } from './claim-options.ts';
import { createClaimLog, type HashedKey } from './create-claim-log.ts';
import { createKeyHash } from './create-key-hash.ts';
import { rememberedOutcome } from './remembered-outcome.ts';
import { type SettleLater, settleLater } from './settle-later.ts';

/** A claim that is being worked on; `stored`: the number of its record, where the journal has one. */
interface InFlight extends SettleLater<Outcome | undefined>, HashedKey {
  stored: number | undefined;
}

/**
 * Claims in a journal: they outlive the process. A success is noted and written with the next transaction.
 * A durable claim is stored as pending before its delivery is handed over; found again after a crash it is
 * granted with `again: true`, since its effect is not known: a delivery is never lost before it is never
 * done twice.
 *
 * Which keys are known is kept in memory, 23 to 46 bytes a claim, so that nothing is read for a new one. It
 * is loaded from the journal at once; the first claims wait for that, and are rejected if it fails. Of one
 * journal only one of these may be made at a time.
 * @param hashKey a whole number below 2^48 for a key; by default seeded at random.
 */
export function createJournalClaims(
  journal: Journal,
  options: ClaimOptions = {},
  hashKey: (key: string) => number = createKeyHash(),
): Claims {
  const log = createClaimLog(journal, readClaimOptions(options), hashKey);
  const inFlight = new Map<string, InFlight>();

  const settle = ({ key, resolve }: InFlight, outcome: Outcome | undefined): void => {
    inFlight.delete(key);
    resolve(outcome);
  };
  const take = async (mine: InFlight, durable: boolean): Promise<Claim> => {
    await log.load();
    const known = await log.find(mine);
    if (known?.record.outcome !== undefined) {
      settle(mine, known.record.outcome);
      return { status: 'done', outcome: known.record.outcome };
    }
    mine.stored = known?.sequence ?? (durable ? await log.append(mine) : undefined);
    return { status: 'claimed', again: known !== undefined };
  };

  return {
    claim: async (key, durable) => {
      const first = inFlight.get(key);
      if (first !== undefined) return { status: 'in-flight', settled: first.promise };
      const mine = {
        ...settleLater<Outcome | undefined>(),
        key,
        hash: hashKey(key),
        stored: undefined,
      };
      inFlight.set(key, mine);
      try {
        return await take(mine, durable);
      } catch (error) {
        settle(mine, undefined);
        throw error;
      }
    },
    confirm: (key, outcome) => {
      const mine = inFlight.get(key);
      if (mine === undefined) return;
      log.conclude(mine, mine.stored, rememberedOutcome(outcome));
      settle(mine, outcome);
    },
    release: (key, outcome) => {
      const mine = inFlight.get(key);
      if (mine === undefined) return;
      if (mine.stored !== undefined) log.remove(mine, mine.stored);
      settle(mine, outcome);
    },
  };
}
