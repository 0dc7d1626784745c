/** What a check came to. */
export interface CheckResult {
  /** `fail`: `run` would not start, or would not do its work. `warn`: it would, but see to it. */
  readonly level: 'ok' | 'warn' | 'fail';
  /** What was looked at: `port 8080`. */
  readonly what: string;
  /** What was found; empty where there is nothing to tell. */
  readonly why: string;
  /** What to do; empty where nothing is to be done. */
  readonly fix: string;
}

export const ok = (what: string, why = ''): CheckResult => ({ level: 'ok', what, why, fix: '' });

export const warn = (what: string, why: string, fix: string): CheckResult => ({
  level: 'warn',
  what,
  why,
  fix,
});

export const fail = (what: string, why: string, fix: string): CheckResult => ({
  level: 'fail',
  what,
  why,
  fix,
});
