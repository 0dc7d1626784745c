import type { HttpAnswer } from '@bpmn-connectors/sdk';
import { z } from 'zod';
import { problem } from './problem.ts';
import type { Call, Route } from './route.ts';

/** The query of routes that take no parameters. */
export const noParameters = z.strictObject({});

type Declaration<Query extends z.ZodObject> = Omit<Route, 'query' | 'handle'> & {
  readonly query: Query;
  readonly handle: (call: Call<z.output<Query>>) => Promise<HttpAnswer>;
};

const refusal = (error: z.ZodError, known: readonly string[]): HttpAnswer => {
  const detail = error.issues
    .map((issue) =>
      issue.code === 'unrecognized_keys'
        ? `unknown parameter ${issue.keys.join(', ')}; known: ${known.join(', ') || 'none'}`
        : `${issue.path.join('.')}: ${issue.message}`,
    )
    .join('; ');
  return problem('PARAMETER_INVALID', { detail });
};

/** Makes a route whose handler gets its query string validated. */
export function defineRoute<Query extends z.ZodObject>(declaration: Declaration<Query>): Route {
  const { query, handle } = declaration;
  return {
    ...declaration,
    handle: async (call) => {
      const parsed = z.safeParse(query, call.query);
      if (!parsed.success) return refusal(parsed.error, Object.keys(query.shape));
      return handle({ ...call, query: parsed.data });
    },
  };
}
