import { errorCode } from '../io/error-code.ts';

/** Why `fetch` got no answer: the code of the error below its own. */
export function networkReason(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if (error.name === 'TimeoutError') return 'not in time';
  const code = errorCode(error.cause);
  return typeof code === 'string' ? code : error.message;
}
