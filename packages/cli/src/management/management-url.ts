import type { Configuration } from '../configuration/configuration-schema.ts';

/** Where the management API of a program with this configuration is reached from this machine. */
export function managementUrl({ managementHost, managementPort }: Configuration): string {
  const everywhere = managementHost === '0.0.0.0' || managementHost === '::';
  const host = everywhere ? '127.0.0.1' : managementHost;
  return `http://${host.includes(':') ? `[${host}]` : host}:${managementPort}`;
}
