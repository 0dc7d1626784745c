import type { Clock } from '@bpmn-connectors/sdk';
import { type Attempted, attemptDelivery, judgeAttempt, type Target } from './attempt-delivery.ts';
import type { AcceptedEvent, EventEnvelope } from './event-envelope.ts';
import { createPendingCount } from './pending-count.ts';
import { nextDelayMs, type RetryPolicy, type Verdict } from './retry-policy.ts';

/** One attempt to deliver one event to one destination. */
export interface DeliveryAttempt {
  readonly eventId: string;
  readonly rule: string;
  readonly destination: string;
  /** From 1. */
  readonly attempt: number;
  /** ISO 8601; when the attempt began. */
  readonly at: string;
  /** HTTP status, where there was an answer. */
  readonly status?: number;
  /** Why there was none. `TOKEN`: the token endpoint gave no token. */
  readonly error?: 'TIMEOUT' | 'CONNECTION' | 'TOKEN' | 'DEAUTHORIZED';
  readonly verdict: Verdict;
}

/** An event that was given up. */
export interface DeadLetter {
  readonly rule: string;
  readonly destination: string;
  /** The rule's `deadLetter`; where it has none AWS would have lost the event. */
  readonly queue?: string;
  readonly attempts: number;
  readonly event: EventEnvelope;
}

/** Delivers events to targets, again and again where need be. */
export interface Deliverer {
  readonly attempts: readonly DeliveryAttempt[];
  readonly deadLetters: readonly DeadLetter[];
  readonly deliver: (event: AcceptedEvent, target: Target) => void;
  /** Resolves when nothing is under way and nothing waits for its next attempt. */
  readonly idle: () => Promise<void>;
  /** Gives everything up. */
  readonly close: () => void;
}

interface Delivery {
  readonly event: AcceptedEvent;
  readonly target: Target;
  readonly acceptedAt: number;
  readonly attempt: number;
}

const recordOf = (
  { event, target, attempt }: Delivery,
  startedAt: number,
  attempted: Attempted,
  verdict: Verdict,
): DeliveryAttempt => ({
  eventId: event.envelope.id,
  rule: target.rule,
  destination: target.destination.name,
  attempt,
  at: new Date(startedAt).toISOString(),
  ...('status' in attempted ? { status: attempted.status } : { error: attempted.error }),
  verdict,
});

const deadLetterOf = ({ event, target, attempt }: Delivery): DeadLetter => ({
  rule: target.rule,
  destination: target.destination.name,
  ...(target.queue === undefined ? {} : { queue: target.queue }),
  attempts: attempt,
  event: event.envelope,
});

/** Makes a deliverer with one retry policy for all targets. */
export function createDeliverer(policy: RetryPolicy, clock: Clock): Deliverer {
  const attempts: DeliveryAttempt[] = [];
  const deadLetters: DeadLetter[] = [];
  const pending = createPendingCount();
  const cancels = new Set<() => void>();
  const abort = new AbortController();

  const schedule = (next: Delivery, delayMs: number): void => {
    const cancel = clock.schedule(delayMs, () => {
      cancels.delete(cancel);
      void run(next);
    });
    cancels.add(cancel);
  };

  const run = async (delivery: Delivery): Promise<void> => {
    const { event, target, attempt, acceptedAt } = delivery;
    const startedAt = clock.now();
    const attempted = await attemptDelivery(event, target, clock, abort.signal);
    if (abort.signal.aborted) return pending.end();
    const retryAfter = 'status' in attempted ? attempted.retryAfter : undefined;
    const delayMs = nextDelayMs(policy, { attempt, acceptedAt, now: clock.now(), retryAfter });
    const judged = judgeAttempt(attempted);
    const verdict = judged === 'retry' && delayMs === undefined ? 'dropped' : judged;
    attempts.push(recordOf(delivery, startedAt, attempted, verdict));
    if (verdict === 'retry' && delayMs !== undefined) {
      return schedule({ ...delivery, attempt: attempt + 1 }, delayMs);
    }
    if (verdict === 'dropped') deadLetters.push(deadLetterOf(delivery));
    pending.end();
  };

  return {
    attempts,
    deadLetters,
    idle: pending.idle,
    deliver: (event, target) => {
      pending.begin();
      void run({ event, target, acceptedAt: clock.now(), attempt: 1 });
    },
    close: () => {
      abort.abort();
      for (const cancel of cancels) {
        cancel();
        pending.end();
      }
      cancels.clear();
    },
  };
}
