import { hash, randomBytes } from 'node:crypto';

/** 48 bits: with a million claims a new key meets another's hash once in 280 million times. */
const hexDigits = 12;

/**
 * Makes a hash of claim keys: a whole number below 2^48. It is seeded anew each time, because senders choose
 * the ids that keys are made of, and could choose colliding ones if they knew the hash.
 */
export function createKeyHash(): (key: string) => number {
  const seed = randomBytes(16).toString('hex');
  return (key) => Number.parseInt(hash('sha256', seed + key, 'hex').slice(0, hexDigits), 16);
}
