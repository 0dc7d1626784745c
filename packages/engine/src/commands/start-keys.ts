import type { Clock, Journal, Outcome, Started } from '@bpmn-connectors/sdk';
import type { Committer } from '../state/committer.ts';
import type { DueQueue } from '../state/due-queue.ts';
import { scanAll } from '../state/scan-all.ts';

/** Where idempotency keys of starts are kept. */
const startNamespace = 'engine.start';

const sweepEveryMs = 3_600_000;

/** Remembers which start an idempotency key led to. Only what is under way is held in memory. */
export interface StartKeys {
  /** Runs `start` unless the key is known; whoever comes with the same key meanwhile waits for it. */
  once(key: string, start: () => Promise<Outcome>): Promise<Outcome>;
  /** Stores what a key led to, with the instance itself. */
  remember(key: string, first: Started): void;
  /** Drops what is too old, now and every hour. */
  sweep(): void;
}

interface StartRecord {
  readonly processInstanceKey: string;
  readonly expires: number;
}

interface Parts {
  readonly journal: Journal;
  readonly committer: Committer;
  readonly clock: Clock;
  readonly due: DueQueue;
  readonly idempotencyMs: number;
}

export function createStartKeys(parts: Parts): StartKeys {
  const { journal, committer, clock, due, idempotencyMs } = parts;
  const underWay = new Map<string, Promise<Outcome>>();

  const find = async (key: string): Promise<Outcome | undefined> => {
    const value = await journal.get(startNamespace, key);
    if (typeof value !== 'string') return undefined;
    const { processInstanceKey, expires } = readStart(value);
    if (expires <= clock.now()) return undefined;
    return { status: 'duplicate', first: { status: 'started', processInstanceKey } };
  };

  const sweep = async (): Promise<void> => {
    const now = clock.now();
    for await (const [key, text] of scanAll(journal, startNamespace)) {
      // A key that is just being used again is about to be overwritten.
      if (readStart(text).expires > now || underWay.has(key)) continue;
      committer.put(startNamespace, key, null);
    }
  };

  return {
    once: async (key, start) => {
      for (let first = underWay.get(key); first !== undefined; first = underWay.get(key)) {
        const outcome = await first;
        if (outcome.status === 'started') return { status: 'duplicate', first: startedOf(outcome) };
        if (outcome.status === 'duplicate') return outcome;
      }
      const run = find(key).then((known) => known ?? start());
      underWay.set(key, run);
      return run.finally(() => underWay.delete(key));
    },
    remember: (key, { processInstanceKey }) => {
      const record: StartRecord = { processInstanceKey, expires: clock.now() + idempotencyMs };
      committer.put(startNamespace, key, JSON.stringify(record));
    },
    sweep: function repeat() {
      sweep().catch(() => undefined);
      due.schedule(clock.now() + sweepEveryMs, repeat);
    },
  };
}

const startedOf = ({ processInstanceKey }: Started): Started => ({
  status: 'started',
  processInstanceKey,
});

function readStart(text: string): StartRecord {
  return JSON.parse(text);
}
