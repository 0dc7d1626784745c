import { isIP } from 'node:net';
import { z } from 'zod';

const textOr = <Schema extends z.ZodType>(schema: Schema, pattern: RegExp, message: string) =>
  z.union([schema, z.string().regex(pattern, message)], { error: message });

/** A TCP port; 0 takes a free one. */
export const portSchema = textOr(
  z.int(),
  /^[0-9]{1,5}$/,
  'must be a port: a whole number from 0 to 65535',
)
  .transform(Number)
  .refine((port) => port >= 0 && port <= 65_535, 'must be a port: a whole number from 0 to 65535');

/** A switch: given as a flag without value, elsewhere `true` or `false`. */
export const switchSchema = textOr(
  z.boolean(),
  /^(true|false)$/,
  'must be true or false',
).transform((value) => value === true || value === 'true');

/** Address or name to listen on. */
export const hostSchema = z
  .string()
  .refine(
    (host) => isIP(host) !== 0 || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(host),
    'must be a host name or an address, without port: 127.0.0.1',
  );

/** An http or https URL without query, its trailing slash taken off. */
export const urlSchema = z
  .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
  .refine((url) => !/[?#]/.test(url), 'must have no query or fragment')
  .transform((url) => url.replace(/\/+$/, ''));

/** Names in a list, or one text with commas between them. */
export const namesSchema = z
  .union([z.array(z.string().min(1)), z.string()])
  .transform((names) =>
    (Array.isArray(names) ? names : names.split(','))
      .map((name) => name.trim())
      .filter((name) => name !== ''),
  );

/** The path of a file or folder. */
export const pathSchema = z.string().min(1, 'must not be empty');
