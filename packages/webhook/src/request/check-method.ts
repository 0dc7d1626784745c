/** Methods that a webhook takes, as its property `inbound.method` says. */
export type WebhookMethod = 'any' | 'get' | 'post' | 'put' | 'delete';

const neverTaken: ReadonlySet<string> = new Set(['CONNECT', 'TRACE', 'OPTIONS']);

/** Whether a webhook takes a method. HEAD doesn't count as GET, as in Camunda. */
export const takesMethod = (rule: WebhookMethod, method: string): boolean =>
  rule === 'any' ? !neverTaken.has(method) : method === rule.toUpperCase();

/** Value of `Allow` (RFC 9110, section 10.2.1). */
export const allowedMethods = (rule: WebhookMethod): string =>
  rule === 'any'
    ? 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS'
    : `${rule.toUpperCase()}, OPTIONS`;
