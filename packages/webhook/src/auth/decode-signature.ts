const hexadecimal = /^(?:[\w-]+=)?([0-9a-f]+)$/;

/**
 * Reads a signature from a header as Camunda does: hexadecimal in lower case, such behind a tag
 * (`sha256=…`), or base64. Each signature has one spelling in each form.
 * @param bytes length of a signature.
 */
export function decodeSignature(header: string, bytes: number): Buffer | undefined {
  const hex = hexadecimal.exec(header)?.[1];
  if (hex !== undefined && hex.length === 2 * bytes) return Buffer.from(hex, 'hex');
  const decoded = Buffer.from(header, 'base64');
  const isCanonical = decoded.toString('base64') === header;
  return isCanonical && decoded.length === bytes ? decoded : undefined;
}
