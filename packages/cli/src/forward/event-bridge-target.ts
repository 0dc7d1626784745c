import type { FeelResult } from '@bpmn-connectors/feel';
import { createOutbound } from '@bpmn-connectors/runtime';
import type { JobResult, JsonObject, OutboundConnector, Outcome } from '@bpmn-connectors/sdk';
import type { Forward } from '../configuration/structure-schema.ts';
import { compileValues } from './compile-values.ts';
import type { Target } from './target.ts';

/** A job that fails for a passing reason has attempts left. */
const retries = 2;

/**
 * Puts each event on a bus, with the connector that jobs use: its batches, limits and codes. The credentials are
 * the machine's default chain.
 * @throws {ConfigurationError} an expression is no FEEL.
 */
export function eventBridgeTarget(
  { region, detail, ...texts }: NonNullable<Forward['eventBridge']>,
  connector: OutboundConnector,
  authentication: JsonObject = { type: 'defaultCredentialsChain' },
): Target {
  const { resources, time, ...others } = texts;
  const values = compileValues('forward.eventBridge', { ...others, detail, resources, time });
  const outbound = createOutbound({ connectors: [connector] });
  let sent = 0;
  return {
    send: async (event) => {
      const input = present({ ...values(event) });
      sent += 1;
      const result = await outbound.execute({
        key: event.idempotencyKey ?? String(sent),
        type: connector.definition.type,
        processId: 'forward',
        processInstanceKey: String(sent),
        elementId: event.endpoint,
        elementInstanceKey: String(sent),
        retries,
        deadline: Date.now() + 60_000,
        variables: {
          authentication,
          configuration: region === undefined ? {} : { region },
          input: { detail: event.variables, ...input },
        },
        customHeaders: { resultExpression: '={eventId: response.entries[1].eventId}' },
      });
      return outcomeOf(result);
    },
    close: () => outbound.close(),
  };
}

const present = (values: Readonly<Record<string, FeelResult | undefined>>): JsonObject =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );

function outcomeOf(result: JobResult): Outcome {
  if (result.action === 'complete') {
    const eventId = result.variables?.['eventId'];
    return { status: 'accepted', messageKey: typeof eventId === 'string' ? eventId : '' };
  }
  const message = result.errorMessage ?? 'The event was refused';
  const error = result.variables?.['error'];
  const code = typeof error === 'object' && error !== null && 'code' in error ? error['code'] : '';
  if (result.action === 'fail' && result.retries > 0) {
    const isThrottled = code === 'ThrottlingException';
    return { status: 'unavailable', code: isThrottled ? 'BACKPRESSURE' : 'CONNECTION', message };
  }
  return {
    status: 'rejected',
    code: code === 'EVENT_TOO_LARGE' ? 'TOO_LARGE' : 'INVALID',
    message,
  };
}
