import type { DeadLetter } from './dead-letter.ts';

/** Dead letters by id and by the keys of their events, with their size in all. */
export interface LetterIndex {
  get(id: string): DeadLetter | undefined;
  /** The letter of an event that is known by one of these keys. */
  findByKeys(keys: readonly string[]): DeadLetter | undefined;
  /** Also in place of an earlier form of the same letter. */
  add(letter: DeadLetter): void;
  /** Whether there was one. */
  remove(id: string): boolean;
  /** Those that were added last come last. */
  all(): Iterable<DeadLetter>;
  size(): number;
  bytes(): number;
}

/** Empty at first. */
export function createLetterIndex(): LetterIndex {
  const letters = new Map<string, DeadLetter>();
  const idsByKey = new Map<string, string>();
  let bytes = 0;

  const remove = (id: string): boolean => {
    const letter = letters.get(id);
    if (letter === undefined) return false;
    letters.delete(id);
    bytes -= letter.bytes;
    for (const key of letter.keys) if (idsByKey.get(key) === id) idsByKey.delete(key);
    return true;
  };

  return {
    get: (id) => letters.get(id),
    findByKeys: (keys) => {
      const id = keys.map((key) => idsByKey.get(key)).find((found) => found !== undefined);
      return id === undefined ? undefined : letters.get(id);
    },
    add: (letter) => {
      remove(letter.id);
      letters.set(letter.id, letter);
      bytes += letter.bytes;
      for (const key of letter.keys) idsByKey.set(key, letter.id);
    },
    remove,
    all: () => letters.values(),
    size: () => letters.size,
    bytes: () => bytes,
  };
}
