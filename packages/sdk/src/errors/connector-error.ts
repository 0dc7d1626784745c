import type { JsonObject } from '../json/json-value.ts';

/** What a connector may say about a failure. */
export interface ConnectorErrorOptions {
  /** Whether another attempt may succeed. @default false */
  readonly retryable?: boolean;
  /** Wait at least so many milliseconds before the next attempt. */
  readonly retryAfterMs?: number;
  /** Told as `error.variables` to the error expression. */
  readonly variables?: JsonObject;
  /** Fields beside `error` in the error expression's context: the result as far as there is one. */
  readonly result?: JsonObject;
  /** Safe to log: no payload, no credentials. */
  readonly details?: JsonObject;
  readonly cause?: unknown;
}

/**
 * A connector's work failed. The code reaches the error expression as it is (`error.code`). Recognised
 * by its shape, `isConnectorError`, so that two copies of this package understand each other.
 * @example
 * throw new ConnectorError('SMS_NUMBER_UNKNOWN', 'No such number', { retryable: false });
 */
export class ConnectorError extends Error {
  override readonly name = 'ConnectorError';
  readonly code: string;
  readonly retryable: boolean;
  readonly retryAfterMs?: number;
  readonly variables?: JsonObject;
  readonly result?: JsonObject;
  readonly details?: JsonObject;

  constructor(code: string, message: string, options: ConnectorErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable ?? false;
    if (options.retryAfterMs !== undefined) this.retryAfterMs = options.retryAfterMs;
    if (options.variables !== undefined) this.variables = options.variables;
    if (options.result !== undefined) this.result = options.result;
    if (options.details !== undefined) this.details = options.details;
  }
}
