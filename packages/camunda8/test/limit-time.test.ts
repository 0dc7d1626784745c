import { getEventListeners } from 'node:events';
import { expect, test } from '@jest/globals';
import { limitTime } from '../src/http/limit-time.ts';

test('the time of a piece of work ends it, and says that it did', async () => {
  const limit = limitTime(10, undefined);
  await new Promise((resolve) => limit.signal.addEventListener('abort', resolve));
  expect(limit.isOver()).toBe(true);
});

test('the given signal ends it as well, before or meanwhile, which is not the end of its time', () => {
  expect(limitTime(10_000, AbortSignal.abort()).signal.aborted).toBe(true);
  const given = new AbortController();
  const limit = limitTime(10_000, given.signal);
  expect(limit.signal.aborted).toBe(false);
  given.abort();
  expect([limit.signal.aborted, limit.isOver()]).toEqual([true, false]);
  limit.end();
});

test('work that has ended leaves nothing at a signal that lives on', () => {
  const { signal } = new AbortController();
  for (let call = 0; call < 20; call++) limitTime(10_000, signal).end();
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});
