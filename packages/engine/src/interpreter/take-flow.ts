import type { Flow, Node } from '../compile/compiled-process.ts';
import type { Kernel } from '../kernel.ts';
import { getOrAdd } from '../state/get-or-add.ts';
import { addElement, type ElementInstance } from '../state/process-instance.ts';
import { scheduleStep } from './schedule-step.ts';

/** Moves a token over a sequence flow to its target. */
export function takeFlow(kernel: Kernel, flow: Flow, scope: ElementInstance): void {
  const { target } = flow;
  if (target.kind !== 'parallel' || target.incoming.length < 2) {
    enterNode(kernel, target, scope);
  } else if (arriveAtJoin(target, flow.id, scope)) {
    enterNode(kernel, target, scope);
  } else {
    kernel.committer.touch(scope.instance);
  }
}

/** Puts a new token at an element of a scope and queues its entry. */
export function enterNode(kernel: Kernel, node: Node, scope: ElementInstance): ElementInstance {
  const element = addElement(scope, node, kernel.keys.next(), 'entering');
  scheduleStep(kernel, element, 'entering');
  return element;
}

/** Counts a token at a join; true when every incoming flow has one, which are then used up. */
function arriveAtJoin(gateway: Node, flowId: string, scope: ElementInstance): boolean {
  scope.joins ??= new Map();
  const counts = getOrAdd(scope.joins, gateway.id, () => new Map<string, number>());
  counts.set(flowId, (counts.get(flowId) ?? 0) + 1);
  if (counts.size < gateway.incoming.length) return false;
  for (const [flow, count] of counts) {
    if (count > 1) counts.set(flow, count - 1);
    else counts.delete(flow);
  }
  if (counts.size === 0) scope.joins.delete(gateway.id);
  return true;
}
