/** A group of fields in a modeler's panel. */
export interface TemplateGroup {
  readonly id: string;
  readonly label: string;
  readonly tooltip?: string;
  /** @default false */
  readonly openByDefault?: boolean;
}

/** Where an inbound connector's template may be put. */
export type TemplateElement =
  | 'startEvent'
  | 'messageStartEvent'
  | 'intermediateCatchEvent'
  | 'boundaryEvent'
  | 'receiveTask'
  | 'eventSubProcessStart';

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
  /** Name of the file, without ending. @default made of the id: `sms` */
  readonly file?: string;
  /** A small SVG as a `data:` URI. @default one that all templates without have */
  readonly icon?: string;
  /** Groups of the connector's own fields, in order. @default labels made of their ids */
  readonly groups?: readonly TemplateGroup[];
  /** Inbound: the element it is for. @default one template for each but the plain start event */
  readonly element?: TemplateElement;
  /** Inbound, why another should be taken: the chooser does not offer it. */
  readonly deprecated?: string;
  /** Id and version of Camunda's template that this one can stand in for. */
  readonly camunda?: { readonly id: string; readonly version: number };
}
