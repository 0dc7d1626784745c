import { charge } from '../run/run.ts';
import { partsOf } from './children.ts';
import type { CompileNode } from './compilation.ts';

/** `[a, b]` */
export const compileList: CompileNode = (node, environment, compilation) => {
  const items = partsOf(node).map((item) => compilation.compile(item, environment));
  return (frame) => {
    charge(frame.run, items.length >> 2);
    return items.map((item) => item(frame));
  };
};
