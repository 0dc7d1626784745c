import type { Problem } from '@bpmn-connectors/bpmn';
import {
  createMask,
  isConfigurationError,
  isConnectorError,
  type PreparedEndpoint,
  replaceSecretReferences,
  type SecretProvider,
  secretReferences,
} from '@bpmn-connectors/sdk';
import { elementLocation } from '../problems/element-location.ts';
import { bindExpressionSecrets, elementSources } from '../secrets/bind-expression-secrets.ts';
import { fetchSecrets } from '../secrets/fetch-secrets.ts';
import type { EndpointPlan } from './endpoint-plan.ts';

/** A plan that its connector found good. Nothing is served yet. */
export interface ReadyEndpoint {
  readonly plan: EndpointPlan;
  readonly prepared: PreparedEndpoint;
  /** Changes when a property or the value of a secret in it does. */
  readonly fingerprint: string;
  readonly mask: (text: string) => string;
}

/** Why an endpoint cannot be served. */
export interface EndpointFailure {
  readonly plan: EndpointPlan;
  readonly problems: readonly Problem[];
  /** `SECRET_MISSING`, `SECRETS_UNAVAILABLE`, or what the connector threw. */
  readonly code: string;
  /** Whether it may work later without a change of the model. */
  readonly retryable: boolean;
}

/** Resolves the secrets that an endpoint and its elements name, and has its connector validate it. Never rejects. */
export async function prepareEndpoint(
  plan: EndpointPlan,
  secrets: SecretProvider | undefined,
): Promise<ReadyEndpoint | EndpointFailure> {
  const sources = plan.elements.flatMap((element) => elementSources(element, plan));
  const texts = [...Object.values(plan.written), ...sources.map(({ source }) => source)];
  const names = new Set(texts.flatMap(secretReferences));
  let mask = createMask([]);
  try {
    const values = await fetchSecrets(secrets, names);
    mask = createMask(values.values());
    const properties = Object.fromEntries(
      Object.entries(plan.written).map(([name, text]) => [
        name,
        replaceSecretReferences(text, values),
      ]),
    );
    const prepared = plan.connector.prepare(properties);
    const fingerprint = JSON.stringify(properties);
    return { plan: bindExpressionSecrets(plan, values), prepared, fingerprint, mask };
  } catch (error) {
    return endpointFailure(plan, error, mask);
  }
}

/** Says of each of the endpoint's elements what went wrong. */
export function endpointFailure(
  plan: EndpointPlan,
  error: unknown,
  mask: (text: string) => string,
): EndpointFailure {
  const [compiled] = plan.elements;
  const where = compiled === undefined ? 'endpoint' : elementLocation(compiled.element);
  const code = isConnectorError(error) ? error.code : 'ACTIVATION_FAILED';
  const retryable = isConnectorError(error) ? error.retryable : true;
  if (!isConfigurationError(error)) {
    const reason = mask(error instanceof Error ? error.message : 'it cannot be activated');
    const fix = 'See the reason; the endpoint is tried again with the next deployment';
    return { plan, code, retryable, problems: [{ where, reason, fix }] };
  }
  const problems = error.problems.map((problem) => ({
    where: `${where} / property ${problem.where}`,
    reason: mask(problem.reason),
    fix: problem.fix,
  }));
  return { plan, code, retryable: false, problems };
}
