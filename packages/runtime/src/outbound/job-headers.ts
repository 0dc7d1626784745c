import { ConnectorError, type Job, parseDuration } from '@bpmn-connectors/sdk';
import { blankAsAbsent } from '../expressions/blank-as-absent.ts';

/** The task headers that the connector runtime reads (Camunda's names). */
export type JobHeader = 'resultVariable' | 'resultExpression' | 'errorExpression' | 'retryBackoff';

/** A header's text; undefined where it is absent or blank. */
export const jobHeader = (headers: Job['customHeaders'], name: JobHeader): string | undefined =>
  blankAsAbsent(headers[name]);

/**
 * Milliseconds of the header `retryBackoff`; undefined where there is none.
 * @throws {ConnectorError} `RETRY_BACKOFF_INVALID` it is no ISO 8601 duration.
 */
export function retryBackoffMs(headers: Job['customHeaders']): number | undefined {
  const text = jobHeader(headers, 'retryBackoff');
  if (text === undefined) return undefined;
  const milliseconds = parseDuration(text);
  if (milliseconds !== undefined) return milliseconds;
  throw new ConnectorError(
    'RETRY_BACKOFF_INVALID',
    'The header retryBackoff is no duration of ISO 8601 such as PT30S',
  );
}
