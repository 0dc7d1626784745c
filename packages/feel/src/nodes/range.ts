import { RangeValue } from '../values/range-value.ts';
import { maskedTextOf, partOf } from './children.ts';
import type { CompileNode } from './compilation.ts';

/** `[a..b]`, `(a..b)`, `]a..b[`. What begins with an operator instead needs a value on its left. */
export const compileRange: CompileNode = (node, environment, compilation) => {
  const interval = partOf(node, 0, compilation);
  if (interval.name !== 'Interval') {
    throw compilation.refuse(node, 'A comparison needs a value on its left');
  }
  const start = compilation.compile(partOf(interval, 0, compilation), environment);
  const end = compilation.compile(partOf(interval, 1, compilation), environment);
  const text = maskedTextOf(interval, compilation);
  const startIncluded = text.startsWith('[');
  const endIncluded = text.endsWith(']');
  return (frame) =>
    new RangeValue({ start: start(frame), startIncluded, end: end(frame), endIncluded });
};
