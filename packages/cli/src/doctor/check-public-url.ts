import type { PlanDraft } from '../serve/draft-plan.ts';
import { type CheckResult, ok, warn } from './check-result.ts';
import { networkReason } from './network-reason.ts';

const timeoutMs = 3000;

/** Any answer is good: the program behind the URL need not run yet. */
export async function checkPublicUrl({
  configuration: { publicUrl },
}: PlanDraft): Promise<readonly CheckResult[]> {
  if (publicUrl === undefined) return [];
  const what = `${publicUrl}/health/live`;
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const { status, body } = await fetch(what, { redirect: 'manual', signal });
    await body?.cancel();
    return [ok(what, `it answers ${status}`)];
  } catch (error) {
    const fix = 'Look at the name, the proxy and its certificate; senders need them';
    return [warn(what, `it does not answer from here: ${networkReason(error)}`, fix)];
  }
}
