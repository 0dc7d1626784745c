import { z } from 'zod';

/** A process definition, as searches and `GET /v2/process-definitions/{key}` tell of it. */
export const clusterDefinitionSchema = z.object({
  processDefinitionKey: z.string().min(1),
  processDefinitionId: z.string().min(1),
  version: z.int(),
  resourceName: z.string().nullish(),
  tenantId: z.string(),
});

/** A deployed version of a process. */
export type ClusterDefinition = z.output<typeof clusterDefinitionSchema>;
