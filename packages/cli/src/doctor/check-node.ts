import { type CheckResult, fail, ok } from './check-result.ts';

const numbersOf = (version: string): readonly number[] =>
  (/\d+(\.\d+)*/.exec(version)?.[0] ?? '').split('.').map(Number);

function isBelow(version: string, least: string): boolean {
  const given = numbersOf(version);
  const wanted = numbersOf(least);
  const at = wanted.findIndex((number, index) => number !== (given[index] ?? 0));
  return at >= 0 && (given[at] ?? 0) < (wanted[at] ?? 0);
}

/**
 * @param version as `process.version` has it: `v20.19.0`.
 * @param range the least version: `>=20.19.0`.
 */
export const checkNode = (version: string, range: string): CheckResult =>
  isBelow(version, range)
    ? fail(`Node ${version}`, `it must be ${range}`, 'Install a newer version of Node')
    : ok(`Node ${version}`);
