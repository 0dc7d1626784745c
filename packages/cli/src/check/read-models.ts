import { type Model, ModelError, type Problem, readModel } from '@bpmn-connectors/bpmn';
import type { Resource } from '@bpmn-connectors/sdk';

/** Models, and what is wrong with their files. */
export interface ReadModels {
  readonly models: readonly Model[];
  readonly problems: readonly Problem[];
}

/** Reads models; what cannot be read and what is wrong inside are problems. */
export async function readModels(resources: readonly Resource[]): Promise<ReadModels> {
  const models: Model[] = [];
  const problems: Problem[] = [];
  for (const { name, content } of resources) {
    try {
      const model = await readModel(content, { name });
      models.push(model);
      problems.push(...model.problems);
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      problems.push({ where: name, reason: error.message, fix: 'Name BPMN 2.0 files only' });
    }
  }
  return { models, problems };
}
