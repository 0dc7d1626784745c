/** Values of `Host` under which a port of this machine is called from this machine. */
export const loopbackAuthorities = (port: number): readonly string[] =>
  ['localhost', '127.0.0.1', '[::1]'].flatMap((name) =>
    port === 80 ? [name, `${name}:80`] : [`${name}:${port}`],
  );
