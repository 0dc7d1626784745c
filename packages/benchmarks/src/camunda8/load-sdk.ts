import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { JsonObject } from '@bpmn-connectors/sdk';

/** What is called of `@camunda8/sdk`. */
export interface SdkClient {
  createProcessInstance(request: {
    readonly bpmnProcessId: string;
    readonly variables: JsonObject;
  }): Promise<unknown>;
  publishMessage(request: {
    readonly name: string;
    readonly correlationKey: string;
    /** Milliseconds. */
    readonly timeToLive: number;
    readonly variables: JsonObject;
  }): Promise<unknown>;
  close(): Promise<unknown>;
}

interface Sdk {
  readonly Camunda8: new (
    configuration: Readonly<Record<string, unknown>>,
  ) => { getZeebeGrpcApiClient(): SdkClient };
}

/**
 * Loads `@camunda8/sdk` from where it was installed; the result connects it. A call is made once, as by our
 * client: it is told of backpressure instead of waiting it out.
 */
export function loadSdk(folder: string): (grpcAddress: string) => SdkClient {
  const { Camunda8 }: Sdk = createRequire(join(folder, 'package.json'))('@camunda8/sdk');
  return (grpcAddress) =>
    new Camunda8({
      CAMUNDA_OAUTH_DISABLED: true,
      ZEEBE_GRPC_ADDRESS: grpcAddress,
      zeebeGrpcSettings: { ZEEBE_GRPC_CLIENT_RETRY: false, ZEEBE_CLIENT_LOG_LEVEL: 'NONE' },
    }).getZeebeGrpcApiClient();
}
