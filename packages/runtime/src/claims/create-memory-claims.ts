import type { Claim, Claims, Outcome } from '@bpmn-connectors/sdk';
import { type ClaimOptions, readClaimOptions } from './claim-options.ts';
import { rememberedOutcome } from './remembered-outcome.ts';
import { type SettleLater, settleLater } from './settle-later.ts';

/** Options of claims in memory. */
export interface MemoryClaimOptions extends ClaimOptions {
  /** Processed deliveries to remember; the oldest are forgotten first. @default 1000000 */
  readonly maxEntries?: number;
}

/**
 * Claims of one process, forgotten when it ends: for tests, and where redeliveries after a restart do no
 * harm.
 */
export function createMemoryClaims(options: MemoryClaimOptions = {}): Claims {
  const { retentionMs, clock } = readClaimOptions(options);
  const { maxEntries = 1_000_000 } = options;
  const inFlight = new Map<string, SettleLater<Outcome | undefined>>();
  /** In the order in which they were confirmed, hence in the order in which they expire. */
  const done = new Map<string, { readonly outcome: Outcome; readonly expiresAt: number }>();

  const settle = (key: string, outcome: Outcome | undefined): void => {
    inFlight.get(key)?.resolve(outcome);
    inFlight.delete(key);
  };
  const prune = (): void => {
    const now = clock.now();
    for (const [key, { expiresAt }] of done) {
      if (expiresAt > now && done.size <= maxEntries) return;
      done.delete(key);
    }
  };

  return {
    claim: async (key): Promise<Claim> => {
      prune();
      const first = inFlight.get(key);
      if (first !== undefined) return { status: 'in-flight', settled: first.promise };
      const known = done.get(key);
      if (known !== undefined) return { status: 'done', outcome: known.outcome };
      inFlight.set(key, settleLater());
      return { status: 'claimed', again: false };
    },
    confirm: (key, outcome) => {
      done.delete(key);
      done.set(key, {
        outcome: rememberedOutcome(outcome),
        expiresAt: clock.now() + retentionMs,
      });
      settle(key, outcome);
    },
    release: settle,
  };
}
