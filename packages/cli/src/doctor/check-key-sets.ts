import type { InboundElement } from '@bpmn-connectors/bpmn';
import { examineKeySet, webhookDefinition } from '@bpmn-connectors/webhook';
import type { PlanDraft } from '../serve/draft-plan.ts';
import { locationOf } from '../validate/location-of.ts';
import { type CheckResult, fail, ok } from './check-result.ts';
import { countOf } from './count-of.ts';
import { resolveSecrets } from './resolve-secrets.ts';

const type = 'inbound.auth.type';
const jwkUrl = 'inbound.auth.jwt.jwkUrl';
const algorithms = 'inbound.auth.jwt.algorithms';

async function checkOne(
  element: InboundElement,
  { secrets, configuration }: PlanDraft,
): Promise<readonly CheckResult[]> {
  const properties = await resolveSecrets(element.properties, secrets);
  if (properties === undefined) return [];
  const report = await examineKeySet(properties, {
    privateHosts: configuration.privateKeySetHosts,
  });
  if (report === undefined) return [];
  // As written: where it is a secret, its name.
  const what = `key set ${element.properties[jwkUrl] ?? ''} of ${locationOf(element)}`;
  if (report.reason === undefined) return [ok(what, countOf(report.keys, 'key'))];
  const fix = 'Look whether the issuer is up, and correct the URL: no token can be verified';
  return [fail(what, report.reason, fix)];
}

/** Elements that look for the same keys at the same place are asked for once. */
const keyOf = ({ properties }: InboundElement): string =>
  JSON.stringify([type, jwkUrl, algorithms].map((name) => properties[name]));

/** Fetches the key sets by which webhooks verify tokens. */
export async function checkKeySets(draft: PlanDraft): Promise<readonly CheckResult[]> {
  const ofWebhooks = draft.inboundElements.filter(
    ({ properties }) => properties['inbound.type'] === webhookDefinition.type,
  );
  const elements = new Map(ofWebhooks.map((element) => [keyOf(element), element]));
  const results = await Promise.all([...elements.values()].map((one) => checkOne(one, draft)));
  return results.flat();
}
