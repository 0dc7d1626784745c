import type { SignatureScheme } from '@bpmn-connectors/testing/signers';

/** What is posted, before it is signed. */
interface Post {
  /** Raw bytes as text. */
  readonly body: string;
  /** What `--type` names. */
  readonly type: string | undefined;
  /** New for each post: what redeliveries are known by. */
  readonly id: string;
}

/** How a service sends, but for its signature. */
export interface Sender {
  /** How it signs; undefined where it does not, and a secret stands in a header. */
  readonly scheme?: SignatureScheme;
  /** What `--type` names; undefined where the body alone tells what happened. */
  readonly type?: string;
  headers(post: Post): Readonly<Record<string, string>>;
  /** Why this cannot be sent, with the fix. */
  problem?(post: Post): string | undefined;
}
