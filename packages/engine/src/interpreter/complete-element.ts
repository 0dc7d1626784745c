import type { Kernel } from '../kernel.ts';
import { type ElementInstance, isEmpty } from '../state/process-instance.ts';
import { propagate } from '../state/variables.ts';
import { evaluateOutputs } from './apply-mappings.ts';
import { chooseFlows } from './choose-flows.ts';
import { endInstance } from './end-instance.ts';
import { scheduleStep } from './schedule-step.ts';
import { takeFlow } from './take-flow.ts';
import { leaveElement, terminateChildren } from './terminate-element.ts';

/**
 * Completes an element: output mappings, then its flows. All expressions are evaluated before anything
 * changes, so that an incident leaves the step as it was.
 * @throws {StepError}
 */
export function completeElement(kernel: Kernel, element: ElementInstance): void {
  const outputs = evaluateOutputs(element);
  const flows = chooseFlows(element);
  const { parent: scope } = element;
  if (scope === undefined) {
    endInstance(kernel, element.instance);
    return;
  }
  propagate(scope, outputs);
  leaveElement(kernel, element);
  if (element.node.kind === 'terminateEnd') terminateChildren(kernel, scope);
  for (const flow of flows) takeFlow(kernel, flow, scope);
  if (isEmpty(scope)) scheduleStep(kernel, scope, 'completing');
}
