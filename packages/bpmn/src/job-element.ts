/** An element of a model whose work is done by a job worker (`zeebe:taskDefinition`). */
export interface JobElement {
  readonly processId: string;
  readonly elementId: string;
  readonly elementName?: string;
  /** `zeebe:taskDefinition type` as written; begins with `=` when it is an expression. */
  readonly type: string;
  /** Input mappings as written: target path (`input.detail`) → source (`=order` or plain text). */
  readonly inputs: Readonly<Record<string, string>>;
  /** `zeebe:taskHeaders`: key → value as written. */
  readonly headers: Readonly<Record<string, string>>;
}
