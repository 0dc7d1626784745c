import type { Problem } from '@bpmn-connectors/bpmn';
import { createEngine } from '@bpmn-connectors/engine';
import { isConfigurationError, type Journal, type Resource } from '@bpmn-connectors/sdk';

/** Keeps nothing. */
const forgetfulJournal: Journal = {
  get: async () => undefined,
  scan: async () => [],
  commit: async (collect) => void collect(),
  note: () => {},
};

/**
 * Tells what the embedded engine would refuse about models, by deploying them to one that keeps nothing:
 * elements it does not know, expressions that are not FEEL, process ids taken twice.
 */
export async function findEngineProblems(
  resources: readonly Resource[],
): Promise<readonly Problem[]> {
  const engine = createEngine({ journal: forgetfulJournal });
  try {
    await engine.deploy(resources);
    return [];
  } catch (error) {
    if (isConfigurationError(error)) return error.problems;
    throw error;
  } finally {
    await engine.close();
  }
}
