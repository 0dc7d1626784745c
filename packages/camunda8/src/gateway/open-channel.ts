import { fileURLToPath } from 'node:url';
import type { ChannelCredentials, Client, MethodDefinition } from '@grpc/grpc-js';
import type { ConnectionOptions, TlsOptions } from './connection-options.ts';

/** The client of one connection and what it can call. */
export interface Channel {
  readonly client: Client;
  readonly method: (name: string) => MethodDefinition<object, object>;
  readonly createMetadata: (
    headers: Readonly<Record<string, string>>,
  ) => import('@grpc/grpc-js').Metadata;
}

type Grpc = typeof import('@grpc/grpc-js');

const protocol = fileURLToPath(new URL('../../proto/gateway.proto', import.meta.url));
const service = 'gateway_protocol.Gateway';

/** Of an answer; the gateway's own limit for one message is 4 MiB by default. */
const maxAnswerBytes = 64 * 1024 * 1024;

/**
 * Idle connections are kept open through load balancers. Zeebe's gateway ends those that ask more often than
 * every 30 s (`minKeepAliveInterval`).
 */
const channelOptions = {
  'grpc.keepalive_time_ms': 45_000,
  'grpc.keepalive_timeout_ms': 20_000,
  'grpc.keepalive_permit_without_calls': 1,
  'grpc.initial_reconnect_backoff_ms': 250,
  'grpc.max_reconnect_backoff_ms': 5000,
  'grpc.max_receive_message_length': maxAnswerBytes,
  'grpc.max_send_message_length': -1,
};

function createCredentials(grpc: Grpc, tls: TlsOptions | undefined): ChannelCredentials {
  if (tls === undefined) return grpc.credentials.createInsecure();
  const pem = (value: Uint8Array | undefined) => (value === undefined ? null : Buffer.from(value));
  return grpc.credentials.createSsl(
    pem(tls.rootCertificates),
    pem(tls.privateKey),
    pem(tls.certificateChain),
  );
}

/** Loads the client and makes a channel; the connection itself is made with the first call. */
export async function openChannel({ target, tls }: ConnectionOptions): Promise<Channel> {
  const [grpc, loader] = await Promise.all([import('@grpc/grpc-js'), import('@grpc/proto-loader')]);
  const packages = await loader.load(protocol, { longs: String, enums: String, defaults: true });
  const definition = packages[service];
  if (definition === undefined || 'format' in definition) throw new Error(`No ${service}`);
  return {
    client: new grpc.Client(target, createCredentials(grpc, tls), channelOptions),
    method: (name) => {
      const method = definition[name];
      if (method === undefined || typeof method === 'function') throw new Error(`No ${name}`);
      return method;
    },
    createMetadata: (headers) => {
      const metadata = new grpc.Metadata();
      for (const [name, value] of Object.entries(headers)) metadata.set(name, value);
      return metadata;
    },
  };
}
