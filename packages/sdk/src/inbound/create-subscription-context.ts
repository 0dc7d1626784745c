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
      const outcome = await context.correlate(writeDelivery(event));
      leaveSummary(context, startedAt, outcome);
      return outcome;
    },
    report: (health) => context.report?.(health),
  };
}

function leaveSummary(context: InboundContext, startedAt: number, outcome: InboundOutcome): void {
  try {
    context.delivered({
      at: new Date(startedAt).toISOString(),
      outcome: outcome.status,
      step: stepOf(outcome),
      durationMs: context.clock.now() - startedAt,
      ...('processInstanceKey' in outcome
        ? { processInstanceKey: outcome.processInstanceKey }
        : {}),
    });
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
