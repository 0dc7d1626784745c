import type { DeadLetterDetail } from '../management/dead-letter-schema.ts';
import { describeStep } from './describe-step.ts';

const longestBody = 4000;

/** A dead letter for a person: why it stopped, what each step decides now, and what was received. */
export function describeLetter(letter: DeadLetterDetail): string {
  const { id, at, webhookId, step, code, message, steps, envelope } = letter;
  return [
    `Dead letter ${id}`,
    `  webhook   ${webhookId}`,
    `  received  ${at}`,
    `  stopped   at ${step}: ${code}`,
    `            ${message}`,
    '',
    'If it came now',
    ...steps.flatMap(describeStep),
    '',
    'Received with',
    ...Object.entries(envelope).map(([name, value]) => `  ${name}: ${JSON.stringify(value)}`),
    '',
    ...describeBody(Buffer.from(letter.bodyBase64, 'base64')),
    '',
  ].join('\n');
}

function describeBody(bytes: Buffer): readonly string[] {
  const text = bytes.toString();
  const title = `Body, ${bytes.byteLength} bytes`;
  if (!bytes.equals(Buffer.from(text))) return [`${title}, no text: --json shows it in base64`];
  if (text.length <= longestBody) return [title, text];
  return [`${title}, its beginning: --json shows it whole, in base64`, text.slice(0, longestBody)];
}
