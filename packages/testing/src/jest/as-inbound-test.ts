import type { InboundTest } from '../harness/test-inbound.ts';

/** A connector under test. @throws {TypeError} it is something else: a test that compares the wrong thing. */
export function asInboundTest(received: unknown): InboundTest {
  if (isInboundTest(received)) return received;
  throw new TypeError('Expected what testInbound gives; was it awaited?');
}

const isInboundTest = (value: unknown): value is InboundTest =>
  typeof value === 'object' &&
  value !== null &&
  'commands' in value &&
  Array.isArray(value.commands) &&
  'element' in value;
