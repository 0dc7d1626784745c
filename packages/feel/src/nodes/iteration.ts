import { partOf } from './children.ts';
import type { CompileNode } from './compilation.ts';
import { compileIterators } from './iterators.ts';

/** `for x in a return b`: null where `a` is no list. */
export const compileFor: CompileNode = (node, environment, compilation) => {
  const bodyNode = partOf(node, 1, compilation);
  const inNode = partOf(node, 0, compilation);
  const iterators = compileIterators(inNode, bodyNode, environment, compilation);
  const body = compilation.compile(bodyNode, iterators.environment);
  return (frame) => {
    const results: unknown[] = [];
    const complete = iterators.visitAll(frame, (inside) => {
      results.push(body(inside));
      return true;
    });
    return complete ? results : null;
  };
};

/**
 * `some x in a satisfies b`, `every …`: `some` is true where one is true, `every` false where one is false;
 * otherwise null where one is no boolean or `a` is no list.
 */
export const compileQuantified: CompileNode = (node, environment, compilation) => {
  const decisive = node.getChild('some') !== null;
  const bodyNode = partOf(node, 1, compilation);
  const inNode = partOf(node, 0, compilation);
  const iterators = compileIterators(inNode, bodyNode, environment, compilation);
  const condition = compilation.compile(bodyNode, iterators.environment);
  return (frame) => {
    let result: boolean | null = !decisive;
    const complete = iterators.visitAll(frame, (inside) => {
      const found = condition(inside);
      if (found === decisive) result = decisive;
      else if (found !== !decisive) result = null;
      return found !== decisive;
    });
    return complete ? result : null;
  };
};
