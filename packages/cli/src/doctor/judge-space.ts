import { statfs } from 'node:fs/promises';
import { type CheckResult, ok, warn } from './check-result.ts';

const gigabyte = 1_000_000_000;

/** @param measure tells blocks that are free for this user, and their size in bytes. */
export async function judgeSpace(
  folder: string,
  measure: (path: string) => Promise<{ readonly bavail: number; readonly bsize: number }> = statfs,
): Promise<CheckResult> {
  const { bavail, bsize } = await measure(folder);
  const free = bavail * bsize;
  const why = `${(free / gigabyte).toFixed(1)} GB are free`;
  return free < gigabyte
    ? warn('disk space', why, 'Make room, or choose another folder with --data')
    : ok('disk space', why);
}
