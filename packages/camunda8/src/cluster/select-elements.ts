import type { DeployedInboundElement } from '@bpmn-connectors/sdk';
import type { KnownProcess } from '../models/known-process.ts';
import type { ClusterState } from './read-cluster.ts';

const collator = new Intl.Collator('en', { numeric: true });

/** By key: who was deployed first keeps a webhook id that somebody else takes too. */
const byKey = (one: KnownProcess, other: KnownProcess): number =>
  collator.compare(one.processDefinitionKey, other.processDefinitionKey);

/** New instances begin in the latest version alone, as in Zeebe. */
const isInsideInstance = ({ elementType }: DeployedInboundElement): boolean =>
  elementType !== 'startEvent' && elementType !== 'messageStartEvent';

/** The elements of the latest versions, and those of older ones that are not for starts. */
export function selectElements({
  latest,
  waiting,
}: ClusterState): readonly DeployedInboundElement[] {
  return [
    ...[...latest.values()].toSorted(byKey).flatMap(({ inboundElements }) => inboundElements),
    ...[...waiting.values()]
      .toSorted(byKey)
      .flatMap(({ inboundElements }) => inboundElements.filter(isInsideInstance)),
  ];
}
