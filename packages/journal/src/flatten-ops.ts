import type { JournalOp, JournalValue } from '@bpmn-connectors/sdk';
import type { FlatOps } from './thread-protocol.ts';

/** The writes as they are sent to the thread. */
export function flattenOps(ops: readonly JournalOp[]): FlatOps {
  const flat: (JournalValue | null)[] = [];
  for (const { namespace, key, value } of ops) flat.push(namespace, key, trim(value));
  return flat;
}

/** A structured clone of a part of a buffer takes the whole buffer along. */
function trim(value: JournalValue | null): JournalValue | null {
  if (!(value instanceof Uint8Array) || value.byteLength === value.buffer.byteLength) return value;
  return new Uint8Array(value);
}
