import type { Credentials } from './credentials.ts';

/** User name and password, as RFC 7617 has them. */
export function basicCredentials(username: string, password: string): Credentials {
  const encoded = Buffer.from(`${username}:${password}`, 'utf8').toString('base64');
  const headers = { authorization: `Basic ${encoded}` };
  return { headers: async () => headers, refused: () => {} };
}
