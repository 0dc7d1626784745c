import { type LookupAddress, lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';

/**
 * Looks a name up like `dns.lookup`, but fails if any of its addresses is not allowed: what is connected to was
 * checked, so that no name leads to an inner service, whatever it was before.
 */
export const lookupAllowed =
  (allows: (address: string) => boolean): LookupFunction =>
  (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = error === null ? addresses : [];
      const isAllowed = ({ address }: LookupAddress): boolean => allows(address);
      if (error !== null || first === undefined) callback(error ?? notFound(hostname), '', 0);
      else if (!addresses.every(isAllowed)) callback(new Error(`${hostname} ${isPrivate}`), '', 0);
      else if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };

/** Why a key set is not fetched, and what to do about it. */
export const isPrivate =
  'has a private address: have the operator allow it (--private-key-set-hosts, jwks.privateHosts)';

const notFound = (hostname: string): Error => new Error(`${hostname} has no address`);
