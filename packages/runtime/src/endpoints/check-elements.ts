import type { Problem } from '@bpmn-connectors/bpmn';
import {
  type DeployedInboundElement,
  type InboundConnector,
  type SecretProvider,
  secretReferences,
} from '@bpmn-connectors/sdk';
import { elementLocation } from '../problems/element-location.ts';
import { elementSources } from '../secrets/bind-expression-secrets.ts';
import { checkSecrets, type SecretUse } from '../secrets/check-secrets.ts';
import type { ActiveEndpoint } from './active-endpoint.ts';
import { addressProblem } from './address-problem.ts';
import { type Allocation, addressKey, allocateAddresses } from './allocate-addresses.ts';
import type { EndpointPlan } from './endpoint-plan.ts';
import { planEndpoints } from './plan-endpoints.ts';
import { prepareEndpoint } from './prepare-endpoint.ts';

/** What elements are checked against. */
export interface CheckSurroundings {
  readonly connectors: ReadonlyMap<string, InboundConnector>;
  readonly secrets: SecretProvider | undefined;
  /** What is served already. */
  readonly active: readonly ActiveEndpoint[];
}

/** Finds everything about elements that would fail when they are deployed, and serves nothing. */
export async function checkElements(
  elements: readonly DeployedInboundElement[],
  { connectors, secrets, active }: CheckSurroundings,
): Promise<readonly Problem[]> {
  const { plans, failures } = planEndpoints(elements, connectors);
  const secretProblems = await checkSecrets(plans.flatMap(secretUses), secrets);
  const endpoints = await Promise.all(plans.map((plan) => prepareEndpoint(plan, secrets)));
  const holders = new Map(
    active.map((endpoint) => [
      addressKey(endpoint.origin.connectorType, endpoint.origin.address),
      endpoint,
    ]),
  );
  const ready = endpoints.filter((endpoint) => 'prepared' in endpoint);
  const allocations = allocateAddresses(
    ready,
    () => undefined,
    (id) => plans.findIndex((plan) => plan.id === id),
  );
  return [
    ...failures.flatMap(({ problems }) => problems),
    ...secretProblems,
    ...endpoints.flatMap((endpoint) =>
      'problems' in endpoint && !isAboutSecrets(endpoint.code) ? endpoint.problems : [],
    ),
    ...allocations.flatMap((allocation) => conflicts(allocation, holders.get(allocation.key))),
  ];
}

/** Told once by `checkSecrets`, for all elements together. */
const isAboutSecrets = (code: string): boolean =>
  code === 'SECRET_MISSING' || code === 'SECRETS_UNAVAILABLE';

const secretUses = (plan: EndpointPlan): SecretUse[] =>
  plan.elements.flatMap((compiled) => {
    const written = Object.entries(plan.written).map(([property, source]) => ({
      property,
      source,
    }));
    return [...written, ...elementSources(compiled, plan)].flatMap(({ property, source }) =>
      secretReferences(source).map((name) => ({
        name,
        where: `${elementLocation(compiled.element)} / property ${property}`,
      })),
    );
  });

/** The first in line has the address, unless an endpoint of another process is served there. */
function conflicts({ contenders }: Allocation, holder: ActiveEndpoint | undefined): Problem[] {
  const [first, ...others] = contenders;
  if (first === undefined) return [];
  const taken = holder !== undefined && holder.owner !== first.lead.plan.owner;
  const by = taken ? holder.elements[0] : first.lead.plan.elements[0];
  return (taken ? contenders : others).flatMap(({ members }) =>
    members.flatMap(({ plan, prepared }) =>
      plan.elements.map(({ element }) =>
        addressProblem(element, prepared.description, by?.element),
      ),
    ),
  );
}
