import type { Problem } from '@bpmn-connectors/bpmn';
import type {
  DeployedInboundElement,
  InboundConnector,
  Logger,
  SecretProvider,
} from '@bpmn-connectors/sdk';
import {
  createEndpointCounter,
  type EndpointCounter,
} from '../deliveries/create-endpoint-counter.ts';
import {
  type ActiveEndpoint,
  activateEndpoint,
  type EndpointSurroundings,
} from './active-endpoint.ts';
import { addressProblem } from './address-problem.ts';
import {
  type Allocation,
  addressKey,
  allocateAddresses,
  type Contender,
} from './allocate-addresses.ts';
import type { EndpointPlan } from './endpoint-plan.ts';
import type { ElementStatus } from './endpoint-view.ts';
import { planEndpoints } from './plan-endpoints.ts';
import { type EndpointFailure, endpointFailure, prepareEndpoint } from './prepare-endpoint.ts';

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
export interface AppliedElements {
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

/** What one update has found so far. */
interface Progress {
  readonly statuses: ElementStatus[];
  readonly problems: Problem[];
  retryable: boolean;
}

/** Serves nothing at first. */
export function createRegistry(options: RegistryOptions): Registry {
  const { connectors, secrets, surroundings, logger } = options;
  const active = new Map<string, ActiveEndpoint>();
  const counters = new Map<string, EndpointCounter>();
  const arrivals = createArrivals();
  let statuses: readonly ElementStatus[] = [];

  const counterOf = (key: string): EndpointCounter => {
    const counter = counters.get(key) ?? createEndpointCounter();
    counters.set(key, counter);
    return counter;
  };

  const fail = (progress: Progress, { plan, problems, retryable }: EndpointFailure): void => {
    progress.problems.push(...problems);
    progress.retryable ||= retryable;
    const reason = problems.map((problem) => problem.reason).join('; ');
    for (const { element } of plan.elements) {
      progress.statuses.push({ element, state: 'failed', reason });
    }
  };

  /** The new one is active before the old one is not, so that no request is dropped in between. */
  const serve = async (key: string, contender: Contender): Promise<ActiveEndpoint> => {
    const current = active.get(key);
    if (current !== undefined && current.lead.fingerprint === contender.lead.fingerprint) {
      current.swap(contender);
      return current;
    }
    const endpoint = await activateEndpoint(contender, counterOf(key), surroundings);
    active.set(key, endpoint);
    await current?.deactivate();
    return endpoint;
  };

  const allot = async ({ key, contenders }: Allocation, progress: Progress): Promise<void> => {
    let serving: ActiveEndpoint | undefined;
    for (const contender of contenders) {
      if (serving !== undefined) {
        queue(contender, serving, progress);
        continue;
      }
      try {
        serving = await serve(key, contender);
        progress.statuses.push(...activeStatuses(serving));
      } catch (error) {
        for (const { plan, mask } of contender.members) {
          fail(progress, endpointFailure(plan, error, mask));
        }
      }
    }
    if (serving === undefined) await stop(key);
  };

  const stop = async (key: string): Promise<void> => {
    const endpoint = active.get(key);
    active.delete(key);
    counters.delete(key);
    await endpoint?.deactivate();
  };

  return {
    apply: async (elements) => {
      const { plans, failures, unknown } = planEndpoints(elements, connectors);
      const progress: Progress = { statuses: [], problems: [], retryable: false };
      for (const { element, problems } of failures) {
        const reason = problems.map((problem) => `${problem.where}: ${problem.reason}`).join('; ');
        progress.problems.push(...problems);
        progress.statuses.push({ element, state: 'failed', reason });
      }
      const endpoints = await Promise.all(plans.map((plan) => prepareEndpoint(plan, secrets)));
      for (const endpoint of endpoints) if ('problems' in endpoint) fail(progress, endpoint);
      const ready = endpoints.filter((endpoint) => 'prepared' in endpoint);
      arrivals.update(plans);
      const allocations = allocateAddresses(ready, (key) => active.get(key), arrivals.of);
      for (const allocation of allocations) await allot(allocation, progress);
      const wanted = new Set(allocations.map(({ key }) => key));
      for (const key of [...active.keys()]) if (!wanted.has(key)) await stop(key);
      statuses = progress.statuses;
      logUnknown(unknown, logger);
      return { problems: progress.problems, retryable: progress.retryable };
    },
    find: (connectorType, address) => active.get(addressKey(connectorType, address)),
    active: () => [...active.values()],
    statuses: () => statuses,
    clear: async () => {
      for (const key of [...active.keys()]) await stop(key);
    },
  };
}

function queue({ members }: Contender, serving: ActiveEndpoint, progress: Progress): void {
  const holder = serving.elements[0]?.element;
  for (const { plan, prepared } of members) {
    const { description } = prepared;
    for (const { element } of plan.elements) {
      const problem = addressProblem(element, description, holder);
      progress.problems.push(problem);
      progress.statuses.push({ element, description, state: 'queued', reason: problem.reason });
    }
  }
}

const activeStatuses = ({ elements, lead, counter }: ActiveEndpoint): ElementStatus[] =>
  elements.map(({ element }) => ({
    element,
    description: lead.prepared.description,
    state: 'active',
    counts: () => counter.read(),
  }));

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
