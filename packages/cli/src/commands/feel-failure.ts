import { FeelEvaluationError, FeelSyntaxError } from '@bpmn-connectors/feel';
import { isConnectorError } from '@bpmn-connectors/sdk';

/**
 * What is told of an expression, or of data, that is wrong.
 * @throws the error, if it is none of those.
 */
export function feelFailure(error: unknown): { readonly code: string; readonly message: string } {
  const expected =
    error instanceof FeelSyntaxError ||
    error instanceof FeelEvaluationError ||
    isConnectorError(error);
  if (!expected) throw error;
  return { code: error.code, message: error.message };
}
