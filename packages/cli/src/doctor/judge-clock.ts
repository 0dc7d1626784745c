import { type CheckResult, fail, ok, warn } from './check-result.ts';

/** AWS refuses signatures beyond this. */
const refusedMs = 5 * 60_000;

/** Tokens and signatures of senders are taken with so much tolerance. */
const tolerantMs = 30_000;

/** @param aheadMs by how many milliseconds our clock is ahead of AWS's; below 0: behind. */
export function judgeClock(aheadMs: number): CheckResult {
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  const why = `${seconds} s ${aheadMs < 0 ? 'behind' : 'ahead of'} AWS`;
  const fix = 'Set the clock of this machine: NTP';
  if (Math.abs(aheadMs) > refusedMs) return fail('clock', why, fix);
  return Math.abs(aheadMs) > tolerantMs ? warn('clock', why, fix) : ok('clock', why);
}
