import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { isConnectorError } from '@bpmn-connectors/sdk';
import { awsErrorOf } from './aws-errors.ts';
import type { Parcel } from './parcel.ts';
import type { PutEventsAnswer } from './put-events.ts';

/** One call of PutEvents. */
export type Call = (
  entries: PutEventsRequestEntry[],
  signal: AbortSignal,
) => Promise<PutEventsAnswer>;

const mayBeOfOneEntry = (error: unknown): boolean =>
  isConnectorError(error) && awsErrorOf(error.code)?.mayBeOfOneEntry === true;

/** Every parcel gets the results of its own entries, and of the call what is about all of them. */
function hand(answer: PutEventsAnswer, parcels: readonly Parcel[]): void {
  let position = 0;
  for (const parcel of parcels) {
    const end = position + parcel.entries.length;
    parcel.resolve({ ...answer, entries: answer.entries.slice(position, end) });
    position = end;
  }
}

/**
 * Sends parcels in one call and settles them; never rejects. Where one entry may be to blame for the
 * refusal of the whole, each goes once more, alone. The call is aborted when nobody waits for it.
 */
export async function sendBatch(parcels: readonly Parcel[], call: Call): Promise<void> {
  const abandon = new AbortController();
  for (const parcel of parcels) {
    parcel.onAbort = () => {
      if (parcels.every(({ settled }) => settled())) abandon.abort();
    };
  }
  try {
    const entries = parcels.flatMap((parcel) => parcel.entries);
    hand(await call(entries, abandon.signal), parcels);
  } catch (error) {
    if (parcels.length > 1 && mayBeOfOneEntry(error)) {
      const waiting = parcels.filter(({ settled }) => !settled());
      await Promise.all(waiting.map((parcel) => sendBatch([parcel], call)));
    } else {
      for (const parcel of parcels) parcel.reject(error);
    }
  }
}
