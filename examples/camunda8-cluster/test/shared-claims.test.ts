import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Outcome } from '@bpmn-connectors/sdk';
import { type ManualClock, manualClock } from '@bpmn-connectors/testing';
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Pool } from 'pg';
import { claimTableSchema, type Query } from '../src/create-claim-table.ts';
import { createSharedClaims, type SharedClaims } from '../src/create-shared-claims.ts';
import { openClaimFile } from '../src/open-claim-file.ts';
import { startPostgres } from './support/start-postgres.ts';

const started: Outcome = { status: 'started', processInstanceKey: '7' };
const hour = 3_600_000;
const minute = 60_000;
const granted = { status: 'claimed', again: false };

/** Makes a connection of its own to the database of this test. */
type Connect = () => { readonly query: Query; readonly close: () => unknown };

const postgres = await startPostgres();
afterAll(() => postgres.stop());

let clock: ManualClock;
let first: SharedClaims;
let second: SharedClaims;
let connect: Connect;
let closers: (() => unknown)[];

const connectToPostgres: Connect = () => {
  const pool = new Pool({ connectionString: postgres.address });
  return {
    query: (sql, parameters) => pool.query(sql, [...parameters]).then(({ rows }) => rows),
    close: () => pool.end(),
  };
};

/** Each gives a database without claims. */
const databases: Readonly<Record<string, () => Promise<Connect>>> = {
  'a SQLite file': async () => {
    const folder = await mkdtemp(join(tmpdir(), 'shared-claims-'));
    closers.push(() => rm(folder, { recursive: true }));
    return () => openClaimFile(join(folder, 'claims.db'));
  },
  PostgreSQL: async () => {
    const { query, close } = connectToPostgres();
    await query('DROP TABLE IF EXISTS connector_claims', []);
    for (const statement of claimTableSchema.split(';')) await query(statement, []);
    await close();
    return connectToPostgres;
  },
};

const openQuery = (): Query => {
  const { query, close } = connect();
  closers.push(close);
  return query;
};

/** Claims of a replica, on connections of its own. */
const open = (): SharedClaims => createSharedClaims(openQuery(), { clock });

afterEach(async () => {
  for (const close of closers.toReversed()) await close();
});

const confirmed = async (claims: SharedClaims, key: string, outcome = started): Promise<void> => {
  await claims.claim(key, true);
  claims.confirm(key, outcome);
  await claims.flush();
};

/** Asks for a claim that another replica has. @returns what is told once it is settled. */
async function waitAt(claims: SharedClaims, key: string): Promise<() => Promise<unknown>> {
  const claim = await claims.claim(key, true);
  if (claim.status !== 'in-flight') throw new Error(`expected in-flight, not ${claim.status}`);
  let isTold = false;
  const told = claim.settled.finally(() => {
    isTold = true;
  });
  return async () => {
    while (!isTold) {
      // Time passes between two questions alone: an answer takes none.
      if (clock.scheduled().length > 0) clock.advance(1000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    return told;
  };
}

const keys = Array.from({ length: 100 }, (_, index) => `k${index}`);

/** Has both replicas ask for all keys at once. @returns what each key came to. */
const askBoth = () =>
  Promise.all(
    keys.map(async (key) => {
      const asked = await Promise.all([first, second].map((claims) => claims.claim(key, true)));
      return asked.map(({ status }) => status).sort();
    }),
  );

describe.each(Object.entries(databases))('in %s', (_, prepare) => {
  beforeEach(async () => {
    closers = [];
    clock = manualClock();
    connect = await prepare();
    first = open();
    second = open();
  });

  test('what one replica confirmed is done at the other', async () => {
    await confirmed(first, 'a');
    expect(await second.claim('a', true)).toEqual({ status: 'done', outcome: started });
    expect(await first.claim('a', true)).toEqual({ status: 'done', outcome: started });
  });

  test('what one replica released is granted to the other, as if nothing had been', async () => {
    await first.claim('a', true);
    first.release('a');
    await first.flush();
    expect(await second.claim('a', true)).toEqual(granted);
  });

  test('a claim asked for by both at the same time is granted to one', async () => {
    const asked = await Promise.all([first, second, first, second].map((c) => c.claim('a', true)));
    expect(asked.map(({ status }) => status).sort()).toEqual([
      'claimed',
      'in-flight',
      'in-flight',
      'in-flight',
    ]);
  });

  test('of many claims asked for by both at the same time each is granted once', async () => {
    for (const statuses of await askBoth()) expect(statuses).toEqual(['claimed', 'in-flight']);
  });

  test('a replica that waits is told the outcome when the other confirms', async () => {
    await first.claim('a', true);
    const told = await waitAt(second, 'a');
    first.confirm('a', started);
    await first.flush();
    expect(await told()).toEqual(started);
  });

  test('a replica that waits may claim when the other releases', async () => {
    await first.claim('a', true);
    const told = await waitAt(second, 'a');
    first.release('a', { status: 'no-subscription' });
    await first.flush();
    expect(await told()).toBeUndefined();
    expect(await second.claim('a', true)).toEqual(granted);
  });

  test('a claim that a dead replica left pending is waited for, then taken over as a possible duplicate', async () => {
    await first.claim('a', true);
    const told = await waitAt(second, 'a');
    expect(await told()).toBeUndefined();
    expect(await second.claim('a', true)).toEqual({ status: 'claimed', again: true });
  });

  test('a claim is not taken over before its time', async () => {
    await first.claim('a', true);
    clock.advance(minute - 1);
    expect(await second.claim('a', true)).toMatchObject({ status: 'in-flight' });
  });

  test('of two replicas that take over many claims each is taken over once', async () => {
    const dead = open();
    await Promise.all(keys.map((key) => dead.claim(key, true)));
    clock.advance(minute);
    for (const statuses of await askBoth()) expect(statuses).toEqual(['claimed', 'in-flight']);
  });

  test('a replica that was taken for dead does not release the claim of its successor', async () => {
    await first.claim('a', true);
    clock.advance(minute);
    await second.claim('a', true);
    first.release('a');
    await first.flush();
    expect(await open().claim('a', true)).toMatchObject({ status: 'in-flight' });
  });

  test('the first outcome stays', async () => {
    await first.claim('a', true);
    clock.advance(minute);
    await confirmed(second, 'a');
    first.confirm('a', { status: 'started', processInstanceKey: '8' });
    await first.flush();
    expect(await second.claim('a', true)).toEqual({ status: 'done', outcome: started });
  });

  test('outcomes are kept for 25 hours', async () => {
    await confirmed(first, 'a');
    clock.advance(25 * hour - 1);
    expect(await second.claim('a', true)).toMatchObject({ status: 'done' });
    clock.advance(1);
    expect(await second.claim('a', true)).toEqual(granted);
  });

  test('what is older than that is deleted in passing', async () => {
    await confirmed(first, 'a');
    clock.advance(25 * hour);
    await confirmed(first, 'b');
    const rows = await openQuery()('SELECT claim_key FROM connector_claims', []);
    expect(rows).toEqual([{ claim_key: 'b' }]);
  });

  test('a claim that need not be durable is not written before it is confirmed', async () => {
    expect(await first.claim('a', false)).toEqual(granted);
    expect(await second.claim('a', false)).toEqual(granted);
    first.confirm('a', started);
    await first.flush();
    expect(await open().claim('a', false)).toEqual({ status: 'done', outcome: started });
  });

  test('variables of a result are never kept', async () => {
    await confirmed(first, 'a', { ...started, variables: { card: '4111' } });
    expect(await second.claim('a', true)).toEqual({ status: 'done', outcome: started });
  });

  test('a database that cannot be reached refuses the claim, and the next one is asked for anew', async () => {
    let isReachable = false;
    const query = openQuery();
    const claims = createSharedClaims(async (sql, parameters) => {
      if (!isReachable) throw new Error('connection refused');
      return query(sql, parameters);
    });
    await expect(claims.claim('a', true)).rejects.toThrow('connection refused');
    isReachable = true;
    expect(await claims.claim('a', true)).toEqual(granted);
  });

  test('a confirmation that cannot be written is logged, and the claim stays pending', async () => {
    let isReachable = true;
    const logged: string[] = [];
    const ignore = (): void => {};
    const logger = {
      debug: ignore,
      info: ignore,
      warn: ignore,
      error: (_: object, message: string) => void logged.push(message),
    };
    const query = openQuery();
    const claims = createSharedClaims(
      async (sql, parameters) => {
        if (!isReachable) throw new Error('connection refused');
        return query(sql, parameters);
      },
      { clock, logger },
    );
    await claims.claim('a', true);
    isReachable = false;
    claims.confirm('a', started);
    await claims.flush();
    expect(logged).toEqual(['A claim could not be written']);
    expect(await second.claim('a', true)).toMatchObject({ status: 'in-flight' });
  });
});
