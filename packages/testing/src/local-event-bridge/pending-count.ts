/** Counts what is under way. */
export interface PendingCount {
  readonly begin: () => void;
  readonly end: () => void;
  /** Resolves when nothing is under way. */
  readonly idle: () => Promise<void>;
}

/** Makes a count of none. */
export function createPendingCount(): PendingCount {
  const waiting = new Set<() => void>();
  let count = 0;
  return {
    begin: () => {
      count += 1;
    },
    end: () => {
      count -= 1;
      if (count > 0) return;
      for (const resolve of waiting) resolve();
      waiting.clear();
    },
    idle: () => (count === 0 ? Promise.resolve() : new Promise((resolve) => waiting.add(resolve))),
  };
}
