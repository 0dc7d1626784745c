import type { Command, InboundTarget, Outcome } from '@bpmn-connectors/sdk';
import { GatewayError } from '../gateway/gateway-error.ts';
import { encodeVariables } from '../variables/encode-variables.ts';
import { outcomeOf } from './outcome-of.ts';
import { publish } from './publish.ts';
import { start } from './start.ts';
import type { TargetContext } from './target-context.ts';

const unsupported: Outcome = {
  status: 'rejected',
  code: 'UNSUPPORTED',
  message:
    'Correlating a message (a synchronous response at a message element) takes the cluster’s REST address: set restAddress, or CAMUNDA_REST_ADDRESS',
};

/** Sends commands to the cluster. */
export function createTarget(context: TargetContext): InboundTarget['send'] {
  const give = (
    command: Command,
    variables: Uint8Array,
    signal: AbortSignal | undefined,
  ): Promise<Outcome> | Outcome => {
    if (command.kind === 'start') return start(context, command, variables, signal);
    if (command.kind === 'publish') return publish(context, command, variables, signal);
    return context.correlate?.(command, variables, signal) ?? unsupported;
  };
  return async (command, signal) => {
    const variables = encodeVariables(command.variables);
    try {
      return await give(command, variables, signal);
    } catch (error) {
      if (error instanceof GatewayError) return outcomeOf(error, variables.length);
      // Something else than the cluster answered: whether it was taken is not known.
      const message = error instanceof Error ? error.message : 'unknown';
      return { status: 'unavailable', code: 'CONNECTION', message };
    }
  };
}
