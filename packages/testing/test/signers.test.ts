import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { type SignatureScheme, signRequest } from '../src/index.ts';

interface Vector {
  readonly name: string;
  readonly scheme: SignatureScheme;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly secret: string;
  readonly now: number;
}

/** Requests that the vendors' own libraries accept; each names the library. */
const vectors: readonly Vector[] = JSON.parse(
  readFileSync(new URL('data/signatures.json', import.meta.url), 'utf8'),
);

const lowered = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

const timeOf = (headers: Record<string, string>): number =>
  Number(
    headers['x-slack-request-timestamp'] ??
      headers['webhook-timestamp'] ??
      headers['svix-timestamp'] ??
      /t=([0-9]+)/.exec(headers['stripe-signature'] ?? '')?.[1],
  );

test.each(vectors)('$name is signed as its sender signs', ({ scheme, ...vector }) => {
  const theirs = lowered(vector.headers);
  const id = theirs['webhook-id'] ?? theirs['svix-id'] ?? '';
  const signed = signRequest(scheme, { ...vector, at: timeOf(theirs), id });
  expect(Object.keys(signed.headers).length).toBeGreaterThan(0);
  expect(theirs).toMatchObject(lowered(signed.headers));
  expect(signed.url).toBe(vector.url);
});
