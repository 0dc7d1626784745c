import type { Clock } from '@bpmn-connectors/sdk';
import { maxTotalBytes } from './entry-bytes.ts';
import type { CoalesceSettings } from './event-bridge-options.ts';
import type { Parcel } from './parcel.ts';

const entriesOf = (parcels: readonly Parcel[]): number =>
  parcels.reduce((sum, { entries }) => sum + entries.length, 0);

const bytesOf = (parcels: readonly Parcel[]): number =>
  parcels.reduce((sum, { bytes }) => sum + bytes, 0);

/**
 * Puts parcels together. A batch leaves when it is full, when its first parcel has waited for the window,
 * or, while nothing is under way, at the end of the event loop's turn: so a lone job does not wait, and
 * under load calls fill up by themselves.
 * @param send settles all parcels of a batch and never rejects.
 * @returns takes a parcel.
 */
export function createBatcher(
  send: (batch: readonly Parcel[]) => Promise<void>,
  { windowMs, maxEntries }: CoalesceSettings,
  clock: Clock,
): (parcel: Parcel) => void {
  let batch: Parcel[] = [];
  let underWay = 0;
  let cancelWait: (() => void) | undefined;

  const leave = (): void => {
    cancelWait?.();
    cancelWait = undefined;
    if (batch.length === 0) return;
    const leaving = batch;
    batch = [];
    underWay += 1;
    void send(leaving).then(() => {
      underWay -= 1;
      if (underWay === 0 && batch.length > 0) leaveAfterTurn();
    });
  };

  const leaveAfterTurn = (): void => {
    cancelWait?.();
    const turn = setImmediate(leave);
    cancelWait = () => clearImmediate(turn);
  };

  const fits = (parcel: Parcel): boolean =>
    entriesOf(batch) + parcel.entries.length <= maxEntries &&
    bytesOf(batch) + parcel.bytes < maxTotalBytes;

  return (parcel) => {
    if (!fits(parcel)) leave();
    batch.push(parcel);
    parcel.onAbort = () => {
      batch = batch.filter((other) => other !== parcel);
    };
    if (windowMs === 0 || entriesOf(batch) >= maxEntries) leave();
    else if (cancelWait === undefined && underWay === 0) leaveAfterTurn();
    else cancelWait ??= clock.schedule(windowMs, leave);
  };
}
