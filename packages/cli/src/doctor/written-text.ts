import { compile } from '@bpmn-connectors/feel';

/**
 * The text that an input mapping gives whatever the process: plain text, or FEEL without variables.
 * @returns undefined where only the job knows.
 */
export function writtenText(source: string): string | undefined {
  if (!source.trimStart().startsWith('=')) return source;
  try {
    const value = compile(source).evaluate({});
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
