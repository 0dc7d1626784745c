import { PatternProblem } from './pattern-problem.ts';

/** How a regular expression is to be read. */
export interface PatternFlags {
  readonly ignoreCase: boolean;
  readonly multiline: boolean;
  readonly dotAll: boolean;
}

/**
 * Reads flags, and those that a pattern begins with: `(?i)`.
 * @throws {PatternProblem} for flags other than i, m, s
 */
export function readFlags(pattern: string, flags: string): { body: string; flags: PatternFlags } {
  const [head = '', inline = ''] = /^\(\?([a-zA-Z]+)\)/.exec(pattern) ?? [];
  const all = flags + inline;
  const unknown = /[^ims]/.exec(all)?.[0];
  if (unknown !== undefined) {
    throw new PatternProblem(
      `The flag "${unknown}" of a regular expression is not supported (i, m, s)`,
    );
  }
  return {
    body: pattern.slice(head.length),
    flags: {
      ignoreCase: all.includes('i'),
      multiline: all.includes('m'),
      dotAll: all.includes('s'),
    },
  };
}
