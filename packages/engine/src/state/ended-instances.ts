import type { Clock, Journal, JsonObject } from '@bpmn-connectors/sdk';
import type { EngineLimits } from '../engine-options.ts';
import type { Committer } from './committer.ts';
import type { DueQueue } from './due-queue.ts';

/** Where ended instances are kept, by their key. */
export const endedNamespace = 'engine.ended';

/** What is kept of an ended instance. */
export interface EndedRecord {
  readonly processId: string;
  readonly version: number;
  readonly state: 'completed' | 'terminated';
  readonly startedAt: number;
  readonly endedAt: number;
  readonly variables: JsonObject;
}

/** What memory holds of an ended instance. */
export type EndedSummary = Pick<EndedRecord, 'processId' | 'state' | 'endedAt'>;

/** Ended instances, for inspection: in the journal, bounded in number and age. */
export interface EndedInstances {
  add(key: string, record: EndedRecord): void;
  /** Takes over what was found in the journal. */
  restore(summaries: readonly (readonly [key: string, summary: EndedSummary])[]): void;
  summaries(): ReadonlyMap<string, EndedSummary>;
  read(key: string): Promise<EndedRecord | undefined>;
}

interface Parts {
  readonly journal: Journal;
  readonly committer: Committer;
  readonly due: DueQueue;
  readonly clock: Clock;
  readonly limits: EngineLimits;
}

export function createEndedInstances(parts: Parts): EndedInstances {
  const { journal, committer, due, clock, limits } = parts;
  const kept = new Map<string, EndedSummary>();
  let armed = false;

  /** A map forgets its deleted front only now and then, so that it is cut by the slice, not one by one. */
  const most = limits.endedInstances + Math.floor(limits.endedInstances / 10);

  /** Drops from the front, where the oldest are, and comes back when the next is too old. */
  const prune = (): void => {
    const oldestKept = clock.now() - limits.endedRetentionMs;
    for (const [key, { endedAt }] of kept) {
      if (kept.size <= limits.endedInstances && endedAt > oldestKept) {
        if (!armed) due.schedule(endedAt + limits.endedRetentionMs, comeBack);
        armed = true;
        return;
      }
      kept.delete(key);
      committer.put(endedNamespace, key, null);
    }
  };
  const comeBack = (): void => {
    armed = false;
    prune();
  };

  return {
    add: (key, record) => {
      const { processId, state, endedAt } = record;
      kept.set(key, { processId, state, endedAt });
      committer.put(endedNamespace, key, JSON.stringify(record));
      if (kept.size > most || !armed) prune();
    },
    restore: (summaries) => {
      const byAge = summaries.toSorted(([, a], [, b]) => a.endedAt - b.endedAt);
      for (const [key, summary] of byAge) kept.set(key, summary);
      prune();
    },
    summaries: () => kept,
    read: async (key) => {
      const value = await journal.get(endedNamespace, key);
      return typeof value === 'string' ? readEnded(value) : undefined;
    },
  };
}

export function readEnded(text: string): EndedRecord {
  return JSON.parse(text);
}
