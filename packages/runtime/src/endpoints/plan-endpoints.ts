import type { DeployedInboundElement, InboundConnector } from '@bpmn-connectors/sdk';
import { compileElement } from '../inbound/compile-element.ts';
import type { CompiledElement } from '../inbound/compiled-element.ts';
import { elementLocation } from '../problems/element-location.ts';
import type { ElementFailure, EndpointPlan } from './endpoint-plan.ts';
import { endpointProperties } from './endpoint-properties.ts';

/** What the elements of a snapshot come to. */
export interface Planning {
  readonly plans: readonly EndpointPlan[];
  readonly failures: readonly ElementFailure[];
  /** Elements whose `inbound.type` no connector here has. */
  readonly unknown: readonly DeployedInboundElement[];
}

/** A plan while its elements are being collected. */
interface Group extends Omit<EndpointPlan, 'elements'> {
  readonly elements: CompiledElement[];
}

/** Compiles elements and groups those that share an endpoint. */
export function planEndpoints(
  elements: readonly DeployedInboundElement[],
  connectors: ReadonlyMap<string, InboundConnector>,
): Planning {
  const groups = new Map<string, Group>();
  const failures: ElementFailure[] = [];
  const unknown: DeployedInboundElement[] = [];
  for (const element of elements) {
    const connector = connectors.get(element.properties['inbound.type'] ?? '');
    if (connector === undefined) {
      unknown.push(element);
      continue;
    }
    const { compiled, problems } = compileElement(element, connector.definition);
    if (compiled === undefined) failures.push({ element, problems });
    else addToGroup(groups, compiled, connector);
  }
  const contradicting = [...groups.values()].flatMap((group) => contradictions(group, groups));
  const failed = new Set(contradicting.map(({ element }) => element));
  const plans = [...groups.values()]
    .map((group) => ({ ...group, elements: newestFirst(group.elements, failed) }))
    .filter((plan) => plan.elements.length > 0);
  return { plans, failures: [...failures, ...contradicting], unknown };
}

function addToGroup(
  groups: Map<string, Group>,
  compiled: CompiledElement,
  connector: InboundConnector,
): void {
  const { element, deduplication } = compiled;
  const { type, endpointProperties: names } = connector.definition;
  const written = endpointProperties(element.properties, names);
  const owner = JSON.stringify([element.tenantId ?? '', element.processId]);
  const member = deduplication.mode === 'element' ? element.elementId : '';
  const id = JSON.stringify([type, owner, deduplication, member, written]);
  const group = groups.get(id) ?? { id, connector, owner, written, elements: [] };
  group.elements.push(compiled);
  groups.set(id, group);
}

const newestFirst = (
  elements: readonly CompiledElement[],
  failed: ReadonlySet<DeployedInboundElement>,
): CompiledElement[] =>
  elements
    .filter(({ element }) => !failed.has(element))
    .sort((a, b) => (b.element.version ?? 0) - (a.element.version ?? 0));

/** Elements of one version that name the same deduplication id must agree in what makes the endpoint. */
function contradictions(group: Group, groups: ReadonlyMap<string, Group>): ElementFailure[] {
  return group.elements.flatMap((compiled) => {
    const { deduplication, element } = compiled;
    if (deduplication.mode !== 'manual') return [];
    const other = [...groups.values()].find(
      (candidate) =>
        candidate !== group &&
        candidate.owner === group.owner &&
        candidate.elements.some((member) => isOfSameGroup(member, compiled)),
    );
    if (other === undefined) return [];
    const problem = {
      where: `${elementLocation(element)} / property deduplicationId`,
      reason: `elements with the id ${deduplication.id} differ in ${differingNames(group.written, other.written)}`,
      fix: 'Make these properties the same, or give each endpoint an id of its own',
    };
    return [{ element, problems: [problem] }];
  });
}

const isOfSameGroup = (a: CompiledElement, b: CompiledElement): boolean =>
  a.deduplication.mode === 'manual' &&
  b.deduplication.mode === 'manual' &&
  a.deduplication.id === b.deduplication.id &&
  a.element.version === b.element.version;

function differingNames(
  a: Readonly<Record<string, string>>,
  b: Readonly<Record<string, string>>,
): string {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].filter((name) => a[name] !== b[name]).join(', ');
}
