import { ConnectorError, isConnectorError, type JsonObject } from '@bpmn-connectors/sdk';

/** Why a job did not succeed, before anybody decided what follows from it. */
export interface JobFailure {
  /** Name of the error: `ConnectorError`. */
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  readonly retryable: boolean;
  readonly retryAfterMs?: number;
  readonly variables?: JsonObject;
  /** What there is of a result, beside the error. */
  readonly result?: JsonObject;
}

/** Reads what was thrown. What is no `ConnectorError` may be a passing trouble: it is tried again. */
export function jobFailureOf(error: unknown): JobFailure {
  if (isConnectorError(error)) {
    const { code, retryable, retryAfterMs, variables, result } = error;
    return {
      type: error.name,
      message: error.message,
      code,
      retryable,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      ...(variables === undefined ? {} : { variables }),
      ...(result === undefined ? {} : { result }),
    };
  }
  if (!(error instanceof Error)) {
    return { type: 'Error', message: 'What was thrown is no error', retryable: true };
  }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return {
    type: error.name,
    message: error.message,
    retryable: true,
    ...(code === undefined ? {} : { code }),
  };
}

/** Why work that was aborted came to nothing: what it threw is of no use to anybody. */
export const timeOver = (): ConnectorError =>
  new ConnectorError(
    'JOB_TIMEOUT',
    'The time of the job was over before its work ended: see the header jobTimeout',
    { retryable: true },
  );

/** The variable `error`, as error expressions and the failed job's scope have it. */
export function errorVariable({ type, message, code, variables }: JobFailure): JsonObject {
  return {
    type,
    message,
    ...(code === undefined ? {} : { code }),
    ...(variables === undefined ? {} : { variables }),
  };
}
