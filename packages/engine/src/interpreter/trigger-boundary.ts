import type { JsonObject } from '@bpmn-connectors/sdk';
import type { Node } from '../compile/compiled-process.ts';
import type { Kernel } from '../kernel.ts';
import { addElement, type ElementInstance } from '../state/process-instance.ts';
import { setLocal } from '../state/variables.ts';
import { acceptVariables } from './accept-variables.ts';
import { scheduleStep } from './schedule-step.ts';
import { terminateElement } from './terminate-element.ts';

/** A boundary event happens: it ends the activity if it interrupts, and goes on with a token of its own. */
export function triggerBoundary(
  kernel: Kernel,
  activity: ElementInstance,
  boundary: Node,
  variables: JsonObject,
): void {
  const scope = activity.parent;
  if (scope === undefined) return;
  if (boundary.interrupting) terminateElement(kernel, activity);
  const event = addElement(scope, boundary, kernel.keys.next(), 'completing');
  // Those of an error stay at the event that catches it, but for what is mapped, as in Zeebe.
  if (boundary.error !== undefined) setLocal(event, variables);
  else acceptVariables(event, variables);
  scheduleStep(kernel, event, 'completing');
}
