import { type InboundElement, type Problem, problemLocation } from '@bpmn-connectors/bpmn';
import {
  type InboundConnector,
  isConfigurationError,
  type PreparedEndpoint,
  replaceSecretReferences,
} from '@bpmn-connectors/sdk';
import type { LoadedModel } from './read-models.ts';

interface Placed {
  readonly element: InboundElement;
  readonly where: string;
  readonly endpoint: PreparedEndpoint;
}

const locate = (file: string, element: InboundElement): string =>
  problemLocation({
    file,
    process: { id: element.processId },
    element: {
      id: element.elementId,
      ...(element.elementName === undefined ? {} : { name: element.elementName }),
    },
  });

const typeOf = ({ properties }: InboundElement): string => properties['inbound.type'] ?? '';

function prepare(
  where: string,
  element: InboundElement,
  connectors: readonly InboundConnector[],
  secrets: ReadonlyMap<string, string>,
): PreparedEndpoint | readonly Problem[] {
  const connector = connectors.find(({ definition }) => definition.type === typeOf(element));
  if (connector === undefined) {
    const known = connectors.map(({ definition }) => definition.type).join(', ');
    const reason = `there is no inbound connector ${typeOf(element)}`;
    return [{ where, reason, fix: `Use one of: ${known}` }];
  }
  const properties = Object.fromEntries(
    Object.entries(element.properties).map(([name, value]) => [
      name,
      replaceSecretReferences(value, secrets),
    ]),
  );
  try {
    return connector.prepare(properties);
  } catch (error) {
    if (!isConfigurationError(error)) throw error;
    return error.problems.map((problem) => ({ ...problem, where: `${where} / ${problem.where}` }));
  }
}

/** Elements of one process may share an address; those of two may not. */
function findTaken(placed: readonly Placed[]): readonly Problem[] {
  const first = new Map<string, Placed>();
  return placed.flatMap((one): readonly Problem[] => {
    const key = JSON.stringify([typeOf(one.element), one.endpoint.address]);
    const other = first.get(key);
    if (other === undefined) first.set(key, one);
    if (other === undefined || other.element.processId === one.element.processId) return [];
    const reason = `the webhook id ${one.endpoint.address} is already taken by ${other.where}`;
    return [{ where: one.where, reason, fix: 'Give each process a webhook id of its own' }];
  });
}

/** What models want to serve. */
export interface CheckedEndpoints {
  readonly problems: readonly Problem[];
  readonly endpoints: readonly PreparedEndpoint[];
}

/**
 * Finds endpoints that cannot be served: wrong properties, unknown connectors, addresses taken twice.
 * @param secrets the values that properties refer to; a missing one is left as it is written.
 */
export function checkEndpoints(
  models: readonly LoadedModel[],
  connectors: readonly InboundConnector[],
  secrets: ReadonlyMap<string, string>,
): CheckedEndpoints {
  const problems: Problem[] = [];
  const placed: Placed[] = [];
  for (const { file, model } of models)
    for (const element of model.inboundElements) {
      const where = locate(file, element);
      const result = prepare(where, element, connectors, secrets);
      if ('address' in result) placed.push({ element, where, endpoint: result });
      else problems.push(...result);
    }
  return {
    problems: [...problems, ...findTaken(placed)],
    endpoints: placed.map(({ endpoint }) => endpoint),
  };
}
