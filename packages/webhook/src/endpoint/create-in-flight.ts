/** Knows how many pieces of work are under way. */
export interface InFlight {
  track<T>(work: Promise<T>): Promise<T>;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

export function createInFlight(): InFlight {
  let count = 0;
  let waiting: (() => void)[] = [];
  const ended = (): void => {
    count--;
    if (count > 0) return;
    for (const wake of waiting) wake();
    waiting = [];
  };
  return {
    track: (work) => {
      count++;
      work.then(ended, ended);
      return work;
    },
    idle: () =>
      count === 0 ? Promise.resolve() : new Promise((resolve) => void waiting.push(resolve)),
  };
}
