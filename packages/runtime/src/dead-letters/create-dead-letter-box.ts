import type { Clock, Page, RawDelivery } from '@bpmn-connectors/sdk';
import { createLetterIds } from './create-letter-ids.ts';
import { createLetterIndex } from './create-letter-index.ts';
import type { DeadLetter, NewDeadLetter } from './dead-letter.ts';
import type { DeadLetterQuery } from './dead-letters.ts';
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
  /** Newest first. What it tells is durable. */
  list(query: DeadLetterQuery): Promise<Page<DeadLetter>>;
  get(id: string): Promise<{ readonly letter: DeadLetter; readonly raw: RawDelivery } | undefined>;
  /** Resolves when that is durable. */
  remove(id: string): Promise<void>;
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
  const index = createLetterIndex();
  const nextId = createLetterIds(clock);
  let complete = false;
  let loading: Promise<void> | undefined;
  const load = async (): Promise<void> => {
    const stored = await storage.load().catch((error: unknown) => {
      // Whoever comes next tries anew.
      loading = undefined;
      throw error;
    });
    for (const letter of stored.toSorted((a, b) => a.at - b.at)) {
      index.add(letter);
      nextId.after(letter.id);
    }
    complete = true;
  };
  const loaded = (): Promise<void> => {
    loading ??= load();
    return loading;
  };
  const remove = (id: string): void => {
    if (index.remove(id)) storage.remove(id);
  };
  const prune = (): void => {
    const oldest = clock.now() - maxAgeMs;
    for (const { id, at } of index.all()) {
      if (at >= oldest) return;
      remove(id);
    }
  };
  const hasRoom = (earlier: DeadLetter | undefined, bytes: number): boolean =>
    index.bytes() - (earlier?.bytes ?? 0) + bytes <= maxBytes &&
    (earlier !== undefined || index.size() < maxLetters);

  return {
    add: async ({ raw, ...letter }) => {
      await loaded();
      prune();
      const earlier = index.get(letter.id ?? '') ?? index.findByKeys(letter.keys);
      const bytes = sizeOf(raw);
      if (!hasRoom(earlier, bytes)) return undefined;
      const kept = { ...letter, id: earlier?.id ?? nextId.next(), at: clock.now(), bytes };
      index.add(kept);
      await storage.put(kept, raw).catch((error: unknown) => {
        index.remove(kept.id);
        throw error;
      });
      return kept.id;
    },
    close: (keys) => {
      const close = (): void => remove(index.findByKeys(keys)?.id ?? '');
      if (complete) close();
      else loaded().then(close, () => {});
    },
    list: async (query) => {
      await loaded();
      prune();
      const page = pageOf([...index.all()], query);
      await storage.settled();
      return page;
    },
    get: async (id) => {
      await loaded();
      const letter = index.get(id);
      const raw = letter === undefined ? undefined : await storage.read(id);
      return letter === undefined || raw === undefined ? undefined : { letter, raw };
    },
    remove: (id) => {
      remove(id);
      return storage.settled();
    },
  };
}

function pageOf(
  letters: readonly DeadLetter[],
  { webhookId, cursor, limit = defaultPage }: DeadLetterQuery,
): Page<DeadLetter> {
  const newestFirst = letters.toSorted((a, b) => (a.id < b.id ? 1 : -1));
  const from = newestFirst.filter(
    ({ id, origin }) =>
      (cursor === undefined || id < cursor) &&
      (webhookId === undefined || origin.webhookId === webhookId),
  );
  const items = from.slice(0, limit);
  return { items, cursor: from.length > limit ? (items.at(-1)?.id ?? null) : null };
}

const sizeOf = ({ envelope, body }: RawDelivery): number =>
  body.byteLength + Buffer.byteLength(JSON.stringify(envelope));
