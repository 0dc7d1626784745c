import { chooseEngine } from '../serve/choose-engine.ts';
import type { PlanDraft } from '../serve/draft-plan.ts';
import { type CheckResult, ok } from './check-result.ts';
import { failsOfError } from './fails-of-error.ts';

/** Loads the engine, and makes nothing with it. */
export async function checkEngine({
  configuration,
  structure,
  cwd,
  env,
  secrets,
}: PlanDraft): Promise<readonly CheckResult[]> {
  const { engine } = configuration;
  if (engine === 'forward' && structure.forward === undefined) return [];
  try {
    await chooseEngine(configuration, structure, { cwd, env, secrets });
    return [ok(`engine ${engine}`)];
  } catch (error) {
    return failsOfError(`engine ${engine}`, error);
  }
}
