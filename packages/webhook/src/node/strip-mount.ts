/** The path below the first mount point it lies under, `undefined` if under none. Whole segments only. */
export function stripMount(path: string, mounts: readonly string[]): string | undefined {
  if (mounts.length === 0) return path;
  for (const mount of mounts) {
    const base = mount.endsWith('/') ? mount.slice(0, -1) : mount;
    if (path === base) return '/';
    if (path.startsWith(base) && path[base.length] === '/') return path.slice(base.length);
  }
  return undefined;
}
