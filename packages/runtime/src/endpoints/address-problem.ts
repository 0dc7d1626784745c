import type { Problem } from '@bpmn-connectors/bpmn';
import type { DeployedInboundElement, EndpointDescription } from '@bpmn-connectors/sdk';
import { elementLocation } from '../problems/element-location.ts';

/** Says that an address is taken, and by whom. */
export function addressProblem(
  element: DeployedInboundElement,
  { webhookId }: EndpointDescription,
  holder: DeployedInboundElement | undefined,
): Problem {
  const by = holder === undefined ? 'another endpoint' : elementLocation(holder);
  return {
    where: elementLocation(element),
    reason: `the webhook id ${webhookId} is taken by ${by}`,
    fix: 'Give each endpoint a webhook id of its own, or let elements of one process share theirs with deduplicationMode AUTO',
  };
}
