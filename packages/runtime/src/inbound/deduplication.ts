import type { Problem } from '@bpmn-connectors/bpmn';
import type { DeployedInboundElement } from '@bpmn-connectors/sdk';
import { blankAsAbsent } from '../expressions/blank-as-absent.ts';
import { elementLocation } from '../problems/element-location.ts';

/**
 * Which elements share an endpoint (`deduplicationMode`): none but the versions of the same element, those
 * of the process whose endpoint properties are the same (AUTO), those that name the same id (MANUAL).
 */
export type Deduplication =
  | { readonly mode: 'element' }
  | { readonly mode: 'auto' }
  | { readonly mode: 'manual'; readonly id: string };

/** Reads the mode; an unknown one, or MANUAL without id, is a problem. */
export function readDeduplication(
  element: DeployedInboundElement,
): { readonly deduplication: Deduplication } | { readonly problem: Problem } {
  const mode = blankAsAbsent(element.properties['deduplicationMode'])?.trim();
  const id = blankAsAbsent(element.properties['deduplicationId'])?.trim();
  if (mode === undefined) return { deduplication: { mode: 'element' } };
  if (mode === 'AUTO') return { deduplication: { mode: 'auto' } };
  if (mode === 'MANUAL' && id !== undefined) return { deduplication: { mode: 'manual', id } };
  const name = mode === 'MANUAL' ? 'deduplicationId' : 'deduplicationMode';
  return {
    problem: {
      where: `${elementLocation(element)} / property ${name}`,
      reason: mode === 'MANUAL' ? 'it is missing' : 'it is neither AUTO nor MANUAL',
      fix: 'Write AUTO, or MANUAL together with a deduplicationId',
    },
  };
}

/** What keeps message ids of one place apart from those of others. Versions are not in it: a redelivery may meet a newer one. */
export function claimScope(
  { processId, elementId, tenantId }: DeployedInboundElement,
  deduplication: Deduplication,
  address: string,
): readonly string[] {
  const process = [tenantId ?? '', processId];
  if (deduplication.mode === 'element') return [...process, 'element', elementId];
  if (deduplication.mode === 'auto') return [...process, 'address', address];
  return [...process, 'group', deduplication.id];
}
