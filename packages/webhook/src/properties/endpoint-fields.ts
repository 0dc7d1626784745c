import { field } from '@bpmn-connectors/sdk';
import { z } from 'zod';

/** Fields that say where a webhook is reached. */
export const endpointFields = () => ({
  context: field(z.string().regex(/^[a-zA-Z0-9]+([-_][a-zA-Z0-9]+)*$/), {
    label: 'Webhook ID',
    description: 'Last part of the URL that the sender calls',
    tooltip:
      'The sender calls <code>https://your host/webhooks/the webhook ID</code>. One ID is one endpoint: elements of one process may share it, other processes may not.',
    group: 'endpoint',
    initial: { generate: 'uuid' },
    patternHint: 'Letters, digits, and single hyphens or underscores between them',
  }),
  method: field(z.enum(['any', 'get', 'post', 'put', 'delete']).default('any'), {
    label: 'HTTP method',
    group: 'endpoint',
    choices: { any: 'Any', get: 'GET', post: 'POST', put: 'PUT', delete: 'DELETE' },
  }),
});
