import type { OutboundTest } from '../harness/test-outbound.ts';

const actions: ReadonlySet<unknown> = new Set(['complete', 'fail', 'throwError']);

/** The result of a job. @throws {TypeError} it is something else: a test that compares the wrong thing. */
export function asJobResult(received: unknown): OutboundTest {
  if (isJobResult(received)) return received;
  throw new TypeError('Expected the result of a job, as testOutbound gives it; was it awaited?');
}

const isJobResult = (value: unknown): value is OutboundTest =>
  typeof value === 'object' && value !== null && 'action' in value && actions.has(value.action);
