import { aggregateBuiltins } from './aggregate-builtins.ts';
import { booleanBuiltins } from './boolean-builtins.ts';
import type { Builtin } from './builtin.ts';
import { contextBuiltins } from './context-builtins.ts';
import { conversionBuiltins } from './conversion-builtins.ts';
import { listBuiltins } from './list-builtins.ts';
import { numericBuiltins } from './numeric-builtins.ts';
import { patternBuiltins } from './pattern-builtins.ts';
import { rangeBuiltins } from './range-builtins.ts';
import { stringBuiltins } from './string-builtins.ts';
import { temporalBuiltins } from './temporal-builtins.ts';

/** All built-in functions by name. */
export const builtins: ReadonlyMap<string, Builtin> = new Map(
  [
    ...stringBuiltins,
    ...patternBuiltins,
    ...numericBuiltins,
    ...booleanBuiltins,
    ...listBuiltins,
    ...aggregateBuiltins,
    ...contextBuiltins,
    ...conversionBuiltins,
    ...temporalBuiltins,
    ...rangeBuiltins,
  ].map((made) => [made.name, made]),
);
