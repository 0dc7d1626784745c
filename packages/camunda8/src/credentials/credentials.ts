/** Proves to the cluster who we are. */
export interface Credentials {
  /** Headers for a call. Rejects when there are none to be had now. */
  headers(): Promise<Readonly<Record<string, string>>>;
  /** The cluster took the headers for wrong: they are not used again. */
  refused(): void;
}
