import type { DeadLetter } from '../management/dead-letter-schema.ts';

/** A line for each dead letter. */
export function describeList(letters: readonly DeadLetter[]): string {
  if (letters.length === 0) return 'There are no dead letters\n';
  const widest = Math.max(...letters.map(({ webhookId }) => webhookId.length));
  const lines = letters.map(
    ({ id, at, webhookId, code, message }) =>
      `${id}  ${at}  ${webhookId.padEnd(widest)}  ${code}  ${message}`,
  );
  return `${lines.join('\n')}\n`;
}
