import { type CorrelateCommand, type Outcome, parseJson } from '@bpmn-connectors/sdk';
import type { RestClient } from './create-rest-client.ts';
import { restError } from './rest-error.ts';
import { textOf } from './text-of.ts';

/** Correlates a message now or not at all. */
export type CorrelateMessage = (
  command: CorrelateCommand,
  variables: Uint8Array,
  signal: AbortSignal | undefined,
) => Promise<Outcome>;

function writeBody(
  { messageName, correlationKey }: CorrelateCommand,
  tenantId: string | undefined,
  variables: Uint8Array,
): Uint8Array {
  const rest = {
    name: messageName,
    correlationKey,
    ...(tenantId === undefined ? {} : { tenantId }),
  };
  const head = JSON.stringify(rest).slice(0, -1);
  return Buffer.concat([Buffer.from(`${head},"variables":`), variables, Buffer.from('}')]);
}

/**
 * Correlates by `POST /v2/messages/correlation`, which gRPC does not have. Answers when the message is
 * correlated, not when the instance ends.
 */
export function createCorrelate(rest: RestClient, tenantId: string | undefined): CorrelateMessage {
  return async (command, variables, signal) => {
    const body = writeBody(command, command.tenantId ?? tenantId, variables);
    const answer = await rest.call({ method: 'POST', path: '/messages/correlation', body, signal });
    if (answer.status === 404) return { status: 'no-subscription' };
    if (answer.status >= 300) throw restError(answer);
    const value = parseJson(answer.body);
    return {
      status: 'correlated',
      processInstanceKey: textOf(value, 'processInstanceKey'),
      messageKey: textOf(value, 'messageKey'),
    };
  };
}
