/** One live instance per process and correlation key of the message that started it. */
export interface StartLocks {
  isTaken(processId: string, correlationKey: string): boolean;
  take(processId: string, correlationKey: string): void;
  release(processId: string, correlationKey: string): void;
}

export function createStartLocks(): StartLocks {
  const taken = new Map<string, Set<string>>();
  return {
    isTaken: (processId, correlationKey) => taken.get(processId)?.has(correlationKey) === true,
    take: (processId, correlationKey) => {
      const keys = taken.get(processId);
      if (keys === undefined) taken.set(processId, new Set([correlationKey]));
      else keys.add(correlationKey);
    },
    release: (processId, correlationKey) => {
      const keys = taken.get(processId);
      keys?.delete(correlationKey);
      if (keys?.size === 0) taken.delete(processId);
    },
  };
}
