import { UsageError } from '../configuration/usage-error.ts';

/** Flags of commands that look at models and have the options of `run` too. */
export interface ModelFlags {
  readonly json: boolean;
  /** Job types that others work. */
  readonly otherJobTypes: readonly string[];
  /** What is left: the options of `run`. */
  readonly argv: readonly string[];
}

/**
 * Takes out the two flags that `run` does not have.
 * @throws {UsageError} a flag lacks its value.
 */
export function takeModelFlags(argv: readonly string[]): ModelFlags {
  const rest: string[] = [];
  const otherJobTypes: string[] = [];
  let json = false;
  for (let index = 0; index < argv.length; index++) {
    const [flag = '', inline] = (argv[index] ?? '').split('=', 2);
    if (flag === '--json') json = true;
    else if (flag === '--other-job-types') {
      const value = inline ?? argv[++index];
      if (value === undefined) throw new UsageError(['--other-job-types needs a value: a,b']);
      otherJobTypes.push(...value.split(',').map((type) => type.trim()));
    } else rest.push(argv[index] ?? '');
  }
  return { json, otherJobTypes, argv: rest };
}
