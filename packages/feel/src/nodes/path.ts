import type { Evaluate } from '../run/run.ts';
import { readPath } from '../values/read-path.ts';
import { partOf } from './children.ts';
import type { CompileNode } from './compilation.ts';
import { strictNameOf } from './name.ts';

/** `a.b` */
export const compilePath: CompileNode = (node, environment, compilation) => {
  const base = partOf(node, 0, compilation);
  if (base.name === 'SimplePositiveUnaryTest') {
    throw compilation.refuse(base, 'A range has no paths');
  }
  const key = strictNameOf(partOf(node, 1, compilation), compilation);
  const inner: Evaluate =
    base.name === 'PathExpression'
      ? compilePath(base, environment, compilation)
      : compilation.compile(base, environment);
  return (frame) => readPath(inner(frame), key, frame.run);
};
