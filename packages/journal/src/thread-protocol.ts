import type { JournalValue } from '@bpmn-connectors/sdk';

/** One record by its key, or up to `limit` of those whose keys are greater than `after`. */
export type Read =
  | readonly [namespace: string, key: string]
  | readonly [namespace: string, after: string, limit: number];

/** What was found: nothing or the value of the key; or key, value, key, value of a scan. */
export type Found = readonly JournalValue[];

/**
 * Writes as namespace, key, value, namespace, key, value. Flat, since cloning an object for each costs both
 * threads three times as much.
 */
export type FlatOps = readonly (JournalValue | null)[];

/** What the main thread asks for. Each request has one answer, in the order of the requests. */
export type DatabaseRequest =
  | { readonly kind: 'read'; readonly reads: readonly Read[] }
  | { readonly kind: 'write'; readonly ops: FlatOps }
  | { readonly kind: 'close' };

/** An error as it crosses the thread boundary: a structured clone would lose its code. */
export interface ErrorRecord {
  readonly name: string;
  readonly message: string;
  readonly code: string;
}

/** Why a database could not be opened. */
export interface OpenRefusal {
  readonly reason: string;
  readonly fix: string;
  readonly cause?: ErrorRecord;
}

/** The answer to a request; the first one, unasked for, says that the database is open or why it is not. */
export interface DatabaseAnswer {
  readonly refusal?: OpenRefusal;
  /** One for each read, in their order. */
  readonly found?: readonly (Found | ErrorRecord)[];
  /** The write or the closing failed. */
  readonly error?: ErrorRecord;
}
