import { expect, test } from '@jest/globals';
import { compile, FeelEvaluationError, type FeelResult, FeelSyntaxError } from '../../src/index.ts';
import { installDmnTck } from './install-dmn-tck.ts';
import { readDmnTck, type TckCase } from './read-dmn-tck.ts';

/** What is wrong is null for the TCK. */
function resultOf(expression: string): FeelResult {
  try {
    return compile(expression).evaluate({});
  } catch (error) {
    if (error instanceof FeelSyntaxError || error instanceof FeelEvaluationError) return null;
    throw error;
  }
}

function asText(value: FeelResult): string {
  if (Array.isArray(value)) return `[${value.map(asText).join(',')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const entries = Object.entries(value).map(([key, entry]) => `${key}:${asText(entry)}`);
  return `{${entries.sort().join(',')}}`;
}

/** Results are JSON data, in which a date is a text: so quotes do not count, nor do blanks. */
const plain = (text: string): string =>
  (text.startsWith('null(') ? 'null' : text).replace(/["\s]/g, '').replace(/\.0+$/, '');

const sameDuration = (a: string, b: string): boolean =>
  /^-?P/.test(a) && compile('duration(a) = duration(b)', {}).evaluate({ a, b }) === true;

function agrees({ expression, expected }: TckCase): boolean {
  const [ours, theirs] = [plain(asText(resultOf(expression))), plain(expected)];
  if (ours === theirs || sameDuration(ours, theirs)) return true;
  const distance = Math.abs(Number(ours) - Number(theirs));
  return ours !== '' && theirs !== '' && distance <= 1e-9 * Math.abs(Number(theirs));
}

test('the score on the DMN TCK is printed and does not fall', async () => {
  const cases = readDmnTck(await installDmnTck());
  const missed = cases.filter((one) => !agrees(one));
  const counts = new Map<string, number>();
  for (const { id } of missed) {
    const group = id.slice(0, 4);
    counts.set(group, (counts.get(group) ?? 0) + 1);
  }
  const groups = [...counts].map(([group, count]) => `${group}: ${count}`).join(', ');
  process.stdout.write(
    `DMN TCK, FEEL expressions ${cases.length - missed.length}/${cases.length}; missed by group ${groups}\n`,
  );
  expect(cases).toHaveLength(2674);
  expect(missed.length).toBeLessThanOrEqual(249);
}, 300_000);
