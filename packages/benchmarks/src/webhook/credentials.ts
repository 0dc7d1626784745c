/** A kind of authentication in a row of the table: what the model says, and what a sender sends. */
export interface Credentials {
  readonly name: string;
  /** `inbound.auth.*` and what else the element needs. */
  readonly properties: Readonly<Record<string, string>>;
  /** Headers for one request; a signature is made of its body. */
  readonly headersFor: (body: string) => Readonly<Record<string, string>>;
  /** Query of one request, where a sender signs it too. */
  readonly queryFor?: (body: string) => string;
  /** A vendor's signature: its rows show what checking it costs, and no more. */
  readonly isSignature?: boolean;
}
