import { type CheckResult, ok, warn } from './check-result.ts';

/** Above it few events a second are on the disk before their answer. */
const slowMs = 20;

/** @param fsyncMs how long a write takes to be on the disk. */
export function judgeFsync(fsyncMs: number): CheckResult {
  const why = `a write is on it after ${fsyncMs.toFixed(1)} ms`;
  return fsyncMs > slowMs
    ? warn('disk', why, 'Put the data folder on a faster disk: every event waits for it')
    : ok('disk', why);
}
