import { charge, deeper } from '../run/run.ts';
import { FunctionValue } from '../values/function-value.ts';
import { partOf, partsOf } from './children.ts';
import type { CompileNode } from './compilation.ts';
import { effortOf } from './effort.ts';
import { nameOf } from './name.ts';

/** What a call takes beside its body. */
const callSteps = 2;

/** `function(a, b) a + b`; types of parameters are not checked. */
export const compileFunctionDefinition: CompileNode = (node, environment, compilation) => {
  if (node.getChild('external') !== null) {
    throw compilation.refuse(node, 'External functions are not supported');
  }
  const names = partsOf(partOf(node, 0, compilation)).map((parameter) =>
    nameOf(partOf(parameter, 0, compilation), compilation),
  );
  const bodyNode = partOf(partOf(node, 1, compilation), 0, compilation);
  const effort = effortOf(bodyNode);
  const body = compilation.compile(bodyNode, {
    kind: 'parameters',
    names,
    parent: environment,
  });
  return (frame) =>
    new FunctionValue(names, (args, run) => {
      charge(run, callSteps + effort);
      return deeper(run, () => body({ run, parent: frame, value: args }));
    });
};
