import { manualClock } from '@bpmn-connectors/testing';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createDueQueue } from '../src/state/due-queue.ts';

const entries = fc.array(fc.record({ due: fc.nat(1000), cancelled: fc.boolean() }), {
  maxLength: 200,
});

test('whatever is scheduled and cancelled, the rest runs in the order of its due times, never early', () => {
  fc.assert(
    fc.property(entries, fc.nat(1000), (all, until) => {
      const clock = manualClock(0);
      const queue = createDueQueue(clock);
      const ran: number[] = [];
      const cancels = all.map(({ due }) =>
        queue.schedule(due, () => {
          expect(clock.now()).toBeGreaterThanOrEqual(due);
          ran.push(due);
        }),
      );
      all.forEach(({ cancelled }, at) => {
        if (cancelled) cancels[at]?.();
      });
      clock.advance(until);
      const expected = all.filter(({ due, cancelled }) => !cancelled && due <= until);
      expect(ran).toEqual(expected.map(({ due }) => due).toSorted((a, b) => a - b));
      for (const cancel of cancels) cancel();
      clock.advance(2000);
      expect(ran).toHaveLength(expected.length);
    }),
  );
});

test('what is scheduled for the past runs as soon as the clock goes on, and nothing after closing', () => {
  const clock = manualClock(5000);
  const queue = createDueQueue(clock);
  const ran: string[] = [];
  queue.schedule(10, () => ran.push('past'));
  queue.schedule(6000, () => ran.push('later'));
  clock.advance(0);
  expect(ran).toEqual(['past']);
  queue.close();
  clock.advance(5000);
  expect(ran).toEqual(['past']);
});
