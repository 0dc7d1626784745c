/** The text cannot be read as a BPMN model at all. What is wrong inside a readable model are `Problem`s. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
  readonly code = 'BPMN_UNREADABLE';
  readonly retryable = false;

  /** @param file what the text is called, where it has a name. */
  constructor(file: string | undefined, reason: string, options?: ErrorOptions) {
    super(`${file ?? 'The model'} is not readable as BPMN 2.0: ${reason}`, options);
  }
}
