import { ConfigurationError } from '@bpmn-connectors/sdk';
import { errorOfRecord } from './error-of-record.ts';
import type { OpenRefusal } from './thread-protocol.ts';

/** Says why the journal of a folder cannot be opened. */
export function refusedError(
  folder: string,
  { reason, fix, cause }: OpenRefusal,
): ConfigurationError {
  const error = new ConfigurationError([{ where: `journal ${folder}`, reason, fix }]);
  if (cause !== undefined) error.cause = errorOfRecord(cause);
  return error;
}
