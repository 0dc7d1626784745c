import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';

/** Asks AWS for a bus. Rejects as the AWS SDK does. @returns its ARN. */
export async function describeBus(
  client: EventBridgeClient,
  name: string,
  abortSignal: AbortSignal,
): Promise<string> {
  const { DescribeEventBusCommand } = await import('@aws-sdk/client-eventbridge');
  const { Arn = '' } = await client.send(new DescribeEventBusCommand({ Name: name }), {
    abortSignal,
  });
  return Arn;
}
