import { errorCode } from '../io/error-code.ts';

/** Why `fetch` got no answer: the code of the error below its own. */
export function networkReason(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if (error.name === 'TimeoutError') return 'not in time';
  return String(errorCode(error.cause) ?? error.message);
}
