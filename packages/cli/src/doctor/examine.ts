import type { CommandLine } from '../configuration/read-configuration.ts';
import type { Io } from '../io/io.ts';
import { draftPlan, type PlanDraft } from '../serve/draft-plan.ts';
import { checkCluster } from './check-cluster.ts';
import { checkDataFolder } from './check-data-folder.ts';
import { checkDraft } from './check-draft.ts';
import { checkEngine } from './check-engine.ts';
import { checkEventBridge } from './check-event-bridge.ts';
import { checkExposure } from './check-exposure.ts';
import { checkKeySets } from './check-key-sets.ts';
import { checkPorts } from './check-ports.ts';
import { checkPublicUrl } from './check-public-url.ts';
import type { CheckResult } from './check-result.ts';
import { checkTelemetry } from './check-telemetry.ts';
import { failsOfError } from './fails-of-error.ts';

const checks: readonly ((draft: PlanDraft) => Promise<readonly CheckResult[]>)[] = [
  checkEngine,
  checkCluster,
  checkTelemetry,
  checkDataFolder,
  checkPorts,
  async (draft) => checkExposure(draft),
  checkPublicUrl,
  checkKeySets,
  checkEventBridge,
];

/**
 * Makes all checks of what `run` would serve, at the same time. Nothing of it is served, deployed or kept.
 * @param otherJobTypes job types that others work.
 */
export async function examine(
  { configuration, structure, positionals }: CommandLine,
  otherJobTypes: readonly string[],
  { env, cwd }: Pick<Io, 'env' | 'cwd'>,
): Promise<readonly CheckResult[]> {
  let draft: PlanDraft;
  try {
    draft = await draftPlan({ ...configuration, ...structure, models: positionals, env, cwd });
  } catch (error) {
    return failsOfError('configuration', error);
  }
  const results = await Promise.all([
    checkDraft(draft, otherJobTypes),
    ...checks.map((check) => check(draft)),
  ]);
  return results.flat();
}
