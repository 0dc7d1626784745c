import { BlockList, isIP, isIPv6 } from 'node:net';

/**
 * Makes a list of addresses and networks (CIDR). They are compared as numbers: comparing texts let strangers
 * in elsewhere (CVE-2025-68949).
 * @returns undefined where an entry is neither.
 */
export function createAddressList(entries: readonly string[]): BlockList | undefined {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = '', bits, ...rest] = entry.split('/');
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    const longest = family === 'ipv6' ? 128 : 32;
    if (isIP(address) === 0 || rest.length > 0) return undefined;
    if (bits === undefined) list.addAddress(address, family);
    else if (/^\d{1,3}$/.test(bits) && Number(bits) <= longest) {
      list.addSubnet(address, Number(bits), family);
    } else return undefined;
  }
  return list;
}

/** Whether an address is on a list. IPv4 addresses mapped into IPv6 are seen through. */
export const isListed = (list: BlockList, address: string | undefined): boolean =>
  address !== undefined && isIP(address) !== 0 && list.check(address, familyOf(address));

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIPv6(address) ? 'ipv6' : 'ipv4');
