import type { Outcome, PublishCommand } from '@bpmn-connectors/sdk';
import type { TargetContext } from './target-context.ts';

/** Publishes a message; whether somebody takes it is not told (Zeebe's `PublishMessage`). */
export async function publish(
  { gateway, tenantId }: TargetContext,
  command: PublishCommand,
  variables: Uint8Array,
  signal: AbortSignal | undefined,
): Promise<Outcome> {
  const { messageName, correlationKey, messageId, timeToLiveMs = 0 } = command;
  const tenant = command.tenantId ?? tenantId;
  const messageKey = await gateway.publishMessage(
    {
      name: messageName,
      correlationKey,
      timeToLive: timeToLiveMs,
      variables,
      ...(messageId === undefined ? {} : { messageId }),
      ...(tenant === undefined ? {} : { tenantId: tenant }),
    },
    { signal },
  );
  return { status: 'accepted', messageKey };
}
