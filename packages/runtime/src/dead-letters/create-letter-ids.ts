import type { Clock } from '@bpmn-connectors/sdk';

/** Makes ids of dead letters. */
export interface LetterIds {
  next(): string;
  /** Goes on behind an id that was given before a restart. */
  after(id: string): void;
}

const base = 36;
const digits = 12;
const stampsPerMs = 1000;

/** Ids of milliseconds and a counter below them, so that they sort as they were given. */
export function createLetterIds(clock: Clock): LetterIds {
  let last = 0;
  return {
    next: () => {
      last = Math.max(last + 1, clock.now() * stampsPerMs);
      return last.toString(base).padStart(digits, '0');
    },
    after: (id) => {
      last = Math.max(last, Number.parseInt(id, base));
    },
  };
}
