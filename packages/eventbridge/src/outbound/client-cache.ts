/** Clients in use and at rest. */
export interface ClientCache<Client> {
  /** Runs `work` with the client of that key, made on first use. */
  use<Result>(
    key: string,
    make: () => Promise<Client>,
    work: (client: Client) => Promise<Result>,
  ): Promise<Result>;
  /** Ends all clients; those in use when they are no longer. */
  close(): void;
}

interface Entry<Client> {
  readonly client: Promise<Client>;
  users: number;
  evicted: boolean;
}

/**
 * Keeps the `limit` clients used last. A client that has to go is ended when nobody uses it any more, so
 * no call is cut off.
 */
export function createClientCache<Client>(
  limit: number,
  end: (client: Client) => void,
): ClientCache<Client> {
  const entries = new Map<string, Entry<Client>>();

  const endUnused = (entry: Entry<Client>): void => {
    // A client that could not be made needs no ending; its users were told.
    if (entry.evicted && entry.users === 0) entry.client.then(end, () => undefined);
  };

  const evict = (key: string, entry: Entry<Client>): void => {
    if (entries.get(key) === entry) entries.delete(key);
    entry.evicted = true;
    endUnused(entry);
  };

  const take = (key: string, make: () => Promise<Client>): Entry<Client> => {
    const entry = entries.get(key) ?? { client: make(), users: 0, evicted: false };
    entries.delete(key);
    entries.set(key, entry);
    entry.users += 1;
    for (const [oldest, old] of entries) {
      if (entries.size <= limit) break;
      evict(oldest, old);
    }
    entry.client.catch(() => evict(key, entry));
    return entry;
  };

  return {
    use: async (key, make, work) => {
      const entry = take(key, make);
      try {
        return await work(await entry.client);
      } finally {
        entry.users -= 1;
        endUnused(entry);
      }
    },
    close: () => {
      for (const [key, entry] of entries) evict(key, entry);
    },
  };
}
