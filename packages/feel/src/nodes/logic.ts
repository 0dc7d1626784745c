import { partOf } from './children.ts';
import type { CompileNode } from './compilation.ts';

/** `a and b`: false where one is false, null where one is no boolean. */
export const compileConjunction: CompileNode = (node, environment, compilation) => {
  const left = compilation.compile(partOf(node, 0, compilation), environment);
  const right = compilation.compile(partOf(node, 1, compilation), environment);
  return (frame) => {
    const first = left(frame);
    if (first === false) return false;
    const second = right(frame);
    if (second === false) return false;
    return first === true && second === true ? true : null;
  };
};

/** `a or b`: true where one is true, null where one is no boolean. */
export const compileDisjunction: CompileNode = (node, environment, compilation) => {
  const left = compilation.compile(partOf(node, 0, compilation), environment);
  const right = compilation.compile(partOf(node, 1, compilation), environment);
  return (frame) => {
    const first = left(frame);
    if (first === true) return true;
    const second = right(frame);
    if (second === true) return true;
    return first === false && second === false ? false : null;
  };
};

/** `if c then a else b`: only true takes the first branch. */
export const compileIf: CompileNode = (node, environment, compilation) => {
  const condition = compilation.compile(partOf(node, 0, compilation), environment);
  const yes = compilation.compile(partOf(node, 1, compilation), environment);
  const no = compilation.compile(partOf(node, 2, compilation), environment);
  return (frame) => (condition(frame) === true ? yes(frame) : no(frame));
};

/** `(a)` */
export const compileParentheses: CompileNode = (node, environment, compilation) =>
  compilation.compile(partOf(node, 0, compilation), environment);
