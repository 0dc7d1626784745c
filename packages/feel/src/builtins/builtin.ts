import type { Run } from '../run/run.ts';

/** Does the work. Gets one value for each parameter, in order; for `...rest` all that are left. */
export type Call = (args: readonly unknown[], run: Run) => unknown;

/** One way to call a function. */
export interface Signature {
  readonly parameters: readonly string[];
  /** The last parameter takes any number of values, one at least. */
  readonly variadic: boolean;
}

/** A function that expressions call by name. */
export interface Builtin {
  readonly name: string;
  readonly signatures: readonly Signature[];
  readonly call: Call;
  /** Gives true, false or null only. */
  readonly predicate: boolean;
  /**
   * Makes the call for one place, given the arguments that are literal texts there (regular expressions are
   * read and checked then).
   * @throws {PatternProblem}
   */
  readonly prepare?: (literals: readonly (string | undefined)[]) => Call;
}

function signature(text: string): Signature {
  const parameters = text === '' ? [] : text.split(', ');
  const variadic = parameters.at(-1)?.startsWith('...') === true;
  return { parameters: parameters.map((name) => name.replace('...', '')), variadic };
}

/** @param signatures names of the parameters: `['list, start position', '...list']` */
export const builtin = (name: string, signatures: readonly string[], call: Call): Builtin => ({
  name,
  signatures: signatures.map(signature),
  call,
  predicate: false,
});

/** A function that gives true, false or null only. */
export const predicate = (name: string, signatures: readonly string[], call: Call): Builtin => ({
  ...builtin(name, signatures, call),
  predicate: true,
});
