import { setTimeout as delay } from 'node:timers/promises';

const intervalMs = 20;

/**
 * Asks again and again until there is something.
 * @throws {Error} saying what was missing after `timeoutMs`.
 */
export async function waitFor<Value>(
  what: string,
  ask: () => Promise<Value | undefined> | Value | undefined,
  timeoutMs = 20_000,
): Promise<Value> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const value = await ask();
    if (value !== undefined) return value;
    if (Date.now() > end) throw new Error(`${what} was waited for in vain (${timeoutMs / 1000} s)`);
    await delay(intervalMs);
  }
}
