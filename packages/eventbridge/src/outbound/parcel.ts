import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { entryBytes } from './entry-bytes.ts';
import { ownError } from './own-error.ts';
import type { PutEventsAnswer } from './put-events.ts';

/** Entries of one job on their way, which stay together. */
export interface Parcel {
  readonly entries: readonly PutEventsRequestEntry[];
  readonly bytes: number;
  /** Its job does not wait for it any more. */
  readonly settled: () => boolean;
  readonly resolve: (answer: PutEventsAnswer) => void;
  readonly reject: (error: unknown) => void;
  /** Is told when the job is aborted before there is an answer. */
  onAbort: (() => void) | undefined;
}

/**
 * Makes a parcel of entries.
 * @param hand gets it on its way.
 * @throws {ConnectorError} `PUT_EVENTS_ABORTED` the signal came before the answer.
 */
export function sendParcel(
  entries: readonly PutEventsRequestEntry[],
  signal: AbortSignal,
  hand: (parcel: Parcel) => void,
): Promise<PutEventsAnswer> {
  return new Promise((resolve, reject) => {
    let settled = false;
    const settle = (): void => {
      settled = true;
      signal.removeEventListener('abort', onSignal);
    };
    const onSignal = (): void => {
      settle();
      reject(ownError('PUT_EVENTS_ABORTED'));
      parcel.onAbort?.();
    };
    const parcel: Parcel = {
      entries,
      bytes: entries.reduce((sum, entry) => sum + entryBytes(entry), 0),
      settled: () => settled,
      resolve: (answer) => {
        settle();
        resolve(answer);
      },
      reject: (error) => {
        settle();
        reject(error);
      },
      onAbort: undefined,
    };
    if (signal.aborted) return onSignal();
    signal.addEventListener('abort', onSignal, { once: true });
    hand(parcel);
  });
}
