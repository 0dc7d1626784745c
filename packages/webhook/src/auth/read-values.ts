import { compile, type FeelResult, FeelSyntaxError } from '@bpmn-connectors/feel';
import type { ProblemCollector } from '../endpoint/collect-problems.ts';

type Properties = Readonly<Record<string, string>>;

/**
 * Reads a property that is fixed at deployment: plain text, or `=` and an expression without variables that
 * gives a text, a number or a list of them (several values: rotation without a gap).
 * @returns `undefined` when a problem was added; an empty list when the property is absent.
 */
export function readValues(
  properties: Properties,
  name: string,
  problems: ProblemCollector,
): readonly string[] | undefined {
  const value = properties[name] ?? '';
  if (value.trim() === '') return [];
  if (!value.startsWith('=')) return [value];
  return readExpression(value, name, problems);
}

/** As `readValues`; plain text may be a JSON list or values between commas, as in Camunda. */
export function readList(
  properties: Properties,
  name: string,
  problems: ProblemCollector,
): readonly string[] | undefined {
  const value = (properties[name] ?? '').trim();
  if (value.startsWith('=')) return readExpression(value, name, problems);
  if (value.startsWith('[')) return readExpression(`=${value}`, name, problems);
  return value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function readExpression(
  source: string,
  name: string,
  problems: ProblemCollector,
): readonly string[] | undefined {
  const values = evaluateConstant(source, name, problems);
  if (values === undefined) return undefined;
  const list = (Array.isArray(values) ? values : [values]).map(toText);
  const texts = list.filter((text) => text !== undefined);
  if (texts.length === list.length && texts.length > 0) return texts;
  problems.add(
    name,
    'its expression gives neither a text nor a list of texts',
    'Give one text or a list: =["old", "new"]',
  );
  return undefined;
}

function evaluateConstant(
  source: string,
  name: string,
  problems: ProblemCollector,
): FeelResult | undefined {
  try {
    return compile(source).evaluate({});
  } catch (error) {
    addFeelProblem(name, error, problems);
    return undefined;
  }
}

/** Tells where an expression is wrong, without quoting it: a secret may stand in it. */
export function addFeelProblem(name: string, error: unknown, problems: ProblemCollector): void {
  const where =
    error instanceof FeelSyntaxError
      ? `it is no FEEL expression (line ${error.line}, column ${error.column})`
      : 'its expression cannot be evaluated';
  problems.add(name, where, 'Correct the expression; text without a leading = is taken as it is');
}

const toText = (value: FeelResult): string | undefined => {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
};
