import {
  type HttpAnswer,
  isConfigurationError,
  isConnectorError,
  type Resource,
} from '@bpmn-connectors/sdk';
import { z } from 'zod';
import { defineRoute } from '../define-route.ts';
import { jsonAnswer } from '../json-answer.ts';
import type { DeployedProcess } from '../management-options.ts';
import { problem } from '../problem.ts';
import { readBody } from '../read-body.ts';
import { readResources } from '../read-resources.ts';
import { deploymentViewSchema } from '../views/deployment-view.ts';

const refusal = (error: unknown): HttpAnswer => {
  if (isConfigurationError(error)) {
    const problems = error.problems.map(({ where, reason, fix }) => ({ where, reason, fix }));
    return problem('DEPLOYMENT_REFUSED', { extensions: { problems } });
  }
  if (isConnectorError(error) && error.code === 'BODY_INVALID')
    return problem('BODY_INVALID', { detail: error.message });
  throw error;
};

const view = ({ processDefinitionKey, ...rest }: DeployedProcess) => ({
  processId: rest.processId,
  version: rest.version,
  key: processDefinitionKey,
  resourceName: rest.resourceName,
  endpoints: rest.endpoints,
});

/** Takes models while running. */
export const deploy = defineRoute({
  method: 'POST',
  path: '/api/deployments',
  summary: 'Deploy BPMN models: one as the body, or several as files of a form',
  query: z.strictObject({ name: z.string().min(1).max(255).default('model.bpmn') }),
  accepts: ['application/xml', 'text/xml', 'multipart/form-data'],
  answer: { status: 200, schema: deploymentViewSchema },
  problems: [400, 408, 413, 415, 422, 501],
  handle: async (call) => {
    const deployResources = call.options.deploy;
    if (deployResources === undefined) return problem('NOT_SUPPORTED');
    const read = await readBody(call);
    if ('answer' in read) return read.answer;
    try {
      const resources: readonly Resource[] = await readResources(
        read.bytes,
        call.contentType,
        call.query.name,
      );
      return jsonAnswer({ deployments: (await deployResources(resources)).map(view) });
    } catch (error) {
      return refusal(error);
    }
  },
});
