/** What is wrong with a template. */
export interface TemplateProblem {
  /** Name of the rule: `condition-target-exists`. */
  readonly rule: string;
  /** Template, and property or group: `io.example.Sms.v1 / property input.to`. */
  readonly where: string;
  readonly reason: string;
  readonly fix: string;
}
