/** A `bpmn:message` of the model. */
export interface MessageDefinition {
  readonly id: string;
  /** As written; begins with `=` when it is an expression. */
  readonly name: string;
  /** `zeebe:subscription correlationKey` as written. */
  readonly correlationKey?: string;
}

/** What an event waits for or does. Fields that are absent were not given in the model. */
export type EventDefinition =
  | { readonly kind: 'message'; readonly message?: MessageDefinition }
  | {
      readonly kind: 'timer';
      readonly timer?: {
        readonly kind: 'date' | 'duration' | 'cycle';
        readonly expression: string;
      };
    }
  /** `code` absent: catches every error, or throws one without a code. */
  | { readonly kind: 'error'; readonly code?: string }
  /** `code` absent: catches every escalation. */
  | { readonly kind: 'escalation'; readonly code?: string }
  | { readonly kind: 'signal'; readonly signalName?: string }
  | { readonly kind: 'link'; readonly name?: string }
  | { readonly kind: 'conditional'; readonly condition?: string }
  | { readonly kind: 'compensate'; readonly activityId?: string }
  | { readonly kind: 'terminate' }
  | { readonly kind: 'cancel' };
