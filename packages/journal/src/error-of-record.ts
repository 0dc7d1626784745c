import type { ErrorRecord } from './thread-protocol.ts';

/** The error as it was on the thread of the database, without its stack there. */
export function errorOfRecord({ name, message, code }: ErrorRecord): Error {
  return Object.assign(new Error(message), { name, code });
}
