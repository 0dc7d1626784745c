// A built module of an author: exports the definition of a connector.
import { defineOutbound, field } from '@bpmn-connectors/sdk';
import { z } from 'zod';

export const postCardDefinition = defineOutbound({
  type: 'io.example:post-card:1',
  template: { id: 'io.example.PostCard.v1', version: 1, name: 'Send a post card' },
  input: z.object({ to: field(z.string().min(1), { label: 'To' }) }),
});
