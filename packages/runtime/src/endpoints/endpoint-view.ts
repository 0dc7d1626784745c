import type { DeployedInboundElement, EndpointDescription, Health } from '@bpmn-connectors/sdk';
import type { EndpointCounts } from '../deliveries/create-endpoint-counter.ts';

/** Whether an element is served: `queued` waits for an address that another has. */
export type EndpointState = 'active' | 'queued' | 'failed';

/** An inbound element as operators see it. */
export interface EndpointView {
  readonly webhookId: string;
  /** Paths or addresses at which it is reached. */
  readonly urls: readonly string[];
  readonly method: string;
  /** Kind of authentication, never its values. */
  readonly auth: string;
  readonly processId: string;
  readonly version?: number;
  readonly elementId: string;
  /** `inbound.subtype`: `aws:eventbridge`. */
  readonly subtype?: string;
  readonly state: EndpointState;
  /** Whether an active endpoint's source can be reached, where its connector reports that. */
  readonly health?: Health['status'];
  /** Why it is not active, or not healthy. */
  readonly reason?: string;
  readonly warnings: readonly string[];
  /** What came in at its address so far, by outcome. */
  readonly counts: Readonly<Record<string, number>>;
  /** ISO 8601. */
  readonly lastDeliveryAt: string | null;
}

/** Where an element stands after the last update. */
export interface ElementStatus {
  readonly element: DeployedInboundElement;
  /** Absent where the endpoint could not be prepared. */
  readonly description?: EndpointDescription;
  readonly state: EndpointState;
  readonly reason?: string;
  /** Reads the counts of its address. */
  readonly counts?: () => EndpointCounts;
  /** Reads what its connector reported last. */
  readonly health?: () => Health | undefined;
}

const unknown: EndpointDescription = {
  webhookId: '',
  urls: [],
  method: '',
  auth: '',
  warnings: [],
};

/** Makes the view of it. */
export function endpointView(status: ElementStatus): EndpointView {
  const { element, state } = status;
  const health = status.health?.();
  const reason = status.reason ?? health?.reason;
  // Without a description Camunda's name for the address is the best there is to find the element by.
  const { description = { ...unknown, webhookId: element.properties['inbound.context'] ?? '' } } =
    status;
  const { counts, lastDeliveryAt, withoutId } =
    state === 'active' && status.counts !== undefined ? status.counts() : nothing;
  const subtype = element.properties['inbound.subtype'];
  return {
    ...description,
    warnings: [...description.warnings, ...deduplicationWarnings(withoutId)],
    processId: element.processId,
    ...(element.version === undefined ? {} : { version: element.version }),
    elementId: element.elementId,
    ...(subtype === undefined ? {} : { subtype }),
    state,
    ...(health === undefined ? {} : { health: health.status }),
    ...(reason === undefined ? {} : { reason }),
    counts,
    lastDeliveryAt,
  };
}

const nothing: EndpointCounts = { counts: {}, lastDeliveryAt: null, withoutId: 0 };

const deduplicationWarnings = (withoutId: number): readonly string[] =>
  withoutId === 0
    ? []
    : [
        `not deduplicated: ${withoutId} events had no id, so that redeliveries of them are processed again`,
      ];
