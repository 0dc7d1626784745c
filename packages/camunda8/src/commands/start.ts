import type { JsonObject, Outcome, StartCommand } from '@bpmn-connectors/sdk';
import type { InstanceResult } from '../gateway/messages.ts';
import { readVariables } from '../variables/read-variables.ts';
import type { TargetContext } from './target-context.ts';

/** The latest version. */
const latest = -1;

/** Starts an instance; with `awaitResultMs` the answer waits for its end. */
export async function start(
  { gateway, tenantId }: TargetContext,
  command: StartCommand,
  variables: Uint8Array,
  signal: AbortSignal | undefined,
): Promise<Outcome> {
  const { processId, version = latest, awaitResultMs } = command;
  const tenant = command.tenantId ?? tenantId;
  const request = {
    bpmnProcessId: processId,
    version,
    variables,
    ...(tenant === undefined ? {} : { tenantId: tenant }),
  };
  if (awaitResultMs === undefined) {
    const processInstanceKey = await gateway.createProcessInstance(request, { signal });
    return { status: 'started', processInstanceKey };
  }
  const result = await gateway.createProcessInstanceWithResult(request, awaitResultMs, { signal });
  const { processInstanceKey } = result;
  const value = resultOf(result);
  const told = value === undefined ? {} : { variables: value };
  return { status: 'started', processInstanceKey, ...told };
}

/** The instance has run: that its variables cannot be read must not let the sender start another. */
function resultOf({ variables }: InstanceResult): JsonObject | undefined {
  try {
    return readVariables(variables);
  } catch {
    return undefined;
  }
}
