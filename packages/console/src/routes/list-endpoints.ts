import { defineRoute, noParameters } from '../define-route.ts';
import { jsonAnswer } from '../json-answer.ts';
import { endpointViewSchema } from '../views/endpoint-view.ts';
import { pageOf } from '../views/page-view.ts';

/** Inbound elements. All of them: there are as many as the models have. */
export const listEndpoints = defineRoute({
  method: 'GET',
  path: '/api/endpoints',
  summary: 'Inbound elements, their addresses, states and counts',
  query: noParameters,
  answer: { status: 200, schema: pageOf(endpointViewSchema) },
  problems: [],
  handle: async ({ options: { connectorRuntime } }) =>
    jsonAnswer({ items: connectorRuntime.endpoints(), cursor: null }),
});
