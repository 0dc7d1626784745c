/**
 * The webhook id of a path below the mount point: its only segment. Ids are matched as they are, case
 * included and without decoding, so that a path has one spelling; `undefined` for every other path.
 */
export function findWebhookId(path: string): string | undefined {
  const id = path.slice(1);
  return path.startsWith('/') && id !== '' && !id.includes('/') ? id : undefined;
}
