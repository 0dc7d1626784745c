import type { JsonObject } from '@bpmn-connectors/sdk';
import type { Node } from '../compile/compiled-process.ts';
import type { Kernel } from '../kernel.ts';
import type { ElementInstance } from '../state/process-instance.ts';
import { closeEventStarts } from './close-event-starts.ts';
import { enterNode } from './take-flow.ts';
import { terminateChildren } from './terminate-element.ts';

/** An event sub-process is started by its event: if that interrupts, it ends all else in the scope. */
export function triggerEventSubProcess(
  kernel: Kernel,
  scope: ElementInstance,
  start: Node,
  variables: JsonObject,
): void {
  const { eventSubProcess } = start;
  if (eventSubProcess === undefined) return;
  if (start.interrupting) {
    closeEventStarts(kernel, scope);
    terminateChildren(kernel, scope);
  }
  enterNode(kernel, eventSubProcess, scope).trigger = variables;
}
