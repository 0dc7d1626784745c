import type { JobElement } from '@bpmn-connectors/bpmn';
import type { OutboundConnector } from '@bpmn-connectors/sdk';
import { nearestName } from '../configuration/nearest-name.ts';
import { checkWrittenInputs } from './check-written-inputs.ts';
import type { Finding } from './finding.ts';
import { locationOf } from './location-of.ts';

/** Who works jobs. */
export interface JobTypeOptions {
  readonly connectors: readonly OutboundConnector[];
  /** Types that others work. */
  readonly others: readonly string[];
  /** Nobody but the connectors here takes jobs of the embedded engine. */
  readonly embedded: boolean;
}

/** Finds jobs that nobody works, and those of our connectors whose inputs cannot be right. */
export function checkJobTypes(
  elements: readonly JobElement[],
  { connectors, others, embedded }: JobTypeOptions,
): readonly Finding[] {
  const known = new Map(connectors.map((connector) => [connector.definition.type, connector]));
  return elements.flatMap((element): readonly Finding[] => {
    const where = locationOf(element);
    const connector = known.get(element.type);
    if (connector !== undefined) return checkWrittenInputs(element, connector, where);
    if (element.type.startsWith('=') || others.includes(element.type)) return [];
    const nearest = nearestName(element.type, [...known.keys()]);
    const hint = nearest === undefined ? '' : `; did you mean ${nearest}?`;
    return [
      {
        level: embedded ? 'error' : 'warning',
        where,
        reason: `no connector here works jobs of type ${element.type}${hint}`,
        fix: `Correct the type, or say that others work it: --other-job-types ${element.type}`,
      },
    ];
  });
}
