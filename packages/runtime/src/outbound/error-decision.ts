import type { CompiledExpression, Scope } from '@bpmn-connectors/feel';
import {
  ConnectorError,
  type JobResult,
  type JsonObject,
  type JsonValue,
  parseDuration,
} from '@bpmn-connectors/sdk';
import { isContext, jsonKind } from '../expressions/json-kind.ts';

/**
 * Asks an error expression what is to become of a job. It speaks through the contexts that `bpmnError`,
 * `jobError` and `ignoreError` make; null, `{}` and a BPMN error without code mean: no error.
 * @throws {ConnectorError} `ERROR_EXPRESSION_FAILED` it gave something else, or could not be evaluated.
 */
export function errorDecision(expression: CompiledExpression, scope: Scope): JobResult | undefined {
  const decision = evaluate(expression, scope);
  if (decision === null) return undefined;
  if (!isContext(decision)) throw failed(`must give a context, but gave ${jsonKind(decision)}`);
  if (Object.keys(decision).length === 0) return undefined;
  if (decision['errorType'] === 'bpmnError') return bpmnError(decision);
  if (decision['errorType'] === 'jobError') return jobError(decision);
  if (decision['errorType'] === 'ignoreError') {
    return { action: 'complete', variables: variablesOf(decision) };
  }
  throw failed('must be made with bpmnError, jobError or ignoreError');
}

function evaluate(expression: CompiledExpression, scope: Scope): JsonValue {
  try {
    return expression.evaluate(scope);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'unknown';
    throw failed(`could not be evaluated: ${reason}`, cause);
  }
}

function bpmnError(decision: JsonObject): JobResult | undefined {
  const code = decision['errorCode'] ?? null;
  if (code === null || code === '') return undefined;
  if (typeof code !== 'string') throw failed(`must give errorCode as text, not ${jsonKind(code)}`);
  const errorMessage = messageOf(decision);
  return {
    action: 'throwError',
    errorCode: code,
    ...(errorMessage === undefined ? {} : { errorMessage }),
    variables: variablesOf(decision),
  };
}

function jobError(decision: JsonObject): JobResult {
  const errorMessage = messageOf(decision) ?? '';
  const retries = decision['retries'] ?? 0;
  if (typeof retries !== 'number') throw failed('must give retries as a number');
  return {
    action: 'fail',
    retries: Math.max(0, Math.trunc(retries)),
    errorMessage,
    retryBackoffMs: backoffOf(decision),
    variables: { ...variablesOf(decision), error: errorMessage },
  };
}

function backoffOf(decision: JsonObject): number {
  const backoff = decision['retryBackoff'] ?? 'PT0S';
  const milliseconds = typeof backoff === 'string' ? parseDuration(backoff) : undefined;
  if (milliseconds === undefined) throw failed('must give retryBackoff as a duration');
  return milliseconds;
}

function messageOf(decision: JsonObject): string | undefined {
  const message = decision['errorMessage'] ?? undefined;
  if (message === undefined || typeof message === 'string') return message;
  throw failed(`must give errorMessage as text, not ${jsonKind(message)}`);
}

function variablesOf(decision: JsonObject): JsonObject {
  const variables = decision['variables'] ?? {};
  if (isContext(variables)) return variables;
  throw failed(`must give variables as a context, not ${jsonKind(variables)}`);
}

const failed = (reason: string, cause?: unknown): ConnectorError =>
  new ConnectorError('ERROR_EXPRESSION_FAILED', `The error expression ${reason}`, { cause });
