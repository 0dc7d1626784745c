import type { Clock, Logger } from '@bpmn-connectors/sdk';
import { askForBus, type BusVerdict, type DescribeBus } from './ask-for-bus.ts';
import { ownError } from './own-error.ts';
import { unlessAborted } from './unless-aborted.ts';

/** Who asks. */
export interface BusCheckContext {
  readonly signal: AbortSignal;
  readonly logger: Logger;
}

/**
 * Whether events for these buses would be lost. Undefined where all is known to be well: nothing to wait
 * for. @throws {ConnectorError} `EVENT_BUS_NOT_FOUND` | `PUT_EVENTS_ABORTED`
 */
export type BusCheck = (
  buses: Iterable<string>,
  context: BusCheckContext,
) => Promise<void> | undefined;

interface Known {
  verdict: BusVerdict | undefined;
  /** Epoch milliseconds from which it is asked again. */
  until: number;
  asking: Promise<BusVerdict> | undefined;
}

/** How long a verdict stands; one that lets events pass is asked anew while they do. */
const keptMs: Readonly<Record<BusVerdict, number>> = {
  exists: 3_600_000,
  forbidden: 3_600_000,
  missing: 15_000,
  unclear: 60_000,
};

/** Asking takes no longer: the events matter more. */
const patienceMs = 2000;
/** Names may come from data. */
const maxBuses = 1000;

/**
 * Asks for each bus once, before the first event for it, and remembers. `default` is always there.
 */
export function createBusCheck(describe: DescribeBus, region: string, clock: Clock): BusCheck {
  const buses = new Map<string, Known>();
  let warned = false;

  const asked = async (bus: string, known: Known, logger: Logger): Promise<BusVerdict> => {
    const patience = new AbortController();
    const cancel = clock.schedule(patienceMs, () => patience.abort());
    const { verdict } = await askForBus(describe, bus, patience.signal);
    cancel();
    if (verdict === 'forbidden' && !warned) {
      warned = true;
      logger.warn({ region }, 'Without events:DescribeEventBus a wrong bus name goes unnoticed');
    }
    Object.assign(known, { verdict, until: clock.now() + keptMs[verdict], asking: undefined });
    return verdict;
  };

  const remember = (bus: string): Known => {
    const before = buses.get(bus);
    if (before !== undefined) return before;
    const known: Known = { verdict: undefined, until: 0, asking: undefined };
    buses.set(bus, known);
    const [oldest] = buses.keys();
    if (buses.size > maxBuses && oldest !== undefined) buses.delete(oldest);
    return known;
  };

  /** Undefined: go on. */
  const check = (bus: string, { signal, logger }: BusCheckContext): Promise<void> | undefined => {
    const known = remember(bus);
    if (known.verdict === undefined || clock.now() >= known.until) {
      known.asking ??= asked(bus, known, logger);
    }
    const settled = known.verdict !== undefined && known.verdict !== 'missing';
    if (settled) return undefined;
    const verdict = known.asking ?? Promise.resolve('missing');
    return unlessAborted(verdict, signal).then((found) => {
      if (found === 'missing') {
        throw ownError('EVENT_BUS_NOT_FOUND', { where: `${bus} in ${region}` });
      }
    });
  };

  return (names, context) => {
    const waits: Promise<void>[] = [];
    for (const bus of names) {
      const wait = bus === 'default' ? undefined : check(bus, context);
      if (wait !== undefined) waits.push(wait);
    }
    return waits.length === 0 ? undefined : Promise.all(waits).then(() => undefined);
  };
}
