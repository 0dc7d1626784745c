import type { Clock, Page, RawDelivery } from '@bpmn-connectors/sdk';
import type { DeadLetter, NewDeadLetter } from './dead-letter.ts';
import type { LetterStorage } from './letter-storage.ts';

/** How many dead letters are kept. A box that is full takes no more: senders are asked to come again. */
export interface DeadLetterLimits {
  /** @default 10000 */
  readonly maxLetters?: number;
  /** @default 268435456 (256 MiB) */
  readonly maxBytes?: number;
  /** Milliseconds after which a letter is dropped. @default 1209600000 (14 days) */
  readonly maxAgeMs?: number;
}

/** Dead letters with their bounds. */
export interface DeadLetterBox {
  /** Keeps a letter and tells its id. Undefined: the box is full. An event that fails again keeps its letter. */
  add(letter: NewDeadLetter): Promise<string | undefined>;
  /** The event of these keys was processed: its letter is done with. */
  close(keys: readonly string[]): void;
  /** Newest first. */
  list(query: { readonly cursor?: string; readonly limit?: number }): Promise<Page<DeadLetter>>;
  get(id: string): Promise<{ readonly letter: DeadLetter; readonly raw: RawDelivery } | undefined>;
  remove(id: string): void;
}

const dayMs = 86_400_000;
const defaultPage = 50;

/** Puts bounds, an index and ids in time's order around a storage of dead letters. */
export function createDeadLetterBox(
  storage: LetterStorage,
  clock: Clock,
  limits: DeadLetterLimits = {},
): DeadLetterBox {
  const { maxLetters = 10_000, maxBytes = 256 * 2 ** 20, maxAgeMs = 14 * dayMs } = limits;
  const letters = new Map<string, DeadLetter>();
  const idsByKey = new Map<string, string>();
  let bytes = 0;
  let lastStamp = 0;
  let complete = false;

  const forget = (id: string): void => {
    const letter = letters.get(id);
    if (letter === undefined) return;
    letters.delete(id);
    bytes -= letter.bytes;
    for (const key of letter.keys) if (idsByKey.get(key) === id) idsByKey.delete(key);
  };
  const keep = (letter: DeadLetter): void => {
    forget(letter.id);
    letters.set(letter.id, letter);
    bytes += letter.bytes;
    for (const key of letter.keys) idsByKey.set(key, letter.id);
  };
  const remove = (id: string): void => {
    if (!letters.has(id)) return;
    forget(id);
    storage.remove(id);
  };
  const prune = (): void => {
    const oldest = clock.now() - maxAgeMs;
    for (const { id, at } of [...letters.values()]) if (at < oldest) remove(id);
  };
  /** Milliseconds and a counter below them, so that ids sort as they were given, also after a restart. */
  const nextId = (): string => {
    lastStamp = Math.max(lastStamp + 1, clock.now() * 1000);
    return idOf(lastStamp);
  };
  const load = async (): Promise<void> => {
    for (const letter of await storage.load()) {
      keep(letter);
      lastStamp = Math.max(lastStamp, Number.parseInt(letter.id, 36));
    }
    complete = true;
  };
  let loading: Promise<void> | undefined;
  const loaded = (): Promise<void> => {
    loading ??= load();
    return loading;
  };

  return {
    add: async (letter) => {
      await loaded();
      prune();
      const known = letter.keys.map((key) => idsByKey.get(key)).find((id) => id !== undefined);
      const earlier = letters.get(letter.id ?? known ?? '');
      const size = sizeOf(letter.raw);
      const full = earlier === undefined && letters.size >= maxLetters;
      if (full || bytes - (earlier?.bytes ?? 0) + size > maxBytes) return undefined;
      const { raw, ...rest } = letter;
      const kept = { ...rest, id: earlier?.id ?? nextId(), at: clock.now(), bytes: size };
      keep(kept);
      await storage.put(kept, raw).catch((error: unknown) => {
        forget(kept.id);
        throw error;
      });
      return kept.id;
    },
    close: (keys) => {
      const close = (): void => {
        for (const key of keys) remove(idsByKey.get(key) ?? '');
      };
      if (complete) close();
      else loaded().then(close, () => {});
    },
    list: async ({ cursor, limit = defaultPage }) => {
      await loaded();
      prune();
      const sorted = [...letters.values()].sort((a, b) => (a.id < b.id ? 1 : -1));
      const from = cursor === undefined ? sorted : sorted.filter(({ id }) => id < cursor);
      const items = from.slice(0, limit);
      return { items, cursor: from.length > limit ? (items.at(-1)?.id ?? null) : null };
    },
    get: async (id) => {
      await loaded();
      const letter = letters.get(id);
      const raw = letter === undefined ? undefined : await storage.read(id);
      return letter === undefined || raw === undefined ? undefined : { letter, raw };
    },
    remove,
  };
}

const idDigits = 12;
const idOf = (stamp: number): string => stamp.toString(36).padStart(idDigits, '0');

const sizeOf = ({ envelope, body }: RawDelivery): number =>
  body.byteLength + Buffer.byteLength(JSON.stringify(envelope));
