import type { JsonObject } from '@bpmn-connectors/sdk';
import type { ElementInstance } from '../state/process-instance.ts';
import { propagate, setLocal } from '../state/variables.ts';

/**
 * Takes variables from outside (a job's result, a message) at an element. With output mappings they stay
 * there, and only what is mapped goes up when the element completes; without, all of them go up at once.
 */
export function acceptVariables(element: ElementInstance, variables: JsonObject): void {
  if (element.node.outputs.length > 0) setLocal(element, variables);
  else propagate(element, Object.entries(variables));
}
