import { BlockList, isIPv6 } from 'node:net';

/** Special-purpose addresses (RFC 6890 and IANA's registries), as CIDR. */
const ranges = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
  '::/96',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  'fc00::/7',
  'fe80::/9',
  'ff00::/8',
] as const;

const list = new BlockList();
for (const range of ranges) {
  const [network = '', bits = ''] = range.split('/');
  list.addSubnet(network, Number(bits), isIPv6(network) ? 'ipv6' : 'ipv4');
}

/** Whether an address is not one of the public internet. IPv4 addresses mapped into IPv6 are seen through. */
export const isPrivateAddress = (address: string): boolean =>
  list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
