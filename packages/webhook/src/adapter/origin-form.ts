const authority = /^https?:\/\/[^/?#]*/i;

/**
 * Path and query of a request target. A client behind a proxy may send the whole URL, and has to be understood
 * (RFC 9112, section 3.2.2).
 */
export function originForm(target: string): string {
  const rest = target.replace(authority, '');
  return rest === target || rest.startsWith('/') ? rest : `/${rest}`;
}
