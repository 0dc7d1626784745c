import type { Problem } from '@bpmn-connectors/bpmn';
import type {
  DeployedInboundElement,
  InboundConnector,
  Logger,
  SecretProvider,
} from '@bpmn-connectors/sdk';
import type { ActiveEndpoint, EndpointSurroundings } from './active-endpoint.ts';
import { type Allocation, addressKey, allocateAddresses } from './allocate-addresses.ts';
import { createEndpointSlots, type EndpointSlots } from './create-endpoint-slots.ts';
import { createProgress, type UpdateProgress } from './create-progress.ts';
import type { EndpointPlan } from './endpoint-plan.ts';
import type { ElementStatus } from './endpoint-view.ts';
import { planEndpoints } from './plan-endpoints.ts';
import { endpointFailure, prepareEndpoint } from './prepare-endpoint.ts';

/** The endpoints that are served, and who waits for what. */
export interface Registry {
  /** Makes what is served agree with the elements that are deployed now. One call at a time. */
  apply(elements: readonly DeployedInboundElement[]): Promise<AppliedElements>;
  find(connectorType: string, address: string): ActiveEndpoint | undefined;
  active(): readonly ActiveEndpoint[];
  /** Where each element stands. */
  statuses(): readonly ElementStatus[];
  /** Serves nothing any more. */
  clear(): Promise<void>;
}

/** What came of it. */
interface AppliedElements {
  readonly problems: readonly Problem[];
  /** Something failed that may work later without a change. */
  readonly retryable: boolean;
}

/** What a registry works with. */
export interface RegistryOptions {
  readonly connectors: ReadonlyMap<string, InboundConnector>;
  readonly secrets: SecretProvider | undefined;
  readonly surroundings: EndpointSurroundings;
  readonly logger: Logger;
}

/** Serves nothing at first. */
export function createRegistry(options: RegistryOptions): Registry {
  const { connectors, secrets, surroundings, logger } = options;
  const slots = createEndpointSlots(surroundings);
  const arrivals = createArrivals();
  let statuses: readonly ElementStatus[] = [];
  return {
    apply: async (elements) => {
      const { plans, failures, unknown } = planEndpoints(elements, connectors);
      const progress = createProgress();
      for (const failure of failures) progress.elementFailed(failure);
      const endpoints = await Promise.all(plans.map((plan) => prepareEndpoint(plan, secrets)));
      for (const endpoint of endpoints) {
        if ('problems' in endpoint) progress.endpointFailed(endpoint);
      }
      const ready = endpoints.filter((endpoint) => 'prepared' in endpoint);
      arrivals.update(plans);
      const allocations = allocateAddresses(ready, slots.get, arrivals.of);
      for (const allocation of allocations) await allot(allocation, slots, progress);
      await slots.stopAllBut(new Set(allocations.map(({ key }) => key)));
      statuses = progress.statuses;
      logUnknown(unknown, logger);
      return { problems: progress.problems, retryable: progress.retryable() };
    },
    find: (connectorType, address) => slots.get(addressKey(connectorType, address)),
    active: () => slots.all(),
    statuses: () => statuses,
    clear: () => slots.stopAllBut(new Set()),
  };
}

/** The first in line that can be activated has the address; a failure frees it for the next. */
async function allot(
  { key, contenders }: Allocation,
  slots: EndpointSlots,
  progress: UpdateProgress,
): Promise<void> {
  let serving: ActiveEndpoint | undefined;
  for (const contender of contenders) {
    if (serving !== undefined) {
      progress.queued(contender, serving);
      continue;
    }
    try {
      serving = await slots.serve(key, contender);
      progress.active(serving);
    } catch (error) {
      for (const { plan, mask } of contender.members) {
        progress.endpointFailed(endpointFailure(plan, error, mask));
      }
    }
  }
  if (serving === undefined) await slots.stop(key);
}

/** Numbers plans as they come; a plan that goes and comes again is at the end of the line. */
function createArrivals() {
  let numbers = new Map<string, number>();
  let last = 0;
  return {
    update: (plans: readonly EndpointPlan[]): void => {
      const next = new Map<string, number>();
      for (const { id } of plans) {
        last += 1;
        next.set(id, numbers.get(id) ?? last);
      }
      numbers = next;
    },
    of: (planId: string): number => numbers.get(planId) ?? Number.POSITIVE_INFINITY,
  };
}

function logUnknown(elements: readonly DeployedInboundElement[], logger: Logger): void {
  for (const { processId, elementId, properties } of elements) {
    logger.warn(
      { processId, elementId, type: properties['inbound.type'] },
      'No connector here has the inbound type of this element',
    );
  }
}
