import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createClaimIndex } from '../src/claims/create-claim-index.ts';
import { createKeyHash } from '../src/claims/create-key-hash.ts';

const highest = 2 ** 48 - 1;

/** Few enough to be met again: equal low bits, neighbouring slots, and the last slot before the first. */
const hashes = fc.oneof(
  fc.constantFrom(1, 2 ** 31 + 1, 2 ** 32 + 1, 2 ** 40 + 1, highest),
  fc.nat(4),
  fc.nat(3).map((n) => 1022 + n),
);

const steps = fc.array(
  fc.record({ remove: fc.boolean(), hash: hashes, sequence: fc.integer({ min: 1, max: 3 }) }),
  { maxLength: 200 },
);

const ascending = (a: number, b: number): number => a - b;

test('an index of claims holds what was added and not removed, however hashes collide', () => {
  fc.assert(
    fc.property(steps, fc.constantFrom(0, 0, 0, 1000), (all, others) => {
      const index = createClaimIndex();
      const model = new Map<number, Set<number>>();
      const at = (hash: number): Set<number> => model.get(hash) ?? new Set();
      const add = (hash: number, sequence: number): void => {
        index.add(hash, sequence);
        model.set(hash, at(hash).add(sequence));
      };
      for (const { remove, hash, sequence } of all) {
        if (!remove) add(hash, sequence);
        else {
          index.remove(hash, sequence);
          at(hash).delete(sequence);
        }
      }
      for (let n = 1; n <= others; n += 1) add(n * 509, n);
      const found = [...model.keys()].map((hash) => index.find(hash).toSorted(ascending));
      expect(found).toEqual([...model.values()].map((all) => [...all].toSorted(ascending)));
    }),
    { numRuns: 300 },
  );
});

test('hashes of claim keys are whole numbers of 48 bits, spread evenly, and differ by their seed', () => {
  const hashKey = createKeyHash();
  const all = Array.from({ length: 10_000 }, (_, n) => hashKey(`["order","Start_1","${n}"]`));
  expect(all.every((hash) => Number.isInteger(hash) && hash >= 0 && hash <= highest)).toBe(true);
  expect(new Set(all).size).toBe(all.length);
  const upper = all.filter((hash) => hash > highest / 2).length;
  expect(Math.abs(upper - all.length / 2)).toBeLessThan(500);
  expect(hashKey('a')).toBe(hashKey('a'));
  expect(createKeyHash()('a')).not.toBe(hashKey('a'));
});
