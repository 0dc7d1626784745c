/** The BPMN element types at which an inbound connector can be attached. */
export type InboundElementType =
  | 'startEvent'
  | 'messageStartEvent'
  | 'intermediateCatchEvent'
  | 'boundaryEvent'
  | 'receiveTask'
  | 'eventSubProcessStartEvent';

/** The message an inbound element waits for. Absent on a plain start event. */
export interface InboundMessage {
  readonly name: string;
  /** `zeebe:subscription correlationKey`: evaluated by the engine when the element is entered. */
  readonly correlationKeyExpression?: string;
}

/**
 * An element of a model that carries an `inbound.type` property: where an outside event may enter.
 * Found in the model alone; a process runtime adds version and key once it is deployed.
 */
export interface InboundElement {
  readonly processId: string;
  readonly processName?: string;
  readonly elementId: string;
  readonly elementName?: string;
  readonly elementType: InboundElementType;
  /** `zeebe:property` name → value as written. Of duplicate names the first wins, as in Camunda. */
  readonly properties: Readonly<Record<string, string>>;
  readonly message?: InboundMessage;
}
