import { type LookupAddress, lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isPrivateAddress } from './is-private-address.ts';

/** Looks a name up like `dns.lookup`, but fails if any of its addresses is private. */
export const lookupPublic: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    const [first] = error === null ? addresses : [];
    if (error !== null || first === undefined) callback(error ?? notFound(hostname), '', 0);
    else if (addresses.some(isPrivate)) callback(new Error('The address is private'), '', 0);
    else if (options.all === true) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};

const isPrivate = ({ address }: LookupAddress): boolean => isPrivateAddress(address);

const notFound = (hostname: string): Error => new Error(`${hostname} has no address`);
