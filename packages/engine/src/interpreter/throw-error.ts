import type { JsonObject } from '@bpmn-connectors/sdk';
import type { Node } from '../compile/compiled-process.ts';
import type { Kernel } from '../kernel.ts';
import { type ElementInstance, isInterrupted } from '../state/process-instance.ts';
import { triggerEvent } from './trigger-event.ts';

/**
 * Throws a BPMN error at an element: the nearest event that catches the code, of the element or a scope
 * around it, interrupts. Of one scope's the exact code goes before one that catches everything, then its
 * event sub-processes before its boundary events. A scope that an event sub-process has interrupted
 * catches nothing, and nothing around it does: the search ends there, as in Zeebe.
 * @returns false when nothing catches it; nothing has been changed then.
 */
export function throwError(
  kernel: Kernel,
  from: ElementInstance,
  code: string,
  variables: JsonObject,
): boolean {
  for (let at: ElementInstance | undefined = from; at !== undefined; at = at.parent) {
    if (isInterrupted(at)) return false;
    const catcher = catcherOf(at.node, code);
    if (catcher === undefined) continue;
    triggerEvent(kernel, at, catcher, variables);
    return true;
  }
  return false;
}

function catcherOf({ eventStarts, boundaries }: Node, code: string): Node | undefined {
  const catchers = [...eventStarts, ...boundaries].filter(({ error }) => error !== undefined);
  return (
    catchers.find(({ error }) => error?.code === code) ??
    catchers.find(({ error }) => error?.code === undefined)
  );
}
