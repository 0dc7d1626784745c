/** How a connector appears in a modeler. */
export interface TemplateMetadata {
  /** Stable id under the author's own prefix: `io.example.Sms.v1`. */
  readonly id: string;
  /** Integer, goes up with every change of bindings, ids or defaults. */
  readonly version: number;
  readonly name: string;
  readonly description?: string;
  readonly documentationRef?: string;
  readonly keywords?: readonly string[];
}
