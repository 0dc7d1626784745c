/** Codes of incidents, Zeebe's names; `STEP_LIMIT` is ours. */
export type IncidentCode =
  | 'JOB_NO_RETRIES'
  | 'IO_MAPPING_ERROR'
  | 'CONDITION_ERROR'
  | 'EXTRACT_VALUE_ERROR'
  | 'UNHANDLED_ERROR_EVENT'
  | 'MESSAGE_SIZE_EXCEEDED'
  | 'UNKNOWN'
  | 'STEP_LIMIT';

/** A step cannot be run as things are. It becomes an incident at its element; nothing has been changed. */
export class StepError extends Error {
  override readonly name = 'StepError';
  readonly code: IncidentCode;

  constructor(code: IncidentCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
