import { isIP } from 'node:net';
import { createAddressList, isListed } from '../request/address-list.ts';
import { isPrivateAddress } from './is-private-address.ts';

/** Which hosts beyond the public internet key sets may come from. */
export interface PrivateHosts {
  /** The host is on the operator's list by its name, or is an address on it. */
  readonly allowsHost: (host: string) => boolean;
  /** The address is public or on the list. */
  readonly allowsAddress: (address: string) => boolean;
}

const hostName = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/;

/**
 * Reads the operator's list of host names, addresses and networks (CIDR). A name allows whatever address it
 * has, and only itself.
 * @returns undefined where an entry is none of these.
 */
export function createPrivateHosts(entries: readonly string[]): PrivateHosts | undefined {
  const isAddress = (entry: string): boolean => isIP(entry.split('/')[0] ?? '') !== 0;
  const list = createAddressList(entries.filter(isAddress));
  const names = new Set(entries.filter((entry) => !isAddress(entry)).map(toLower));
  if (list === undefined || ![...names].every((name) => hostName.test(name))) return undefined;
  const allowsAddress = (address: string): boolean =>
    !isPrivateAddress(address) || isListed(list, address);
  return {
    allowsHost: (host) => (isIP(host) === 0 ? names.has(host.toLowerCase()) : isListed(list, host)),
    allowsAddress,
  };
}

const toLower = (text: string): string => text.toLowerCase();
