import type { InboundElement } from '@bpmn-connectors/bpmn';
import type { InboundConnector } from '@bpmn-connectors/sdk';
import { nearestName } from '../configuration/nearest-name.ts';
import { ownTemplates } from '../templates/own-templates.ts';
import type { Finding } from './finding.ts';
import { locationOf } from './location-of.ts';

/** Read, but in no template of ours. */
const withoutField = ['inbound.activationCondition', 'inbound.variableMapping'];

/** All property names that mean something. */
function knownNames({ definition }: InboundConnector): readonly string[] {
  const ofTemplates = ownTemplates().flatMap(({ template }) =>
    template.properties.flatMap(({ binding }) =>
      binding.type === 'zeebe:property' ? [binding.name] : [],
    ),
  );
  const declared = [...definition.endpointProperties, ...definition.elementExpressions];
  return [
    ...new Set([
      ...ofTemplates,
      ...declared.filter((name) => !name.endsWith('.')),
      ...withoutField,
    ]),
  ];
}

/** Finds properties that nobody reads, and tells what an endpoint's own check warns of. */
export function checkProperties(
  elements: readonly InboundElement[],
  connector: InboundConnector,
): readonly Finding[] {
  const known = knownNames(connector);
  return elements
    .filter(({ properties }) => properties['inbound.type'] === connector.definition.type)
    .flatMap((element) => [
      ...unknownProperties(element, known),
      ...endpointWarnings(element, connector),
    ]);
}

const unknownProperties = (element: InboundElement, known: readonly string[]): readonly Finding[] =>
  Object.keys(element.properties)
    .filter((name) => !known.includes(name))
    .map((name) => {
      const nearest = nearestName(name, known);
      return {
        level: 'warning',
        where: `${locationOf(element)} / property ${name}`,
        reason: 'nothing reads it',
        fix: nearest === undefined ? 'Remove it' : `Remove it, or did you mean ${nearest}?`,
      };
    });

/** One that cannot be prepared has problems, which are told elsewhere. */
function endpointWarnings(
  element: InboundElement,
  connector: InboundConnector,
): readonly Finding[] {
  try {
    const { warnings } = connector.prepare(element.properties).description;
    return warnings.map((reason) => ({
      level: 'warning',
      where: locationOf(element),
      reason,
      fix: 'See the README of @bpmn-connectors/webhook',
    }));
  } catch {
    return [];
  }
}
