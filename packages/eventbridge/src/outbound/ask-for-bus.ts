/** What AWS says of a bus: its ARN. Rejects as the AWS SDK does. */
export type DescribeBus = (name: string, signal: AbortSignal) => Promise<string>;

/** Whether a bus is there. `forbidden`: we may not ask; `unclear`: nobody could tell. */
export type BusVerdict = 'exists' | 'missing' | 'forbidden' | 'unclear';

/** A verdict, and the error of the AWS SDK that led to it. */
export interface BusAnswer {
  readonly verdict: BusVerdict;
  readonly error?: unknown;
}

const arnPrefix = /^arn:[^/]*\//;

const nameOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'name' in error ? String(error.name) : '';

function verdictOf(error: unknown): BusVerdict {
  const name = nameOf(error);
  if (name === 'ResourceNotFoundException') return 'missing';
  return name === 'AccessDeniedException' ? 'forbidden' : 'unclear';
}

/**
 * Asks whether a bus exists. An ARN is only asked for where it is of the caller's account and region: AWS
 * does not show those of others. Never rejects.
 */
export async function askForBus(
  describe: DescribeBus,
  bus: string,
  signal: AbortSignal,
): Promise<BusAnswer> {
  try {
    const [prefix] = arnPrefix.exec(bus) ?? [];
    const own = prefix === undefined ? undefined : await describe('default', signal);
    if (prefix !== undefined && own?.startsWith(prefix) !== true) return { verdict: 'unclear' };
    await describe(prefix === undefined ? bus : bus.slice(prefix.length), signal);
    return { verdict: 'exists' };
  } catch (error) {
    return { verdict: verdictOf(error), error };
  }
}
