import type { HttpAnswer } from '@bpmn-connectors/sdk';
import { z } from 'zod';
import { defineRoute, noParameters } from '../define-route.ts';
import { jsonAnswer } from '../json-answer.ts';
import { openApiDocument } from '../openapi/open-api-document.ts';
import type { Route } from '../route.ts';

/** Describes the routes, itself included. */
export function getOpenApi(routes: () => readonly Route[]): Route {
  let answer: HttpAnswer | undefined;
  return defineRoute({
    method: 'GET',
    path: '/api/openapi.json',
    summary: 'This description (OpenAPI 3.1)',
    query: noParameters,
    answer: { status: 200, schema: z.record(z.string(), z.unknown()) },
    problems: [],
    handle: async () => {
      answer ??= jsonAnswer(openApiDocument(routes()));
      return answer;
    },
  });
}
