import type { CompiledExpression } from '@bpmn-connectors/feel';
import type { z } from 'zod';
import type { Clock } from '../clock/clock.ts';
import type { JsonObject } from '../json/json-value.ts';
import type { Logger } from '../logger/logger.ts';
import type { Outcome } from '../process-runtime/outcome.ts';
import type { Health } from '../process-runtime/process-runtime.ts';
import type { DeliveryStart, DeliverySummary, Span } from '../telemetry/telemetry.ts';
import type { TraceContext } from '../telemetry/trace-context.ts';
import type { TemplateMetadata } from '../template/template-metadata.ts';

/** Properties that the connector runtime reads, and not every template needs. */
export type ElementField = 'messageTtl' | 'synchronousResponse' | 'deduplication';

/** What an inbound connector is, without its code. A constant. */
export interface InboundDefinition {
  readonly kind: 'inbound';
  /** Value of `inbound.type`: `io.camunda:webhook:1`. */
  readonly type: string;
  /** Value of `inbound.subtype` in models, which tells people what sends: no connector reads it. */
  readonly subtype?: string;
  readonly templates: readonly TemplateMetadata[];
  /** Shape of the properties that make an endpoint; a dot in a name is nesting. For templates. */
  readonly properties?: z.ZodObject;
  /** Fields of the connector runtime that its templates offer, beside those they all have. */
  readonly elementFields?: readonly ElementField[];
  /**
   * Names of properties, or prefixes ending in `.`, that make an endpoint what it is. Elements that
   * share an endpoint must agree in them; all others may differ from element to element.
   */
  readonly endpointProperties: readonly string[];
  /** Properties holding FEEL that the connector evaluates for the element that took the event. */
  readonly elementExpressions: readonly string[];
}

/** A delivery as it came: enough to run it again. */
export interface RawDelivery {
  /** What came with the body: method, target, headers. Credentials are masked before it is stored. */
  readonly envelope: JsonObject;
  readonly body: Uint8Array;
}

/** An outside event, read and trusted. */
export interface InboundEvent {
  /** Variables that the element's expressions see: `request`, `connectorData`, `documents`. */
  readonly scope: JsonObject;
  /** The sender's own id of the event, where it has one: what deduplication goes by. */
  readonly messageId?: string;
  readonly raw: RawDelivery;
  /** Where it stands in a trace: what its process instance goes on with. */
  readonly trace?: TraceContext;
}

/** The element that took an event. */
export interface ActivatedElement {
  readonly processId: string;
  readonly version?: number;
  readonly elementId: string;
  readonly tenantId?: string;
  /** One of the definition's `elementExpressions`, compiled; undefined where the model has none. */
  expression(property: string): CompiledExpression | undefined;
}

/** The event did not meet any activation condition. */
export interface NotActivated {
  readonly status: 'not-activated';
  /** `consumeUnmatchedEvents` of the elements; undefined where none says. */
  readonly consume: boolean | undefined;
}

/** The event was authentic but cannot be processed. It is kept as a dead letter. */
export interface Unprocessable {
  readonly status: 'unprocessable';
  readonly code:
    | 'CONDITION_FAILED'
    | 'AMBIGUOUS'
    | 'MESSAGE_ID_FAILED'
    | 'CORRELATION_KEY_FAILED'
    | 'NO_CORRELATION_KEY'
    | 'RESULT_FAILED'
    | 'REJECTED'
    /** The process runtime's limit: the sender is told 413. */
    | 'TOO_LARGE';
  readonly message: string;
  readonly deadLetterId: string;
}

/** What became of an event. */
export type InboundOutcome = (
  | Exclude<Outcome, { status: 'rejected' }>
  | NotActivated
  | Unprocessable
) & {
  /** The element that took it, where one did. */
  readonly element?: ActivatedElement;
};

/** A request that was turned away before there was an event: counted, not kept. */
export interface Refusal {
  readonly step: string;
  readonly code: string;
  readonly status: number;
}

/** What an active endpoint gets from the connector runtime. */
export interface InboundContext {
  readonly logger: Logger;
  readonly clock: Clock;
  /** Condition → claim → correlation key → variables → process runtime. Never rejects. */
  correlate(event: InboundEvent, signal?: AbortSignal): Promise<InboundOutcome>;
  /**
   * An event that may be trusted is about to be correlated; `delivered` has to follow. Gives the span that was
   * opened for it. Absent where nobody traces.
   */
  began?(start: Pick<DeliveryStart, 'startedAt' | 'trace'>): Span | undefined;
  /** Leaves the summary of a delivery that was correlated. */
  delivered(summary: Omit<DeliverySummary, 'id' | 'connectorType' | 'endpoint'>, span?: Span): void;
  /** Counts a request that was turned away, and keeps it among the last 100. */
  refused(refusal: Refusal): void;
  /**
   * Tells operators whether the endpoint works, with the reason where it does not. The last report counts.
   * Absent where nobody looks.
   */
  report?(health: Health): void;
}

/** What operators see of an endpoint. */
export interface EndpointDescription {
  readonly webhookId: string;
  /** Paths or addresses at which it is reached. */
  readonly urls: readonly string[];
  readonly method: string;
  /** Kind of authentication, never its values: `BASIC`. */
  readonly auth: string;
  /** Things an operator should know: no authentication, no deduplication. */
  readonly warnings: readonly string[];
}

/** An endpoint whose properties were found good. Nothing is served yet. */
export interface PreparedEndpoint {
  /** What it takes for itself; of two endpoints with the same address one waits until the other is gone. */
  readonly address: string;
  readonly description: EndpointDescription;
  /** Reads a stored delivery again, for a replay. @throws {ConnectorError} it cannot be read. */
  read(raw: RawDelivery): InboundEvent;
  /**
   * Serves from now on. An endpoint of the same address that is being replaced is served by the new one
   * without a gap. The returned function stops it, unless another took its address meanwhile.
   */
  activate(context: InboundContext): Promise<() => Promise<void>>;
}

/** Where the connector runtime is in its life. */
export type InboundPhase = 'activating' | 'active' | 'draining';

/** A definition with its code. Made by a factory with the operator's options; state ends with `close`. */
export interface InboundConnector {
  readonly definition: InboundDefinition;
  /**
   * Validates and compiles the properties of an endpoint (secrets already resolved). Pure: opens nothing.
   * @throws {ConfigurationError} with a problem for each property that cannot work; `where` names the property only.
   */
  prepare(properties: Readonly<Record<string, string>>): PreparedEndpoint;
  /** Is told when all endpoints are active, and when no more events are taken. */
  enter?(phase: InboundPhase): void;
  /** Waits for requests in flight, then ends. */
  close?(): Promise<void>;
}
