import { FeelEvaluationError } from '../feel-evaluation-error.ts';
import { type CompiledPattern, compilePattern } from '../patterns/compile-pattern.ts';
import { expandReplacement } from '../patterns/expand-replacement.ts';
import { charge, chargeSearch, claimText, type Run } from '../run/run.ts';
import { isText } from '../values/kind.ts';
import { type Builtin, builtin, type Call, predicate } from './builtin.ts';

type Apply = (
  text: string,
  pattern: CompiledPattern,
  args: readonly unknown[],
  run: Run,
) => unknown;

/** Where the pattern comes from data, its sender could make it run for ever. */
const fromData: Call = () => {
  throw new FeelEvaluationError(
    'FEEL_PATTERN',
    'A regular expression must be written in the expression itself, as a literal text',
  );
};

function patternFunction(made: Builtin, flagsAt: number | undefined, apply: Apply): Builtin {
  const searchOnly = made.predicate;
  return {
    ...made,
    prepare(literals) {
      const pattern = literals[1];
      const given = flagsAt !== undefined && literals.length > flagsAt;
      const flags = given ? literals[flagsAt] : '';
      if (pattern === undefined || flags === undefined) return fromData;
      const compiled = compilePattern(pattern, flags, searchOnly);
      return (args, run) => {
        const [text] = args;
        if (!isText(text)) return null;
        compiled.checkInput(text, run);
        return apply(text, compiled, args, run);
      };
    },
  };
}

const matches: Apply = (text, { regExp }) => regExp().test(text);

const extract: Apply = (text, { regExp }, _, run) => {
  const found = text.match(regExp()) ?? [];
  charge(run, 1 + found.length);
  return [...found];
};

const replace: Apply = (text, { regExp }, [, , replacement], run) => {
  if (!isText(replacement)) return null;
  charge(run, 1 + replacement.length);
  const expand = expandReplacement(replacement);
  if (expand === null) return null;
  let length = text.length;
  let valid = true;
  const result = text.replace(regExp(), (...found: unknown[]) => {
    const expanded = expand(found);
    valid &&= expanded !== null;
    length += expanded?.length ?? 0;
    if (length > run.limits.textLength) claimText(run, length);
    charge(run, 1 + (replacement.length >> 4));
    return expanded ?? '';
  });
  return valid ? result : null;
};

/** As Java splits: nothing is dropped at the end, nothing made before a first match of no characters. */
function splitByPattern(text: string, { regExp }: CompiledPattern, run: Run): string[] {
  const parts: string[] = [];
  let at = 0;
  for (const found of text.matchAll(regExp())) {
    if (found[0] === '' && found.index === 0 && text !== '') continue;
    parts.push(text.slice(at, found.index));
    at = found.index + found[0].length;
  }
  parts.push(text.slice(at));
  charge(run, parts.length);
  return parts;
}

const isPlain = (delimiter: string): boolean =>
  !/[\\^$.*+?()[\]{}|]/.test(delimiter) && delimiter !== '';

function splitPlain(delimiter: string): Call {
  return ([text], run) => {
    if (!isText(text)) return null;
    chargeSearch(run, text, delimiter);
    const parts = text.split(delimiter);
    charge(run, parts.length);
    return parts;
  };
}

function split(): Builtin {
  const made = patternFunction(
    builtin('split', ['string, delimiter'], fromData),
    undefined,
    (text, pattern, _, run) => splitByPattern(text, pattern, run),
  );
  return {
    ...made,
    prepare(literals) {
      const delimiter = literals[1];
      if (delimiter !== undefined && isPlain(delimiter)) return splitPlain(delimiter);
      return made.prepare?.(literals) ?? fromData;
    },
  };
}

const replaceSignatures = ['input, pattern, replacement', 'input, pattern, replacement, flags'];

/** Functions that take regular expressions: literal ones only, read and checked when the expression is compiled. */
export const patternBuiltins: readonly Builtin[] = [
  patternFunction(
    predicate('matches', ['input, pattern', 'input, pattern, flags'], fromData),
    2,
    matches,
  ),
  patternFunction(builtin('replace', replaceSignatures, fromData), 3, replace),
  patternFunction(builtin('extract', ['string, pattern'], fromData), undefined, extract),
  split(),
];
