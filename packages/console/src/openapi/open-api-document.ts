import { z } from 'zod';
import type { Route } from '../route.ts';
import { problemViewSchema } from '../views/problem-view.ts';

/** What every route may answer, whatever it does. */
const commonStatuses = [400, 401, 403, 500];

const schemaOf = (schema: z.ZodType, io: 'input' | 'output') => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io });
  return rest;
};

const parameters = (route: Route) => [
  ...[...route.path.matchAll(/\{([a-z]+)\}/gi)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  })),
  ...Object.entries(schemaOf(route.query, 'input').properties ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    required: false,
    schema,
  })),
];

const success = ({ answer }: Route) => {
  if (answer.status === 204) return { description: 'Done' };
  const content =
    answer.schema === undefined
      ? { 'text/plain': { schema: { type: 'string' } } }
      : { 'application/json': { schema: schemaOf(answer.schema, 'output') } };
  return { description: 'Success', content };
};

const failures = (route: Route) =>
  [...new Set([...commonStatuses, ...route.problems])]
    .sort((left, right) => left - right)
    .map((status) => [String(status), { $ref: '#/components/responses/Problem' }]);

const requestBody = (accepts: readonly string[]) => ({
  required: true,
  content: Object.fromEntries(
    accepts.map((type) => [
      type,
      {
        schema: type.startsWith('multipart/')
          ? { type: 'object', additionalProperties: { type: 'string', format: 'binary' } }
          : { type: 'string' },
      },
    ]),
  ),
});

const operation = (route: Route) => ({
  summary: route.summary,
  ...(route.open === true ? { security: [] } : {}),
  parameters: parameters(route),
  ...(route.accepts === undefined ? {} : { requestBody: requestBody(route.accepts) }),
  responses: {
    [String(route.answer.status)]: success(route),
    ...Object.fromEntries(failures(route)),
  },
});

/** Describes routes in OpenAPI 3.1. */
export function openApiDocument(routes: readonly Route[]) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation(route) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'BPMN Connectors management API', version: '1' },
    security: [{}, { bearer: [] }],
    paths,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
      responses: {
        Problem: {
          description: 'What went wrong (RFC 9457)',
          content: {
            'application/problem+json': { schema: schemaOf(problemViewSchema, 'output') },
          },
        },
      },
    },
  };
}
