import type { z } from 'zod';
import { ConnectorError } from '../errors/connector-error.ts';
import type { JsonObject } from '../json/json-value.ts';
import { compileFit } from './compile-fit.ts';
import { labelAt } from './label-at.ts';

/**
 * Finds out once how a connector's input is made of a job's variables. Modelers write text into every field, so
 * what the schema says decides: empty text and null are absent, `"5"` is a number where one is wanted, a
 * single value is a list of one. Unknown variables are left out.
 * @returns makes the input. It throws {@link ConnectorError} `INPUT_INVALID` naming every field that is wrong by
 * path and, where it has one, by label: `input.to (To): is missing`; values are never told.
 */
export function compileBinding<Schema extends z.ZodType>(
  schema: Schema,
): (variables: JsonObject) => z.output<Schema> {
  const fit = compileFit(schema);
  return (variables) => {
    const result = schema.safeParse(fit(variables));
    if (result.success) return result.data;
    const problems = result.error.issues.map((issue) => toProblem(schema, issue));
    const texts = problems.map(({ place, reason }) => `${place}: ${reason}`);
    throw new ConnectorError('INPUT_INVALID', `Invalid input: ${texts.join('; ')}`);
  };
}

/** Something that an input needs and does not have, or has in the wrong form. */
export interface InputProblem {
  readonly path: readonly string[];
  /** The path, and the field's label where it has one: `input.to (To)`. */
  readonly place: string;
  readonly reason: string;
}

/** What `bind` would refuse of variables, for checks before there is a job. */
export function findInputProblems(
  schema: z.ZodType,
  variables: JsonObject,
): readonly InputProblem[] {
  const { error } = schema.safeParse(compileFit(schema)(variables));
  return (error?.issues ?? []).map((issue) => toProblem(schema, issue));
}

const toProblem = (schema: z.ZodType, issue: z.core.$ZodIssue): InputProblem => ({
  path: issue.path.map(String),
  place: placeOf(schema, issue),
  reason: reasonOf(issue),
});

/**
 * Makes a connector's input of a job's variables: `compileBinding` for a single time.
 * @throws {ConnectorError} `INPUT_INVALID`
 */
export const bind = <Schema extends z.ZodType>(
  schema: Schema,
  variables: JsonObject,
): z.output<Schema> => compileBinding(schema)(variables);

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
