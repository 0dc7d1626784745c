import { groupBy } from './group-by.ts';
import type { ReadyEndpoint } from './prepare-endpoint.ts';

/** Endpoints of one owner at one address that are served as one: the versions of a process. */
export interface Contender {
  /** The newest version: its properties decide. */
  readonly lead: ReadyEndpoint;
  /** The lead, and older versions that it serves along. */
  readonly members: readonly ReadyEndpoint[];
}

/** Who serves an address now. */
export interface Holder {
  readonly owner: string;
  readonly elementIds: ReadonlySet<string>;
}

/** An address, and who wants it, the first in line first. */
export interface Allocation {
  /** Connector type and address. */
  readonly key: string;
  readonly contenders: readonly Contender[];
}

/** Addresses of different connector types have nothing to do with each other. */
export const addressKey = (connectorType: string, address: string): string =>
  JSON.stringify([connectorType, address]);

/**
 * Decides who is in line for which address. Who has it keeps it, also in a changed form: the same element of
 * the same process comes first, then its process, then first come, first served.
 * @param arrival when a plan was first seen: a number that grows.
 */
export function allocateAddresses(
  endpoints: readonly ReadyEndpoint[],
  holderOf: (key: string) => Holder | undefined,
  arrival: (planId: string) => number,
): readonly Allocation[] {
  const byAddress = groupBy(endpoints, ({ plan, prepared }) =>
    addressKey(plan.connector.definition.type, prepared.address),
  );
  const arrivalOf = ({ members }: Contender): number =>
    Math.min(...members.map(({ plan }) => arrival(plan.id)));
  return [...byAddress].map(([key, candidates]) => {
    const holder = holderOf(key);
    const contenders = contendersOf(candidates)
      .map((contender) => ({
        contender,
        rank: rankOf(contender, holder),
        at: arrivalOf(contender),
      }))
      .sort((a, b) => a.rank - b.rank || a.at - b.at)
      .map(({ contender }) => contender);
    return { key, contenders };
  });
}

/** Joins the versions of a process. Two endpoints of the same version stay rivals. */
function contendersOf(candidates: readonly ReadyEndpoint[]): Contender[] {
  return [...groupBy(candidates, ({ plan }) => plan.owner).values()].flatMap((ofOwner) => {
    const contenders: { lead: ReadyEndpoint; members: ReadyEndpoint[] }[] = [];
    for (const endpoint of ofOwner.toSorted((a, b) => newest(b) - newest(a))) {
      const lead = contenders.find(
        ({ members }) => !members.some((m) => sharesVersion(m, endpoint)),
      );
      if (lead === undefined) contenders.push({ lead: endpoint, members: [endpoint] });
      else lead.members.push(endpoint);
    }
    return contenders;
  });
}

const versionsOf = ({ plan }: ReadyEndpoint): number[] =>
  plan.elements.map(({ element }) => element.version ?? 0);

const newest = (endpoint: ReadyEndpoint): number => Math.max(...versionsOf(endpoint));

function sharesVersion(a: ReadyEndpoint, b: ReadyEndpoint): boolean {
  const versions = new Set(versionsOf(a));
  return versionsOf(b).some((version) => versions.has(version));
}

function rankOf({ members }: Contender, holder: Holder | undefined): number {
  if (holder === undefined) return 0;
  if (members.every(({ plan }) => plan.owner !== holder.owner)) return 2;
  const elements = members.flatMap(({ plan }) => plan.elements);
  return elements.some(({ element }) => holder.elementIds.has(element.elementId)) ? 0 : 1;
}
