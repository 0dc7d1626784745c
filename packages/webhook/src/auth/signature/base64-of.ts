/** A signature in base64 of exactly so many bytes, in its only spelling. */
export function base64Of(text: string, bytes: number): Buffer | undefined {
  const decoded = Buffer.from(text, 'base64');
  return decoded.length === bytes && decoded.toString('base64') === text ? decoded : undefined;
}
