import {
  type DeliverySummary,
  type InboundContext,
  type InboundEvent,
  type InboundOutcome,
  type Logger,
  type Refusal,
  systemClock,
} from '@bpmn-connectors/sdk';

type Summary = Omit<DeliverySummary, 'id' | 'connectorType' | 'endpoint'>;

/** A connector runtime in small: keeps what it is told and answers as it is bid. */
export interface FakeContext extends InboundContext {
  readonly events: InboundEvent[];
  readonly refusals: Refusal[];
  readonly summaries: Summary[];
  readonly logged: string[];
}

export type Correlate = (event: InboundEvent) => Promise<InboundOutcome>;

export const started: InboundOutcome = { status: 'started', processInstanceKey: '4711' };

export function fakeContext(
  correlate: Correlate = async () => started,
  overrides: Partial<InboundContext> = {},
): FakeContext {
  const events: InboundEvent[] = [];
  const refusals: Refusal[] = [];
  const summaries: Summary[] = [];
  const logged: string[] = [];
  const write = (fields: unknown, message: string): void => {
    logged.push(`${message} ${JSON.stringify(fields)}`);
  };
  const logger: Logger = { debug: write, info: write, warn: write, error: write };
  return {
    events,
    refusals,
    summaries,
    logged,
    logger,
    clock: systemClock,
    correlate: async (event: InboundEvent) => {
      events.push(event);
      return correlate(event);
    },
    delivered: (summary: Summary) => void summaries.push(summary),
    refused: (refusal: Refusal) => void refusals.push(refusal),
    ...overrides,
  };
}
