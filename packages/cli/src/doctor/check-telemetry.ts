import type { PlanDraft } from '../serve/draft-plan.ts';
import { findTelemetry } from '../serve/load-telemetry.ts';
import { type CheckResult, ok } from './check-result.ts';
import { failsOfError } from './fails-of-error.ts';

/** Loads the user's module for telemetry, and makes nothing with it. */
export async function checkTelemetry({
  configuration: { telemetry },
  cwd,
}: PlanDraft): Promise<readonly CheckResult[]> {
  if (telemetry === undefined) return [];
  try {
    await findTelemetry(telemetry, cwd);
    return [ok(`telemetry ${telemetry}`)];
  } catch (error) {
    return failsOfError(`telemetry ${telemetry}`, error);
  }
}
