import type {
  DeployedInboundElement,
  Health,
  InboundContext,
  InboundEvent,
  InboundOutcome,
} from '@bpmn-connectors/sdk';
import type { LetterOrigin } from '../dead-letters/dead-letter.ts';
import type { DeliveryRecords } from '../deliveries/create-delivery-records.ts';
import type { EndpointCounter } from '../deliveries/create-endpoint-counter.ts';
import { messageOf } from '../delivery/step-result.ts';
import type { CompiledElement } from '../inbound/compiled-element.ts';
import type { Contender, Holder } from './allocate-addresses.ts';
import type { ReadyEndpoint } from './prepare-endpoint.ts';

/** What an endpoint needs of the connector runtime around it. */
export interface EndpointSurroundings
  extends Pick<DeliveryRecords, 'began' | 'delivered' | 'refused'> {
  readonly context: Pick<InboundContext, 'logger' | 'clock'>;
  /** Processes an event of the endpoint. Never rejects. */
  readonly deliver: (endpoint: ActiveEndpoint, event: InboundEvent) => Promise<InboundOutcome>;
}

/** An endpoint that is served. Its elements may change while it is. */
export interface ActiveEndpoint extends Holder {
  readonly lead: ReadyEndpoint;
  readonly origin: LetterOrigin;
  readonly counter: EndpointCounter;
  readonly elements: readonly CompiledElement[];
  /** What its connector reported last, secrets masked. */
  readonly health: () => Health | undefined;
  /** Puts other elements in place, for events from now on. */
  swap(contender: Contender): void;
  /** Never rejects. */
  deactivate(): Promise<void>;
}

/** Has the connector serve an endpoint. @throws whatever the connector throws when it cannot. */
export async function activateEndpoint(
  contender: Contender,
  counter: EndpointCounter,
  surroundings: EndpointSurroundings,
): Promise<ActiveEndpoint> {
  const { lead } = contender;
  const { prepared, plan } = lead;
  let served = servedBy(contender);
  let health: Health | undefined;
  let deactivate = async (): Promise<void> => {};
  const endpoint: ActiveEndpoint = {
    lead,
    origin: {
      connectorType: plan.connector.definition.type,
      address: prepared.address,
      webhookId: prepared.description.webhookId,
    },
    counter,
    get owner() {
      return served.owner;
    },
    get elementIds() {
      return served.elementIds;
    },
    get elements() {
      return served.elements;
    },
    health: () => health,
    swap: (next) => {
      served = servedBy(next);
    },
    deactivate: async () => {
      try {
        await deactivate();
      } catch (error) {
        // A source that cannot be left keeps nothing else from being served.
        const reason = lead.mask(messageOf(error));
        surroundings.context.logger.warn(
          { address: prepared.address, reason },
          'An endpoint did not end as it should',
        );
      }
    },
  };
  const { began } = surroundings;
  deactivate = await prepared.activate({
    ...surroundings.context,
    correlate: (event) => surroundings.deliver(endpoint, event),
    ...(began === undefined ? {} : { began: (start) => began(endpoint, start) }),
    delivered: (summary, span) => surroundings.delivered(endpoint, summary, span),
    refused: (refusal) => surroundings.refused(endpoint, refusal),
    report: (reported) => {
      health = masked(reported, lead.mask);
    },
  });
  return endpoint;
}

/** Characters of a reason: a source's own words may be of any length. */
const longestReason = 500;

const masked = ({ status, reason }: Health, mask: (text: string) => string): Health =>
  reason === undefined ? { status } : { status, reason: mask(reason).slice(0, longestReason) };

function servedBy({ lead, members }: Contender) {
  const elements = members.flatMap(({ plan }) => plan.elements);
  return {
    owner: lead.plan.owner,
    elements: elements.toSorted((a, b) => versionOf(b.element) - versionOf(a.element)),
    elementIds: new Set(elements.map(({ element }) => element.elementId)),
  };
}

const versionOf = ({ version = 0 }: DeployedInboundElement): number => version;
