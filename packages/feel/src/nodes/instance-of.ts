import type { Kind } from '../values/internal-value.ts';
import { kindOf } from '../values/kind.ts';
import { maskedTextOf, partOf } from './children.ts';
import type { CompileNode } from './compilation.ts';

const types: Readonly<Record<string, readonly Kind[]>> = {
  boolean: ['boolean'],
  number: ['number'],
  string: ['string'],
  list: ['list'],
  context: ['context'],
  range: ['range'],
  date: ['date'],
  time: ['time', 'local time'],
  'date and time': ['date and time', 'local date and time'],
  'years and months duration': ['years and months duration'],
  'days and time duration': ['days and time duration'],
};

/** `a instance of number`; null is an instance of nothing, everything else of `Any`. */
export const compileInstanceOf: CompileNode = (node, environment, compilation) => {
  const value = compilation.compile(partOf(node, 0, compilation), environment);
  const type = partOf(node, 1, compilation);
  const name = maskedTextOf(type, compilation).replace(/\s+/g, ' ');
  if (name === 'Any') return (frame) => kindOf(value(frame)) !== 'null';
  const kinds = Object.hasOwn(types, name) ? types[name] : undefined;
  if (kinds === undefined) {
    const known = Object.keys(types).join(', ');
    throw compilation.refuse(type, `"${name}" is no type; known are ${known}, Any`);
  }
  return (frame) => kinds.includes(kindOf(value(frame)));
};
