import type { JsonObject } from '@bpmn-connectors/sdk';
import type { Node } from '../compile/compiled-process.ts';
import type { Kernel } from '../kernel.ts';
import type { ElementInstance } from '../state/process-instance.ts';
import { triggerBoundary } from './trigger-boundary.ts';
import { triggerEventSubProcess } from './trigger-event-sub-process.ts';

/** An event of an element happens: one on its boundary, or the start of an event sub-process in it. */
export function triggerEvent(
  kernel: Kernel,
  element: ElementInstance,
  event: Node,
  variables: JsonObject,
): void {
  const trigger = event.kind === 'eventStart' ? triggerEventSubProcess : triggerBoundary;
  trigger(kernel, element, event, variables);
}
