import type { JsonValue } from '@bpmn-connectors/sdk';

/** An action of the EventBridge API that this stand-in has. */
export type EventBridgeAction = 'PutEvents' | 'DescribeEventBus';

/** What a coming call shall suffer. */
export type PutEventsFault = {
  /** Counts calls. @default 1 */
  readonly times?: number;
  /** DescribeEventBus knows the kinds `error`, `http`, `reset` and `hang`. @default 'PutEvents' */
  readonly action?: EventBridgeAction;
  /** Waits for a call of PutEvents that has an entry of this source; others pass it. */
  readonly source?: string;
} & (
  | {
      /** The whole call is refused with an AWS error; nothing is accepted. */
      readonly kind: 'error';
      /** `ThrottlingException`, `AccessDeniedException`, `InternalException` … */
      readonly code: string;
      readonly message?: string;
      /** @default 400, and 500 for InternalException and InternalFailure */
      readonly status?: number;
    }
  | {
      /** HTTP 200, but these entries fail. `ThrottlingException` and `InternalFailure` are retryable. */
      readonly kind: 'entry';
      /** Positions of the entries in the call. @default [0] */
      readonly indexes?: readonly number[];
      readonly code: string;
      readonly message?: string;
    }
  | {
      /** Something that is not AWS answers: a proxy's HTML page. Nothing is accepted. */
      readonly kind: 'http';
      readonly status: number;
      readonly body?: string;
      /** @default 'text/html' */
      readonly contentType?: string;
    }
  /** The events are accepted, the answer comes when this resolves. */
  | { readonly kind: 'late'; readonly until: Promise<unknown> }
  /** The events are accepted, half of the answer's text arrives, as if it were the whole. */
  | { readonly kind: 'half-answer' }
  /** The events are accepted, the connection is cut in the middle of the answer. */
  | { readonly kind: 'cut-answer' }
  /** The connection is cut, before or after the events are accepted. */
  | { readonly kind: 'reset'; readonly accepted: boolean }
  /** The events are accepted, the answer comes so many milliseconds later. */
  | { readonly kind: 'delay'; readonly delayMs: number }
  /** No answer is ever given; nothing is accepted. */
  | { readonly kind: 'hang' }
);

/** Faults that wait for their call. */
export interface FaultQueue {
  readonly add: (fault: PutEventsFault) => void;
  /** Takes the fault of this call. */
  readonly next: (action: EventBridgeAction, body: JsonValue) => PutEventsFault | undefined;
}

function hasSource(body: JsonValue, source: string): boolean {
  const record = typeof body === 'object' && body !== null && !Array.isArray(body) ? body : {};
  const entries = Array.isArray(record['Entries']) ? record['Entries'] : [];
  return entries.some(
    (entry) =>
      typeof entry === 'object' &&
      entry !== null &&
      !Array.isArray(entry) &&
      entry['Source'] === source,
  );
}

/** Makes an empty queue; faults that fit a call come in the order they were added. */
export function createFaultQueue(): FaultQueue {
  const queue: PutEventsFault[] = [];
  return {
    add: (fault) => {
      for (let count = fault.times ?? 1; count > 0; count -= 1) queue.push(fault);
    },
    next: (action, body) => {
      const index = queue.findIndex(
        (fault) =>
          (fault.action ?? 'PutEvents') === action &&
          (fault.source === undefined || hasSource(body, fault.source)),
      );
      return index < 0 ? undefined : queue.splice(index, 1)[0];
    },
  };
}
