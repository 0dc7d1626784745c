import { z } from 'zod';

/** What a deployment led to. */
export const deploymentViewSchema = z.object({
  deployments: z.array(
    z.object({
      processId: z.string(),
      version: z.int(),
      key: z.string(),
      resourceName: z.string(),
      endpoints: z.array(z.string()),
    }),
  ),
});
