import { FeelEvaluationError } from '../feel-evaluation-error.ts';
import { isText, kindOf } from '../values/kind.ts';
import { type Builtin, builtin, predicate } from './builtin.ts';

function not([value]: readonly unknown[]): unknown {
  return typeof value === 'boolean' ? !value : null;
}

function assert([value, condition, cause]: readonly unknown[]): unknown {
  if (condition === true) return value;
  // the text is the author's only where it is a literal; it may hold data, so it is not told
  const told = isText(cause) ? ' (with a cause of its own)' : '';
  throw new FeelEvaluationError(
    'FEEL_ASSERT',
    `An assertion of the expression is not fulfilled${told}`,
  );
}

/** Functions on booleans, and those that ask whether there is a value. */
export const booleanBuiltins: readonly Builtin[] = [
  predicate('not', ['negand'], not),
  predicate('is defined', ['value'], ([value]) => kindOf(value) !== 'null'),
  builtin('get or else', ['value, default'], ([value, otherwise]) =>
    kindOf(value) === 'null' ? otherwise : value,
  ),
  builtin('assert', ['value, condition', 'value, condition, cause'], assert),
];
