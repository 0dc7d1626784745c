import type { Clock, DeliveryStart, InboundContext, Span, Telemetry } from '@bpmn-connectors/sdk';
import type { LetterOrigin } from '../dead-letters/dead-letter.ts';
import { createDeliveryLog, type DeliveryLog } from './create-delivery-log.ts';
import type { EndpointCounter } from './create-endpoint-counter.ts';
import { createRefusalLog, type RefusalLog } from './create-refusal-log.ts';

type Start = Pick<DeliveryStart, 'startedAt' | 'trace'>;

/** Whose delivery it was, and what counts it. */
interface RecordedEndpoint {
  readonly origin: LetterOrigin;
  readonly counter: EndpointCounter;
}

/** What is remembered of deliveries and refusals. */
export interface DeliveryRecords {
  readonly deliveries: Pick<DeliveryLog, 'list'>;
  readonly refusals: Pick<RefusalLog, 'list'>;
  /** Undefined where nobody traces. */
  readonly began: ((endpoint: RecordedEndpoint, start: Start) => Span | undefined) | undefined;
  readonly delivered: (
    endpoint: RecordedEndpoint,
    summary: Parameters<InboundContext['delivered']>[0],
    span: Span | undefined,
  ) => void;
  readonly refused: (
    endpoint: RecordedEndpoint,
    refusal: Parameters<InboundContext['refused']>[0],
  ) => void;
}

/** Keeps summaries of fixed size in bounded rings, and tells telemetry. */
export function createDeliveryRecords(
  clock: Clock,
  telemetry: Telemetry | undefined,
): DeliveryRecords {
  const deliveries = createDeliveryLog();
  const refusals = createRefusalLog();
  return {
    deliveries,
    refusals,
    began:
      telemetry?.deliveryStarted &&
      (({ origin }, start) => {
        const { connectorType, webhookId: endpoint } = origin;
        return telemetry.deliveryStarted?.({ connectorType, endpoint, ...start });
      }),
    delivered: ({ origin, counter }, summary, span) => {
      counter.delivered(summary.outcome, summary.at);
      const { connectorType, webhookId: endpoint } = origin;
      const kept = deliveries.add({ ...summary, connectorType, endpoint });
      telemetry?.delivery?.(kept, span);
    },
    refused: ({ origin, counter }, refusal) => {
      counter.refused();
      const { connectorType, webhookId: endpoint } = origin;
      const at = new Date(clock.now()).toISOString();
      refusals.add({ ...refusal, connectorType, endpoint, at });
    },
  };
}
