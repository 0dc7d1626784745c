import type { z } from 'zod';
import { ConnectorError } from '../errors/connector-error.ts';
import type { JsonObject } from '../json/json-value.ts';
import { fitToSchema } from './fit-to-schema.ts';
import { labelAt } from './label-at.ts';

/**
 * Makes a connector's input of a job's variables. Modelers write text into every field, so what the
 * schema says decides: empty text and null are absent, `"5"` is a number where one is wanted, a single
 * value is a list of one. Unknown variables are left out.
 * @throws {ConnectorError} `INPUT_INVALID` naming every field that is wrong by path and, where it has one,
 * by label: `input.to (To): is missing`; values are never told.
 */
export function bind<Schema extends z.ZodType>(
  schema: Schema,
  variables: JsonObject,
): z.output<Schema> {
  const result = schema.safeParse(fitToSchema(schema, variables));
  if (result.success) return result.data;
  const problems = result.error.issues.map(
    (issue) => `${placeOf(schema, issue)}: ${reasonOf(issue)}`,
  );
  throw new ConnectorError('INPUT_INVALID', `Invalid input: ${problems.join('; ')}`);
}

function placeOf(schema: z.ZodType, { path }: z.core.$ZodIssue): string {
  const label = labelAt(schema, path);
  const place = path.map(String).join('.') || 'input';
  return label === undefined ? place : `${place} (${label})`;
}

/** zod's own messages can quote what was received; these tell what was expected. */
export function reasonOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') {
    const expected = issue.expected === 'string' ? 'text' : issue.expected;
    return expected === 'nonoptional'
      ? 'is missing'
      : `must be ${expected} and is missing or of another type`;
  }
  if (issue.code === 'too_small') return 'must not be blank or too short';
  if (issue.code === 'too_big') return `must not be longer or greater than ${issue.maximum}`;
  if (issue.code === 'invalid_value')
    return `must be one of ${issue.values.map(String).join(', ')}`;
  return issue.code === 'custom' ? issue.message : 'does not have the form that is wanted';
}
