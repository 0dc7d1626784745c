import type { ErrorRecord } from './thread-protocol.ts';

/** What is told of an error on the other thread. */
export function recordOfError(error: unknown): ErrorRecord {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), code: '' };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return { name: error.name, message: error.message, code };
}
