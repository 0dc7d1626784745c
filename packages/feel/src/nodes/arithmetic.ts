import { claimText, type Run } from '../run/run.ts';
import { add, divide, multiply, power, subtract } from '../values/decimal-arithmetic.ts';
import { temporalArithmetic } from '../values/temporal-arithmetic.ts';
import { maskedTextOf, partOf, partsOf } from './children.ts';
import type { CompileNode } from './compilation.ts';

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

const onNumbers: Readonly<Record<string, (a: number, b: number) => number | null>> = {
  '+': (a, b) => finite(add(a, b)),
  '-': (a, b) => finite(subtract(a, b)),
  '*': (a, b) => finite(multiply(a, b)),
  '/': (a, b) => (b === 0 ? null : finite(divide(a, b))),
  '**': (a, b) => finite(power(a, b)),
};

function onOthers(operator: string, a: unknown, b: unknown, run: Run): unknown {
  if (operator === '+' && typeof a === 'string' && typeof b === 'string') {
    claimText(run, a.length + b.length);
    return a + b;
  }
  return temporalArithmetic(operator, a, b, run);
}

/** `-a`: numbers only. */
const compileNegation: CompileNode = (node, environment, compilation) => {
  const operand = compilation.compile(partOf(node, 1, compilation), environment);
  return (frame) => {
    const value = operand(frame);
    return typeof value === 'number' ? 0 - value : null;
  };
};

/** `a + b` and the like: numbers, texts joined by `+`, temporal values; else null. */
export const compileArithmetic: CompileNode = (node, environment, compilation) => {
  if (partsOf(node).length === 2) return compileNegation(node, environment, compilation);
  const left = compilation.compile(partOf(node, 0, compilation), environment);
  const operator = maskedTextOf(partOf(node, 1, compilation), compilation);
  const right = compilation.compile(partOf(node, 2, compilation), environment);
  const calculate = onNumbers[operator];
  if (calculate === undefined) throw compilation.refuse(node, `Unknown operator "${operator}"`);
  return (frame) => {
    const a = left(frame);
    const b = right(frame);
    if (typeof a === 'number' && typeof b === 'number') return calculate(a, b);
    return onOthers(operator, a, b, frame.run);
  };
};
