import { type TracedEvent, traceEvent } from '../telemetry/trace-event.ts';
import { traceIdOf } from '../telemetry/trace-id-of.ts';
import type { InboundContext, InboundOutcome, Unprocessable } from './inbound-connector.ts';
import type { SubscriptionContext } from './subscription.ts';
import { writeDelivery } from './write-delivery.ts';

/** The step at which an unprocessable event stopped. */
const steps: Readonly<Record<Unprocessable['code'], string>> = {
  CONDITION_FAILED: 'condition',
  AMBIGUOUS: 'condition',
  MESSAGE_ID_FAILED: 'message-id',
  CORRELATION_KEY_FAILED: 'correlation-key',
  NO_CORRELATION_KEY: 'correlation-key',
  RESULT_FAILED: 'variables',
  REJECTED: 'send',
  TOO_LARGE: 'send',
};

/** Puts what authors of subscriptions need around what the connector runtime gives. */
export function createSubscriptionContext(context: InboundContext): SubscriptionContext {
  const { logger, clock } = context;
  return {
    logger,
    clock,
    correlate: async (event) => {
      const startedAt = clock.now();
      const traced = traceEvent(context, writeDelivery(event), startedAt);
      const correlate = () => context.correlate(traced.event);
      const outcome = await (traced.span?.run(correlate) ?? correlate());
      leaveSummary(context, startedAt, outcome, traced);
      return outcome;
    },
    report: (health) => context.report?.(health),
  };
}

function leaveSummary(
  context: InboundContext,
  startedAt: number,
  outcome: InboundOutcome,
  { event: { trace }, span }: TracedEvent,
): void {
  try {
    const summary = {
      at: new Date(startedAt).toISOString(),
      outcome: outcome.status,
      step: stepOf(outcome),
      durationMs: context.clock.now() - startedAt,
      ...('processInstanceKey' in outcome
        ? { processInstanceKey: outcome.processInstanceKey }
        : {}),
      ...(trace === undefined ? {} : { traceId: traceIdOf(trace) }),
    };
    context.delivered(summary, span);
  } catch {
    // The event is in: a summary that cannot be left must not make its source send it again.
    context.logger.warn({ code: 'SUMMARY_FAILED' }, 'The summary of a delivery was not taken');
  }
}

function stepOf(outcome: InboundOutcome): string {
  if (outcome.status === 'unprocessable') return steps[outcome.code];
  if (outcome.status === 'not-activated') return 'condition';
  return outcome.status === 'duplicate' ? 'claim' : 'send';
}
