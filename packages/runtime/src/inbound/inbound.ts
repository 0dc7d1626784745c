import type { Problem } from '@bpmn-connectors/bpmn';
import type {
  DeliverySummary,
  DeployedInboundElement,
  InboundPhase,
  Page,
} from '@bpmn-connectors/sdk';
import type { DeadLetters } from '../dead-letters/dead-letters.ts';
import type { DeliveryQuery } from '../deliveries/create-delivery-log.ts';
import type { RefusalView } from '../deliveries/create-refusal-log.ts';
import type { EndpointView } from '../endpoints/endpoint-view.ts';

/** What an update came to. */
export interface UpdateReport {
  /** Elements that are served, wait for an address, cannot be served. */
  readonly active: number;
  readonly queued: number;
  readonly failed: number;
  /** Why elements wait or failed. */
  readonly problems: readonly Problem[];
}

/** Hands outside events to a process runtime. */
export interface Inbound {
  readonly phase: InboundPhase;
  /**
   * Makes what is served agree with all elements that are deployed now. Calls are worked one after the
   * other. The first one that is done ends the phase `activating`.
   */
  update(elements: readonly DeployedInboundElement[]): Promise<UpdateReport>;
  /**
   * Everything about these elements that would fail when they are deployed. What is served already counts:
   * a webhook id of another process is taken.
   */
  check(elements: readonly DeployedInboundElement[]): Promise<readonly Problem[]>;
  /** Where each deployed element stands since the last update. */
  endpoints(): readonly EndpointView[];
  /** The newest 1000, newest first. */
  deliveries(query: DeliveryQuery): Page<DeliverySummary>;
  /** The last 100 requests that were turned away before there was an event, newest first. */
  refusals(): readonly RefusalView[];
  readonly deadLetters: DeadLetters;
  /** Takes no more events, waits for those in flight, ends the connectors. */
  close(): Promise<void>;
}
