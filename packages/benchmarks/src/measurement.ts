/** One run of one process under load. */
export interface Measurement {
  readonly perSecond: number;
  /** CPU of that process alone, milliseconds a request or job. */
  readonly cpuMs: number;
  /** Its memory at the end, megabytes. */
  readonly rssMb: number;
}
