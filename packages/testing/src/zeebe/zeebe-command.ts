import { join } from 'node:path';
import type { ZeebeKind } from './zeebe-kind.ts';

/** Where what is started lies. */
export interface InstalledZeebe {
  readonly kind: ZeebeKind;
  readonly home: string;
  /** Jar of our own main class. */
  readonly starter: string;
  /** Of the broker. */
  readonly tenants: readonly string[];
}

/** The arguments for Java that start a Zeebe. */
export function zeebeCommand(
  { kind, home, starter, tenants }: InstalledZeebe,
  port: number,
): string[] {
  // Class data of the first start, kept, makes the later ones four times as quick.
  const jvm = [
    '-XX:+AutoCreateSharedArchive',
    `-XX:SharedArchiveFile=${starter}.jsa`,
    '-Xlog:disable',
    '-Xlog:all=error:stderr',
    '-XX:+ExitOnOutOfMemoryError',
    '-Dfile.encoding=UTF-8',
    '-cp',
    `${starter}:${join(home, 'lib', '*')}`,
  ];
  if (kind === 'engine') return ['-Xmx512m', ...jvm, 'Engine', String(port)];
  return [
    '-Xmx1g',
    '-Dapp.name=broker',
    `-Dbasedir=${home}`,
    `-Dtenants=${tenants.join(',')}`,
    ...jvm,
    'Broker',
    `--spring.config.additional-location=file:${join(home, 'config')}/`,
    `--logging.config=${join(home, 'config', 'log4j2.xml')}`,
  ];
}
