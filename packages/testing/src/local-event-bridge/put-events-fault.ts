/** What the next call of PutEvents shall suffer. `times` counts calls. @default 1 */
export type PutEventsFault = {
  readonly times?: number;
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
  /** The events are accepted, half of the answer's text arrives. */
  | { readonly kind: 'half-answer' }
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
  readonly next: () => PutEventsFault | undefined;
}

/** Makes an empty queue; faults come in the order they were added. */
export function createFaultQueue(): FaultQueue {
  const queue: PutEventsFault[] = [];
  return {
    add: (fault) => {
      for (let count = fault.times ?? 1; count > 0; count -= 1) queue.push(fault);
    },
    next: () => queue.shift(),
  };
}
