/** What was set last, forgotten by the generation: the newest half of `entries` is always there. */
export interface Recent<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
}

/**
 * A map of about the last `entries` keys. Two generations take turns, because a map whose oldest entries
 * are deleted one by one is slow to find its oldest.
 */
export function createRecent<Value>(entries: number): Recent<Value> {
  let newer = new Map<string, Value>();
  let older = new Map<string, Value>();
  return {
    get: (key) => (newer.has(key) ? newer.get(key) : older.get(key)),
    set: (key, value) => {
      newer.set(key, value);
      if (newer.size * 2 < entries) return;
      older = newer;
      newer = new Map();
    },
  };
}
