import type { Clock } from '@bpmn-connectors/sdk';
import { within } from '../time/within.ts';

/** Work under way. */
export interface Tasks {
  /** Knows of it until it ends. */
  readonly track: <Value>(work: Promise<Value>) => Promise<Value>;
  /** Runs one after the other. */
  readonly inTurn: <Value>(work: () => Promise<Value>) => Promise<Value>;
  /** Resolves when nothing that is tracked is under way, or after so many milliseconds. */
  readonly idle: (timeoutMs: number, clock: Clock) => Promise<void>;
}

/** Nothing is under way at first. */
export function createTasks(): Tasks {
  const pending = new Set<Promise<unknown>>();
  let turn: Promise<unknown> = Promise.resolve();
  return {
    track: (work) => {
      pending.add(work);
      const end = (): void => void pending.delete(work);
      work.then(end, end);
      return work;
    },
    inTurn: (work) => {
      const next = turn.then(work);
      turn = next.catch(() => {});
      return next;
    },
    idle: async (timeoutMs, clock) => {
      await within(Promise.allSettled(pending), timeoutMs, clock);
    },
  };
}
