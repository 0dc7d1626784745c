import { compile } from '@bpmn-connectors/feel';
import type { ActivatedElement } from '@bpmn-connectors/sdk';

/** An element that took an event. */
export const element = (responseExpression?: string): ActivatedElement => ({
  processId: 'orders',
  elementId: 'Start_1',
  expression: () => (responseExpression === undefined ? undefined : compile(responseExpression)),
});
