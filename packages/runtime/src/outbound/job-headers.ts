import { ConnectorError, type Job, parseDuration } from '@bpmn-connectors/sdk';
import { blankAsAbsent } from '../expressions/blank-as-absent.ts';

/** The task headers that hold durations. */
export type DurationHeader = 'retryBackoff' | 'jobTimeout';

/** The task headers that the connector runtime reads (Camunda's names). */
export type JobHeader = 'resultVariable' | 'resultExpression' | 'errorExpression' | DurationHeader;

/** A header's text; undefined where it is absent or blank. */
export const jobHeader = (headers: Job['customHeaders'], name: JobHeader): string | undefined =>
  blankAsAbsent(headers[name]);

/**
 * Milliseconds of a header that holds a duration; undefined where there is none. A job's time must be
 * longer than nothing.
 * @throws {ConnectorError} `RETRY_BACKOFF_INVALID` | `JOB_TIMEOUT_INVALID` it is no such ISO 8601 duration.
 */
export function headerMs(headers: Job['customHeaders'], name: DurationHeader): number | undefined {
  const text = jobHeader(headers, name);
  if (text === undefined) return undefined;
  const milliseconds = parseDuration(text);
  if (milliseconds !== undefined && (milliseconds > 0 || name === 'retryBackoff')) {
    return milliseconds;
  }
  throw new ConnectorError(
    name === 'retryBackoff' ? 'RETRY_BACKOFF_INVALID' : 'JOB_TIMEOUT_INVALID',
    `The header ${name} is no duration of ISO 8601 such as PT30S`,
  );
}
