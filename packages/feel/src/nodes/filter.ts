import type { SyntaxNode } from '@lezer/common';
import { charge, type Evaluate, type Frame } from '../run/run.ts';
import { isList } from '../values/kind.ts';
import { partOf } from './children.ts';
import type { Compilation, CompileNode } from './compilation.ts';
import { effortOf } from './effort.ts';
import { noItem } from './environment.ts';
import { nameOf } from './name.ts';

const conditions = new Set([
  'Comparison',
  'Conjunction',
  'Disjunction',
  'BooleanLiteral',
  'QuantifiedExpression',
  'InstanceOfExpression',
]);

/** Whether it surely is no number, so that it need not be tried as an index. */
function isCondition(node: SyntaxNode, compilation: Compilation): boolean {
  const first = node.firstChild;
  if (node.name === 'ParenthesizedExpression') {
    return isCondition(partOf(node, 0, compilation), compilation);
  }
  if (node.name !== 'FunctionInvocation' || first === null) return conditions.has(node.name);
  return compilation.functions.get(nameOf(first, compilation))?.predicate === true;
}

const itemAt = (list: readonly unknown[], index: number): unknown =>
  index === 0 ? null : (list.at(index > 0 ? index - 1 : index) ?? null);

function select(
  list: readonly unknown[],
  condition: Evaluate,
  effort: number,
  frame: Frame,
): unknown[] {
  charge(frame.run, 1 + effort * list.length);
  return list
    .map((item) => item ?? null)
    .filter((item) => condition({ run: frame.run, parent: frame, value: item }) === true);
}

/**
 * `list[n]`: the item at an index from 1, from the end where negative, else null. `list[condition]`: the items
 * for which it is true; it sees `item` and the item's keys. What filters no list is null.
 */
export const compileFilter: CompileNode = (node, environment, compilation) => {
  const list = compilation.compile(partOf(node, 0, compilation), environment);
  const filter = partOf(node, 1, compilation);
  const effort = effortOf(filter);
  const condition = compilation.compile(filter, { kind: 'item', parent: environment });
  if (isCondition(filter, compilation)) {
    return (frame) => {
      const items = list(frame);
      return isList(items) ? select(items, condition, effort, frame) : null;
    };
  }
  return (frame) => {
    const items = list(frame);
    if (!isList(items)) return null;
    charge(frame.run, 1);
    const index = condition({ run: frame.run, parent: frame, value: noItem });
    if (typeof index !== 'number') return select(items, condition, effort, frame);
    return Number.isInteger(index) ? itemAt(items, index) : null;
  };
};
