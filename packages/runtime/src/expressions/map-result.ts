import type { CompiledExpression, Scope } from '@bpmn-connectors/feel';
import { ConnectorError, type JsonObject, type JsonValue } from '@bpmn-connectors/sdk';
import { isContext, jsonKind } from './json-kind.ts';

/** Where a result goes: into one variable, into the entries of an expression's context, or both. */
export interface ResultMapping {
  readonly variable?: string | undefined;
  readonly expression?: CompiledExpression | undefined;
}

/**
 * Camunda's own engine takes a context with this name for a function to call, so that data of a stranger
 * must not bring it in.
 */
const forbiddenName = 'camunda.function.type';

/**
 * Makes process variables of a result, by Camunda's rules: neither variable nor expression gives none,
 * null gives none, and where both name the same variable the expression wins.
 * @param value what the result variable gets.
 * @param scope what the result expression sees.
 * @throws {ConnectorError} `RESULT_FAILED` the expression gave something else than a context.
 * @throws {FeelEvaluationError} it could not be evaluated.
 */
export function mapResult(mapping: ResultMapping, value: JsonValue, scope: Scope): JsonObject {
  const variables: JsonObject = mapping.variable === undefined ? {} : { [mapping.variable]: value };
  const result = mapping.expression?.evaluate(scope) ?? null;
  if (result === null) return variables;
  if (!isContext(result)) {
    throw failed(`The result expression must give a context, but gave ${jsonKind(result)}`);
  }
  if (holdsForbiddenName(result)) {
    throw failed(`The result expression gave a context with the reserved name ${forbiddenName}`);
  }
  return { ...variables, ...result };
}

const failed = (message: string): ConnectorError => new ConnectorError('RESULT_FAILED', message);

function holdsForbiddenName(value: JsonValue): boolean {
  if (Array.isArray(value)) return value.some(holdsForbiddenName);
  if (!isContext(value)) return false;
  return Object.hasOwn(value, forbiddenName) || Object.values(value).some(holdsForbiddenName);
}
