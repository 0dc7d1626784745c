import { ConfigurationError } from '@bpmn-connectors/sdk';

/** Lets so many work at once; the others wait in the order in which they came. */
export interface Slots {
  /**
   * Resolves with what frees the slot, to be called once; undefined where the signal aborted first.
   */
  take(signal: AbortSignal): Promise<(() => void) | undefined>;
}

/**
 * @param count how many; undefined: no limit.
 * @throws {ConfigurationError} it is no whole number from 1 on.
 */
export function createSlots(count: number | undefined): Slots {
  if (count === undefined) return { take: async () => nothing };
  if (!Number.isInteger(count) || count < 1) {
    throw new ConfigurationError([
      {
        where: 'createOutbound / maxActive',
        reason: `${count} is no whole number from 1 on`,
        fix: 'Give the number of jobs to be worked at once, or leave it out',
      },
    ]);
  }
  const waiting = new Set<() => void>();
  let free = count;
  const release = (): void => {
    const [next] = waiting;
    if (next === undefined) free += 1;
    else next();
  };
  return {
    take: (signal) => {
      if (signal.aborted) return Promise.resolve(undefined);
      if (free > 0) {
        free -= 1;
        return Promise.resolve(release);
      }
      return new Promise((resolve) => {
        const leave = (taken: (() => void) | undefined): void => {
          waiting.delete(enter);
          signal.removeEventListener('abort', giveUp);
          resolve(taken);
        };
        const enter = (): void => leave(release);
        const giveUp = (): void => leave(undefined);
        waiting.add(enter);
        signal.addEventListener('abort', giveUp);
      });
    },
  };
}

const nothing = (): void => {};
