/** The variables an expression sees: a record (own keys only), or something that looks one name up. */
export type Scope = Readonly<Record<string, unknown>> | VariableLookup;

/** Looks up one variable by its exact name; `undefined` where there is none. */
export interface VariableLookup {
  /** Called when the variable is needed, not before. */
  get(name: string): unknown;
}
