import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import { parseJson } from '@bpmn-connectors/sdk';
import type { JSONWebKeySet } from 'jose';
import { z } from 'zod';
import type { JwksSettings } from '../webhook-options.ts';
import { hostOf } from './host-of.ts';
import { isPrivate, lookupAllowed } from './lookup-allowed.ts';

const KeySetSchema = z.looseObject({ keys: z.array(z.looseObject({ kty: z.string() })) });

/**
 * Fetches a key set, bounded in time and size. Redirects are not followed. The address that is connected to
 * is checked after it was looked up, so that no name leads to an inner service.
 */
export async function fetchKeySet(url: URL, settings: JwksSettings): Promise<JSONWebKeySet> {
  const host = hostOf(url);
  // Addresses are not looked up, hence checked here.
  if (isIP(host) !== 0 && !settings.privateHosts.allowsAddress(host)) {
    throw new Error(`${host} ${isPrivate}`);
  }
  const response = await get(url, settings);
  if (response.statusCode !== 200) {
    response.destroy();
    throw new Error(`The key set was answered with ${response.statusCode}`);
  }
  return KeySetSchema.parse(parseJson(await readAll(response, settings.maxBytes)));
}

function get(url: URL, { privateHosts, timeoutMs }: JwksSettings): Promise<IncomingMessage> {
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    request(url, {
      agent: false,
      headers: { accept: 'application/jwk-set+json, application/json' },
      signal: AbortSignal.timeout(timeoutMs),
      ...(privateHosts.allowsHost(hostOf(url))
        ? {}
        : { lookup: lookupAllowed(privateHosts.allowsAddress) }),
    })
      .on('response', resolve)
      .on('error', reject)
      .end();
  });
}

async function readAll(response: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response) {
    if (!(chunk instanceof Buffer)) continue;
    length += chunk.length;
    if (length > maxBytes) throw new Error('The key set is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
