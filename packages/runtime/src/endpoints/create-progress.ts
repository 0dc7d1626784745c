import type { Problem } from '@bpmn-connectors/bpmn';
import type { ActiveEndpoint } from './active-endpoint.ts';
import { addressProblem } from './address-problem.ts';
import type { Contender } from './allocate-addresses.ts';
import type { ElementFailure } from './endpoint-plan.ts';
import type { ElementStatus } from './endpoint-view.ts';
import type { EndpointFailure } from './prepare-endpoint.ts';

/** What an update has found so far. */
export interface UpdateProgress {
  readonly statuses: readonly ElementStatus[];
  readonly problems: readonly Problem[];
  /** Something failed that may work later without a change. */
  retryable(): boolean;
  active(endpoint: ActiveEndpoint): void;
  queued(contender: Contender, serving: ActiveEndpoint): void;
  elementFailed(failure: ElementFailure): void;
  endpointFailed(failure: EndpointFailure): void;
}

/** Nothing is known at first. */
export function createProgress(): UpdateProgress {
  const statuses: ElementStatus[] = [];
  const problems: Problem[] = [];
  let retryable = false;
  return {
    statuses,
    problems,
    retryable: () => retryable,
    active: ({ elements, lead, counter, health }) => {
      const { description } = lead.prepared;
      for (const { element } of elements) {
        statuses.push({ element, description, state: 'active', counts: counter.read, health });
      }
    },
    queued: ({ members }, serving) => {
      const holder = serving.elements[0]?.element;
      for (const { plan, prepared } of members) {
        const { description } = prepared;
        for (const { element } of plan.elements) {
          const problem = addressProblem(element, description, holder);
          problems.push(problem);
          statuses.push({ element, description, state: 'queued', reason: problem.reason });
        }
      }
    },
    elementFailed: (failure) => {
      problems.push(...failure.problems);
      const reason = failure.problems
        .map(({ where, reason: why }) => `${where}: ${why}`)
        .join('; ');
      statuses.push({ element: failure.element, state: 'failed', reason });
    },
    endpointFailed: (failure) => {
      problems.push(...failure.problems);
      retryable ||= failure.retryable;
      const reason = failure.problems.map(({ reason: why }) => why).join('; ');
      for (const { element } of failure.plan.elements) {
        statuses.push({ element, state: 'failed', reason });
      }
    },
  };
}
