import { describe, expect, test } from '@jest/globals';
import { readTraceContext, traceIdOf } from '../src/index.ts';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const spanId = '00f067aa0ba902b7';
const traceparent = `00-${traceId}-${spanId}-01`;

describe('a traceparent', () => {
  test.each([
    ['of the version of today', traceparent],
    ['that is not sampled', `00-${traceId}-${spanId}-00`],
    ['with flags nobody knows yet', `00-${traceId}-${spanId}-ff`],
    ['of a version to come', `cc-${traceId}-${spanId}-01`],
    ['of a version to come that says more', `cc-${traceId}-${spanId}-01-what-the-future-has`],
  ])('%s is taken as it is', (_name, given) => {
    expect(readTraceContext(given, undefined)).toEqual({ traceparent: given });
  });

  test.each([
    ['absent', undefined],
    ['empty', ''],
    ['of the version that is forbidden', `ff-${traceId}-${spanId}-01`],
    ['of today that says more', `${traceparent}-more`],
    ['without a trace', `00-${'0'.repeat(32)}-${spanId}-01`],
    ['without a span', `00-${traceId}-${'0'.repeat(16)}-01`],
    ['in upper case', traceparent.toUpperCase()],
    ['too short', `00-${traceId.slice(1)}-${spanId}-01`],
    ['with a line break', `${traceparent}\n`],
    ['with blanks around it', ` ${traceparent}`],
    ['of no end', `cc-${traceId}-${spanId}-01-${'x'.repeat(10_000)}`],
  ])('%s is no trace, and no error', (_name, given) => {
    expect(readTraceContext(given, 'vendor=1')).toBeUndefined();
  });

  test('brings its tracestate, unless that is longer than it may be', () => {
    expect(readTraceContext(traceparent, 'a=1,b=2')).toEqual({
      traceparent,
      tracestate: 'a=1,b=2',
    });
    expect(readTraceContext(traceparent, 'a='.padEnd(513, 'x'))).toEqual({ traceparent });
  });

  test('names its trace', () => {
    expect(traceIdOf({ traceparent })).toBe(traceId);
  });
});
