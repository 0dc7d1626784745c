/** Where secrets come from. */
export interface SecretProvider {
  /** `undefined`: there is no such secret. Rejects when that cannot be told now (retried, 503). */
  get(name: string): Promise<string | undefined>;
}
