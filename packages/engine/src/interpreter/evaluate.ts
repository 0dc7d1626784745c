import type { CompiledExpression, Scope } from '@bpmn-connectors/feel';
import type { JsonValue } from '@bpmn-connectors/sdk';
import { evaluateValue, type ValueSource } from '../compile/value-source.ts';
import { type IncidentCode, StepError } from './step-error.ts';

/** @throws {StepError} of the given code, naming what was evaluated; never with values. */
export function evaluate(
  source: ValueSource,
  scope: Scope,
  what: string,
  code: IncidentCode = 'EXTRACT_VALUE_ERROR',
): JsonValue {
  try {
    return evaluateValue(source, scope);
  } catch (error) {
    throw failed(what, code, error);
  }
}

/** Text, or a number as text: what names and correlation keys may be. */
export function evaluateText(source: ValueSource, scope: Scope, what: string): string {
  const value = evaluate(source, scope, what);
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  throw unexpected(what, source.text, 'text or a number', value);
}

/** A whole number from 0 on, or text that spells one. */
export function evaluateCount(source: ValueSource, scope: Scope, what: string): number {
  const value = evaluate(source, scope, what);
  const count = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof count === 'number' && Number.isInteger(count) && count >= 0) return count;
  throw unexpected(what, source.text, 'a whole number', value);
}

/** @throws {StepError} `EXTRACT_VALUE_ERROR` when it is neither true nor false. */
export function evaluateCondition(
  expression: CompiledExpression,
  scope: Scope,
  what: string,
): boolean {
  let value: JsonValue;
  try {
    value = expression.evaluate(scope);
  } catch (error) {
    throw failed(what, 'EXTRACT_VALUE_ERROR', error);
  }
  if (typeof value === 'boolean') return value;
  throw unexpected(what, expression.source, 'true or false', value);
}

function failed(what: string, code: IncidentCode, cause: unknown): StepError {
  const reason = cause instanceof Error ? cause.message : 'it failed';
  return new StepError(code, `The ${what} could not be evaluated: ${reason}`, { cause });
}

function unexpected(what: string, text: string, expected: string, value: JsonValue): StepError {
  const kind = value === null ? 'null' : Array.isArray(value) ? 'a list' : `a ${typeof value}`;
  const message = `The ${what} must give ${expected}, but '${text}' gave ${kind}`;
  return new StepError('EXTRACT_VALUE_ERROR', message);
}
