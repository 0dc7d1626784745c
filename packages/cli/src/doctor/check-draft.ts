import type { PlanDraft } from '../serve/draft-plan.ts';
import { adviseModels } from '../validate/advise-models.ts';
import { type CheckResult, fail, ok, warn } from './check-result.ts';
import { countOf } from './count-of.ts';

function summaryOf({
  resources,
  inboundElements,
  jobElements,
  configuration,
}: PlanDraft): CheckResult {
  const counts = [
    countOf(inboundElements.length, 'inbound element'),
    countOf(jobElements.length, 'job element'),
  ].join(', ');
  if (resources.length > 0) return ok(countOf(resources.length, 'model'), counts);
  if (configuration.engine === 'forward') return ok('endpoints', counts);
  return ok(
    'models',
    `none are given: what was deployed before to ${configuration.data} is served`,
  );
}

const secretsOf = ({ secretNames }: PlanDraft): readonly CheckResult[] =>
  secretNames.length === 0 ? [] : [ok('secrets', `there are ${secretNames.join(', ')}`)];

/** Tells all that is wrong, or unwise, about models, endpoints and secrets. */
export async function checkDraft(
  draft: PlanDraft,
  otherJobTypes: readonly string[],
): Promise<readonly CheckResult[]> {
  const advice = await adviseModels({ ...draft, otherJobTypes });
  const results = [
    ...draft.problems.map(({ where, reason, fix }) => fail(where, reason, fix)),
    ...advice.map(({ level, where, reason, fix }) =>
      (level === 'error' ? fail : warn)(where, reason, fix),
    ),
  ];
  const isGood = results.every(({ level }) => level !== 'fail');
  return [...(isGood ? [summaryOf(draft)] : []), ...secretsOf(draft), ...results];
}
