/** A kind of authentication in a row of the table: what the model says, and what a sender sends. */
export interface Credentials {
  readonly name: string;
  /** `inbound.auth.*` and what else the element needs. */
  readonly properties: Readonly<Record<string, string>>;
  /** Headers for one request; a signature is made of its body. */
  readonly headersFor: (body: string) => Readonly<Record<string, string>>;
}
