import type { InboundContext, InboundOutcome, TracedEvent } from '@bpmn-connectors/sdk';

const late: InboundOutcome = {
  status: 'unavailable',
  code: 'TIMEOUT',
  message: 'The process runtime did not answer in time',
};
const broken: InboundOutcome = {
  status: 'unavailable',
  code: 'CONNECTION',
  message: 'The connector runtime failed',
};

/**
 * Hands an event over and waits for the outcome, but not longer than the sender does. What comes later is
 * not lost: the sender's redelivery finds it. Never rejects.
 */
export function correlateInTime(
  context: InboundContext,
  { event, span }: TracedEvent,
  timeoutMs: number,
): Promise<InboundOutcome> {
  return new Promise((resolve) => {
    const cancel = context.clock.schedule(timeoutMs, () => resolve(late));
    const settle = (outcome: InboundOutcome): void => {
      cancel();
      resolve(outcome);
    };
    const fail = (): void => {
      context.logger.error({ code: 'CORRELATE_FAILED' }, 'The connector runtime failed');
      settle(broken);
    };
    try {
      const correlate = () => context.correlate(event);
      (span?.run(correlate) ?? correlate()).then(settle, fail);
    } catch {
      fail();
    }
  });
}
