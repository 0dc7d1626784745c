import type { JsonObject } from '../json/json-value.ts';
import type { TraceContext } from '../telemetry/trace-context.ts';

/** What all commands have. */
interface Traced {
  /** The trace that jobs of the process instance go on with, where the process runtime keeps it. */
  readonly trace?: TraceContext;
}

/** Starts an instance at a none start event. */
export interface StartCommand extends Traced {
  readonly kind: 'start';
  readonly processId: string;
  /** Exact version; the latest where absent. */
  readonly version?: number;
  readonly elementId: string;
  readonly tenantId?: string;
  readonly variables: JsonObject;
  /** A process runtime that takes ids starts nothing a second time for the same key. */
  readonly idempotencyKey?: string;
  /** Wait up to so many milliseconds for the instance to end and answer with its variables. */
  readonly awaitResultMs?: number;
}

/** Publishes a message: correlates now, or is kept for `timeToLiveMs` until somebody waits for it. */
export interface PublishCommand extends Traced {
  readonly kind: 'publish';
  readonly messageName: string;
  /** Empty for a message start event without correlation. */
  readonly correlationKey: string;
  readonly tenantId?: string;
  readonly variables: JsonObject;
  /** A second message of this name, key and id is a duplicate while the first is kept. */
  readonly messageId?: string;
  /** Milliseconds. */
  readonly timeToLiveMs?: number;
}

/** Correlates a message now or not at all. */
export interface CorrelateCommand extends Traced {
  readonly kind: 'correlate';
  readonly messageName: string;
  readonly correlationKey: string;
  readonly tenantId?: string;
  readonly variables: JsonObject;
  /** Wait up to so many milliseconds for the instance to end and answer with its variables. */
  readonly awaitResultMs?: number;
}

/** What a connector runtime asks of a process runtime. */
export type Command = StartCommand | PublishCommand | CorrelateCommand;
