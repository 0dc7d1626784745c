import type { SyntaxNode } from '@lezer/common';
import { FeelEvaluationError } from '../feel-evaluation-error.ts';
import { charge, type Evaluate, type Frame, type Run } from '../run/run.ts';
import { isList, isNumber } from '../values/kind.ts';
import { partOf, partsOf } from './children.ts';
import type { Compilation } from './compilation.ts';
import { effortOf } from './effort.ts';
import type { Environment } from './environment.ts';
import { nameOf } from './name.ts';

/** Takes one combination of items; false ends the iteration. */
type Visit = (frame: Frame) => boolean;

/** All combinations of the items of `x in a, y in b`. */
export interface Iterators {
  /** What the body sees. */
  readonly environment: Environment | undefined;
  /** False where one of the lists is none. */
  readonly visitAll: (frame: Frame, visit: Visit) => boolean;
}

function rangeItems(start: unknown, end: unknown, run: Run): readonly number[] | null {
  if (!isNumber(start) || !isNumber(end)) return null;
  const length = Math.floor(Math.abs(end - start)) + 1;
  if (length > run.limits.rangeItems) {
    throw new FeelEvaluationError(
      'FEEL_LIMIT_LIST',
      `A range stands for more than ${run.limits.rangeItems} numbers (limit rangeItems)`,
    );
  }
  const step = start <= end ? 1 : -1;
  return Array.from({ length }, (_, index) => start + index * step);
}

function compileItems(
  node: SyntaxNode,
  environment: Environment | undefined,
  compilation: Compilation,
): Evaluate {
  const first = partOf(node, 0, compilation);
  if (first.name === 'SimplePositiveUnaryTest') {
    throw compilation.refuse(first, 'Numbers to go through are written without brackets: 1..3');
  }
  const list = compilation.compile(first, environment);
  if (partsOf(node).length === 1) return list;
  const end = compilation.compile(partOf(node, 1, compilation), environment);
  return (frame) => rangeItems(list(frame), end(frame), frame.run);
}

function visitFrom(
  iterators: readonly Evaluate[],
  index: number,
  frame: Frame,
  visit: Visit,
  effort: number,
): 'all' | 'ended' | 'no list' {
  const iterator = iterators[index];
  if (iterator === undefined) return visit(frame) ? 'all' : 'ended';
  const list = iterator(frame);
  if (!isList(list)) return 'no list';
  for (const item of list) {
    charge(frame.run, effort);
    const inside = { run: frame.run, parent: frame, value: item ?? null };
    const outcome = visitFrom(iterators, index + 1, inside, visit, effort);
    if (outcome !== 'all') return outcome;
  }
  return 'all';
}

/**
 * Compiles the `InExpressions` of `for`, `some` and `every`; later ones see the items of earlier ones.
 * @param body what is evaluated for each combination.
 */
export function compileIterators(
  node: SyntaxNode,
  body: SyntaxNode,
  environment: Environment | undefined,
  compilation: Compilation,
): Iterators {
  const effort = effortOf(body);
  let inside = environment;
  const iterators: Evaluate[] = [];
  for (const part of partsOf(node)) {
    const list = compileItems(partOf(part, 1, compilation), inside, compilation);
    iterators.push(list);
    const name = nameOf(partOf(part, 0, compilation), compilation);
    inside = { kind: 'local', name, parent: inside };
  }
  return {
    environment: inside,
    visitAll: (frame, visit) => visitFrom(iterators, 0, frame, visit, effort) !== 'no list',
  };
}
