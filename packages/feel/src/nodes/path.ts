import { readPath } from '../values/read-path.ts';
import { partOf } from './children.ts';
import type { CompileNode } from './compilation.ts';
import { strictNameOf } from './name.ts';
import { compileVariable } from './variable.ts';

/** An explanation tells whole paths only: not `a` and `a.b` of `a.b.c`. */
const compileBase: CompileNode = (base, environment, compilation) => {
  switch (base.name) {
    case 'PathExpression':
      return compilePath(base, environment, compilation);
    case 'VariableName':
      return compileVariable(base, environment, compilation);
    default:
      return compilation.compile(base, environment);
  }
};

/** `a.b` */
export const compilePath: CompileNode = (node, environment, compilation) => {
  const base = partOf(node, 0, compilation);
  if (base.name === 'SimplePositiveUnaryTest') {
    throw compilation.refuse(base, 'A range has no paths');
  }
  const key = strictNameOf(partOf(node, 1, compilation), compilation);
  const inner = compileBase(base, environment, compilation);
  return (frame) => readPath(inner(frame), key, frame.run);
};
