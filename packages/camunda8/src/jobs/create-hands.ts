/** Things in hand, so many at a time; more wait for their turn. */
export interface Hands<Thing> {
  /** Begins it now, or when there is room. */
  take(thing: Thing): void;
  /** How many more could begin now. */
  room(): number;
  /** Forgets those that have not begun, and tells which. */
  giveBack(): readonly Thing[];
  /** Resolves when none is in hand. */
  idle(): Promise<void>;
}

/**
 * Works at most `maxActive` things at a time.
 * @param work never rejects.
 * @param onRoom called when one has ended and none waits.
 */
export function createHands<Thing>(
  maxActive: number,
  work: (thing: Thing) => Promise<void>,
  onRoom: () => void,
): Hands<Thing> {
  let active = 0;
  let waiting: Thing[] = [];
  let rest: (() => void)[] = [];

  const begin = async (thing: Thing): Promise<void> => {
    active += 1;
    await work(thing);
    active -= 1;
    const next = waiting.shift();
    if (next !== undefined) void begin(next);
    else onRoom();
    if (active > 0) return;
    for (const resolve of rest) resolve();
    rest = [];
  };

  return {
    take: (thing) => {
      if (active < maxActive) void begin(thing);
      else waiting.push(thing);
    },
    room: () => Math.max(0, maxActive - active - waiting.length),
    giveBack: () => {
      const given = waiting;
      waiting = [];
      return given;
    },
    idle: () =>
      active === 0
        ? Promise.resolve()
        : new Promise((resolve) => {
            rest.push(resolve);
          }),
  };
}
