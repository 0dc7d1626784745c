import type { Credentials } from '../credentials/credentials.ts';

/** Certificates for a connection with TLS, as PEM. */
export interface TlsOptions {
  /** Authorities that the cluster's certificate may come from. @default the system's */
  readonly rootCertificates?: Uint8Array | undefined;
  /** With `privateKey`: our own certificate, for mutual TLS. */
  readonly certificateChain?: Uint8Array | undefined;
  readonly privateKey?: Uint8Array | undefined;
}

/** Where the gateway is, and how to talk to it. */
export interface ConnectionOptions {
  /** `host:port`. */
  readonly target: string;
  /** Absent: without TLS. */
  readonly tls?: TlsOptions | undefined;
  readonly credentials?: Credentials | undefined;
  /** Milliseconds that a call may take. */
  readonly requestTimeoutMs: number;
}
