import { randomUUID } from 'node:crypto';
import { rememberedOutcome } from '@bpmn-connectors/runtime';
import {
  type Claims,
  type Clock,
  type Logger,
  type Outcome,
  silentLogger,
  systemClock,
} from '@bpmn-connectors/sdk';
import { type ClaimRow, createClaimTable, type Query } from './create-claim-table.ts';
import { pollClaim } from './poll-claim.ts';
import { takeSharedClaim } from './take-shared-claim.ts';

/** How claims are shared. Clocks of replicas must agree to well within `takeOverMs`. */
export interface SharedClaimOptions {
  /** Milliseconds for which a processed delivery is remembered. @default 90000000 (25 h) */
  readonly retentionMs?: number;
  /**
   * Milliseconds after which a pending claim is taken for that of a dead replica. More than a start may
   * take, or it is done twice.
   * @default 60000
   */
  readonly takeOverMs?: number;
  readonly clock?: Clock;
  readonly logger?: Logger;
}

/** Claims of several replicas. */
export interface SharedClaims extends Claims {
  /** Resolves when what was confirmed and released before is written: for whoever closes the database. */
  flush(): Promise<void>;
}

/** A claim that is being worked on in this process. */
interface Mine {
  readonly owner: string;
  readonly settled: Promise<Outcome | undefined>;
  readonly settle: (outcome: Outcome | undefined) => void;
}

const hourMs = 3_600_000;

/**
 * Claims in a table of a database that all replicas reach, made by `claimTableSchema`. A durable claim is
 * stored as pending before its delivery is handed over; whoever else asks waits until it is settled, and
 * takes it over, flagged `again`, when its owner is not heard of for `takeOverMs`.
 * @example
 * const claims = createSharedClaims((sql, parameters) => pool.query(sql, [...parameters]).then(({ rows }) => rows));
 * const connectorRuntime = createConnectorRuntime({ processRuntime: camunda8, connectors, claims, journal });
 */
export function createSharedClaims(query: Query, options: SharedClaimOptions = {}): SharedClaims {
  const { retentionMs = 25 * hourMs, takeOverMs = 60_000 } = options;
  const { clock = systemClock, logger = silentLogger } = options;
  const table = createClaimTable(query);
  const mine = new Map<string, Mine>();
  const elsewhere = new Map<string, Promise<Outcome | undefined>>();
  const writes = new Set<Promise<void>>();
  let sweepAt = clock.now();

  const isFresh = ({ at, outcome }: ClaimRow): boolean =>
    clock.now() < at + (outcome === undefined ? takeOverMs : retentionMs);
  const settle = (key: string, outcome: Outcome | undefined): void => {
    mine.get(key)?.settle(outcome);
    mine.delete(key);
  };
  const watch = (key: string): Promise<Outcome | undefined> => {
    const known = elsewhere.get(key);
    if (known !== undefined) return known;
    const settled = pollClaim(() => table.read(key), isFresh, { clock, atMostMs: takeOverMs });
    const watched = settled.finally(() => elsewhere.delete(key));
    elsewhere.set(key, watched);
    return watched;
  };
  /** Those who wait are told when it is written: what they ask next they find. */
  const write = (key: string, outcome: Outcome | undefined, writing: Promise<void>): void => {
    const written = writing
      .catch((error: unknown) => logger.error({ err: error }, 'A claim could not be written'))
      .then(() => settle(key, outcome))
      .finally(() => writes.delete(written));
    writes.add(written);
  };
  const sweep = async (): Promise<void> => {
    if (clock.now() < sweepAt) return;
    sweepAt = clock.now() + hourMs;
    await table
      .removeOlder(clock.now() - retentionMs)
      .catch((error: unknown) => logger.warn({ err: error }, 'Old claims could not be deleted'));
  };

  return {
    claim: async (key, durable) => {
      const first = mine.get(key);
      if (first !== undefined) return { status: 'in-flight', settled: first.settled };
      const attempt = createAttempt();
      mine.set(key, attempt);
      try {
        const claim = await takeSharedClaim(
          { key, owner: attempt.owner, durable },
          { table, clock, isFresh, watch },
        );
        if (claim.status === 'done') settle(key, claim.outcome);
        if (claim.status === 'in-flight') settle(key, undefined);
        return claim;
      } catch (error) {
        settle(key, undefined);
        throw error;
      }
    },
    confirm: (key, outcome) => {
      const owner = mine.get(key)?.owner;
      if (owner === undefined) return;
      const remembered = rememberedOutcome(outcome);
      write(key, outcome, table.conclude(key, owner, clock.now(), remembered).then(sweep));
    },
    release: (key, outcome) => {
      const owner = mine.get(key)?.owner;
      if (owner !== undefined) write(key, outcome, table.remove(key, owner));
    },
    flush: async () => {
      await Promise.all(writes);
    },
  };
}

function createAttempt(): Mine {
  let settle: Mine['settle'] = () => {};
  const settled = new Promise<Outcome | undefined>((resolve) => {
    settle = resolve;
  });
  return { owner: randomUUID(), settled, settle: (outcome) => settle(outcome) };
}
