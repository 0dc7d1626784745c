import type { JobResult } from '@bpmn-connectors/sdk';
import type { CallOptions, Gateway } from '../gateway/gateway.ts';
import { encodeVariables } from '../variables/encode-variables.ts';

/** Characters of a message; Operate shows it whole, and it is part of every copy of the record. */
const longestMessage = 10_000;

const encoded = (variables: JobResult['variables']) =>
  variables === undefined ? {} : { variables: encodeVariables(variables) };

/**
 * Tells the cluster how a job ended.
 * @throws {GatewayError}
 * @throws {TypeError} the result is no JSON.
 */
export async function endJob(
  gateway: Gateway,
  jobKey: string,
  result: JobResult,
  options: CallOptions,
): Promise<void> {
  switch (result.action) {
    case 'complete':
      return gateway.completeJob({ jobKey, ...encoded(result.variables) }, options);
    case 'fail':
      return gateway.failJob(
        {
          jobKey,
          retries: result.retries,
          errorMessage: result.errorMessage.slice(0, longestMessage),
          ...(result.retryBackoffMs === undefined ? {} : { retryBackOff: result.retryBackoffMs }),
          ...encoded(result.variables),
        },
        options,
      );
    case 'throwError':
      return gateway.throwError(
        {
          jobKey,
          errorCode: result.errorCode,
          ...(result.errorMessage === undefined
            ? {}
            : { errorMessage: result.errorMessage.slice(0, longestMessage) }),
          ...encoded(result.variables),
        },
        options,
      );
  }
}
