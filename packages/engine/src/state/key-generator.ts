import type { Clock } from '@bpmn-connectors/sdk';

/** Makes keys that sort by age as text and are never given twice, over restarts either. */
export interface KeyGenerator {
  next(): string;
  /** Tells of a key found in the journal: what comes next is greater. */
  seen(key: string): void;
}

/** Keys in a millisecond before they run ahead of the clock. Leaves room up to the year 2109. */
const keysPerMillisecond = 2048;

const keyLength = 16;

export function createKeyGenerator(clock: Clock): KeyGenerator {
  let last = 0;
  return {
    next: () => {
      last = Math.max(clock.now() * keysPerMillisecond, last + 1);
      return String(last).padStart(keyLength, '0');
    },
    seen: (key) => {
      last = Math.max(last, Number(key));
    },
  };
}
