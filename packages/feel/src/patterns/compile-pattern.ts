import { FeelEvaluationError } from '../feel-evaluation-error.ts';
import { charge, type Run } from '../run/run.ts';
import { parsePattern } from './parse-pattern.ts';
import { patternEffort } from './pattern-effort.ts';
import { readFlags } from './pattern-flags.ts';
import { type PatternNode, patternSource } from './pattern-node.ts';

/** A regular expression that was found safe. */
export interface CompiledPattern {
  /** With the flag `g`; a fresh object, as it keeps a position. */
  readonly regExp: () => RegExp;
  /** @throws {FeelEvaluationError} FEEL_LIMIT_TEXT where the text is too long for this pattern */
  readonly checkInput: (text: string, run: Run) => void;
}

/** Steps of the engine that one application may take: some hundredths of a second at worst. */
const mostWork = 5e7;
/** What of it counts as one step of the evaluation. */
const workPerStep = 600;
/** As each beginning of a match costs more than going on with it. */
const triesPerStep = 100;

/** Searching for `.*x` finds whether there is `x`, without trying each beginning. */
function withoutLeadingDots(node: PatternNode): PatternNode {
  const [first, ...rest] = node.kind === 'sequence' ? node.items : [];
  if (first?.kind !== 'repeat' || first.min !== 0 || patternSource(first.item) !== '.') return node;
  return { kind: 'sequence', items: rest };
}

/**
 * Reads and checks a regular expression.
 * @param searchOnly the caller only asks whether it matches.
 * @throws {PatternProblem}
 */
export function compilePattern(
  pattern: string,
  flags: string,
  searchOnly: boolean,
): CompiledPattern {
  const read = readFlags(pattern, flags);
  const { ignoreCase, multiline, dotAll } = read.flags;
  const parsed = parsePattern(read.body, read.flags);
  const node = searchOnly ? withoutLeadingDots(parsed) : parsed;
  const { power, factor, width } = patternEffort(node, multiline);
  const longest = Math.floor((mostWork / factor) ** (1 / power));
  const tries = (length: number): number => (factor * width * length) / triesPerStep;
  const stepsFor = (length: number): number =>
    1 +
    Math.floor(tries(length) + (factor * Math.max(1, width / 2) * length ** power) / workPerStep);
  const source = patternSource(node);
  const engineFlags = `gu${ignoreCase ? 'i' : ''}${multiline ? 'm' : ''}${dotAll ? 's' : ''}`;
  const checked = new RegExp(source, engineFlags);
  return {
    regExp: () => new RegExp(checked),
    checkInput(text, run) {
      const limit = Math.min(longest, run.limits.patternInput);
      if (text.length <= limit) {
        charge(run, stepsFor(text.length));
        return;
      }
      throw new FeelEvaluationError(
        'FEEL_LIMIT_TEXT',
        `A regular expression is applied to a text of more than ${limit} characters` +
          (limit < run.limits.patternInput
            ? ': the more ".*" and the like it has, the shorter the texts it takes'
            : ' (limit patternInput)'),
      );
    },
  };
}
