import type { ClusterFinding } from '@bpmn-connectors/camunda8';
import { isConfigurationError } from '@bpmn-connectors/sdk';
import type { PlanDraft } from '../serve/draft-plan.ts';
import { readClusterSettings } from '../serve/read-cluster-settings.ts';
import type { CheckResult } from './check-result.ts';

const levels: Readonly<Record<ClusterFinding['status'], CheckResult['level']>> = {
  good: 'ok',
  doubtful: 'warn',
  bad: 'fail',
};

/** Asks the cluster, where one is used. Settings that cannot work are told by the check of the engine. */
export async function checkCluster({
  configuration,
  cwd,
  env,
}: PlanDraft): Promise<readonly CheckResult[]> {
  if (configuration.engine !== 'camunda8') return [];
  const { examineCluster } = await import('@bpmn-connectors/camunda8');
  try {
    const findings = await examineCluster(await readClusterSettings({ cwd, env }));
    return findings.map(({ part, status, text, fix }) => ({
      level: levels[status],
      what: `cluster: ${part}`,
      why: text,
      fix,
    }));
  } catch (error) {
    if (isConfigurationError(error)) return [];
    throw error;
  }
}
