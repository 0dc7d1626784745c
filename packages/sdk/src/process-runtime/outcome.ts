import type { JsonObject } from '../json/json-value.ts';

/** An instance was started. */
export interface Started {
  readonly status: 'started';
  readonly processInstanceKey: string;
  /** Variables of the ended instance, where the command waited for its end. */
  readonly variables?: JsonObject;
}

/** A waiting instance took the message, or a message start event started one. */
export interface Correlated {
  readonly status: 'correlated';
  readonly processInstanceKey: string;
  readonly messageKey?: string;
  readonly variables?: JsonObject;
}

/** The message is stored; whether anybody takes it is not known (all that Zeebe's publish can say). */
export interface Accepted {
  readonly status: 'accepted';
  readonly messageKey: string;
}

/** The id was seen before: a success for the sender. */
export interface Duplicate {
  readonly status: 'duplicate';
  /** What the first one led to, where it is known. */
  readonly first?: Started | Correlated | Accepted;
}

/** `correlate` only: nobody waits for this message and key now. */
export interface NoSubscription {
  readonly status: 'no-subscription';
}

/** The command can never succeed as it is. */
export interface Rejected {
  readonly status: 'rejected';
  readonly code: 'INVALID' | 'NOT_FOUND' | 'FORBIDDEN' | 'UNSUPPORTED' | 'TOO_LARGE';
  readonly message: string;
}

/** It is not known whether the command took effect: retry with the same id. */
export interface Unavailable {
  readonly status: 'unavailable';
  readonly code: 'BACKPRESSURE' | 'TIMEOUT' | 'CONNECTION';
  readonly message: string;
  readonly retryAfterMs?: number;
}

/** What became of a command. Every outcome but `unavailable` is durable when it is told. */
export type Outcome =
  | Started
  | Correlated
  | Accepted
  | Duplicate
  | NoSubscription
  | Rejected
  | Unavailable;
