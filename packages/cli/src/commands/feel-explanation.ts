import type { Explanation } from '@bpmn-connectors/feel';

const longestValue = 100;

const shorten = (text: string): string =>
  text.length > longestValue ? `${text.slice(0, longestValue)}…` : text;

function linesOf({ text, value, error, parts }: Explanation, indent: string): string[] {
  const outcome = error ?? shorten(JSON.stringify(value));
  const line = `${indent}${text.replaceAll(/\s+/g, ' ')}  →  ${outcome}`;
  return [line, ...parts.flatMap((part) => linesOf(part, `${indent}  `))];
}

/** A line for each sub-expression with the value it had, those it was made of below it. */
export const describeExplanation = (explanation: Explanation): string =>
  `${linesOf(explanation, '').join('\n')}\n`;
