import type { HttpRequest } from '@bpmn-connectors/sdk';
import { z } from 'zod';
import { defineRoute, noParameters } from '../define-route.ts';
import { jsonAnswer } from '../json-answer.ts';
import { problem } from '../problem.ts';
import { headerValues } from '../security/header-values.ts';

const indexSchema = z.record(
  z.string(),
  z.array(
    z.looseObject({
      version: z.int(),
      ref: z.url(),
      engine: z.looseObject({ camunda: z.string() }),
    }),
  ),
);

/** As the client sees it: its `Host` was found good before. */
function baseUrlOf(request: HttpRequest): string {
  const [host = 'localhost'] = headerValues(request, 'host');
  return `${request.encrypted ? 'https' : 'http'}://${host}/element-templates`;
}

/** The index that Desktop Modeler reads. */
export const getTemplateIndex = defineRoute({
  method: 'GET',
  path: '/element-templates/index.json',
  summary: 'Versions of element templates by id, as Desktop Modeler takes them over HTTP',
  query: noParameters,
  answer: { status: 200, schema: indexSchema },
  problems: [501],
  open: true,
  handle: async ({ options: { templates }, request }) =>
    templates === undefined
      ? problem('NOT_SUPPORTED', { detail: 'no element templates are served' })
      : jsonAnswer(templates.index(baseUrlOf(request))),
});
