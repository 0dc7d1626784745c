import type { JsonObject } from '@bpmn-connectors/sdk';
import type { Node } from '../compile/compiled-process.ts';
import type { Kernel } from '../kernel.ts';
import type { ElementInstance } from '../state/process-instance.ts';
import { triggerBoundary } from './trigger-boundary.ts';

/**
 * Throws a BPMN error at an element: the nearest boundary event that catches the code, on the element or
 * a scope around it, interrupts. On one activity the exact code goes before one that catches everything.
 * @returns false when nothing catches it; nothing has been changed then.
 */
export function throwError(
  kernel: Kernel,
  from: ElementInstance,
  code: string,
  variables: JsonObject,
): boolean {
  for (let at: ElementInstance | undefined = from; at !== undefined; at = at.parent) {
    const boundary = catcherOf(at.node, code);
    if (boundary === undefined) continue;
    triggerBoundary(kernel, at, boundary, variables);
    return true;
  }
  return false;
}

function catcherOf({ boundaries }: Node, code: string): Node | undefined {
  const catchers = boundaries.filter(({ error }) => error !== undefined);
  return (
    catchers.find(({ error }) => error?.code === code) ??
    catchers.find(({ error }) => error?.code === undefined)
  );
}
