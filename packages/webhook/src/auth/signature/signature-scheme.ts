import type { KeyObject } from 'node:crypto';
import type { JsonValue } from '@bpmn-connectors/sdk';
import type { Presented } from '../authenticator.ts';

type Content = readonly (string | Uint8Array)[];

/** What a request says of its signature. */
export interface SignedRequest {
  readonly algorithm: 'sha1' | 'sha256';
  /** What may have been signed, in parts to be hashed one after the other: one of these was. */
  readonly contents: readonly Content[];
  /** Of which one has to be right: senders that change their key sign with both. */
  readonly signatures: readonly Buffer[];
  /** When it was signed, in epoch seconds. */
  readonly timestamp?: number;
}

/** Why a request bears no signature that could be checked; for the operator. */
interface Unsigned {
  readonly reason: 'SIGNATURE_MISSING' | 'SIGNATURE_MALFORMED' | 'SIGNATURE_NOT_APPLICABLE';
}

/** How a sender signs. */
export interface SignatureScheme {
  /** As a model names it: `inbound.signature.scheme`. */
  readonly name: string;
  /** Signatures have a time, and are good only around it. */
  readonly isTimed: boolean;
  /** The key of a secret as the sender shows it; undefined: it is no such secret. */
  readonly keyOf: (secret: string) => KeyObject | undefined;
  /** What a secret looks like, for whoever gave another. */
  readonly secretForm: string;
  readonly read: (presented: Presented) => SignedRequest | Unsigned;
  /** The sender's own id of the event, where it has another than the usual ones. */
  readonly messageId?: (
    headers: Readonly<Record<string, string>>,
    body: JsonValue,
  ) => string | undefined;
}

/** More signatures than any sender makes; the rest is not looked at. */
export const mostSignatures = 10;
