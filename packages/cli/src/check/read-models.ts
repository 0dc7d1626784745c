import { type Model, ModelError, type Problem, readModel } from '@bpmn-connectors/bpmn';
import type { Resource } from '@bpmn-connectors/sdk';

/** A model and the file it came from. */
export interface LoadedModel {
  readonly file: string;
  readonly model: Model;
}

/** Reads models; what cannot be read and what is wrong inside are problems. */
export async function readModels(
  resources: readonly Resource[],
): Promise<{ readonly models: readonly LoadedModel[]; readonly problems: readonly Problem[] }> {
  const models: LoadedModel[] = [];
  const problems: Problem[] = [];
  for (const { name, content } of resources) {
    try {
      const model = await readModel(content, { name });
      models.push({ file: name, model });
      problems.push(...model.problems);
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      problems.push({ where: name, reason: error.message, fix: 'Give a BPMN 2.0 file' });
    }
  }
  return { models, problems };
}
