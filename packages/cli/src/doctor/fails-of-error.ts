import { isConfigurationError, isConnectorError } from '@bpmn-connectors/sdk';
import { type CheckResult, fail } from './check-result.ts';

/**
 * What an error that would end `run` says.
 * @throws the error, if it is none that a person can do something about.
 */
export function failsOfError(what: string, error: unknown): readonly CheckResult[] {
  if (isConfigurationError(error))
    return error.problems.map(({ where, reason, fix }) => fail(where, reason, fix));
  if (isConnectorError(error)) return [fail(what, error.message, 'Correct it')];
  throw error;
}
