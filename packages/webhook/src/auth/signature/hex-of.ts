/** A signature in lower-case hexadecimal of exactly so many bytes: it has one spelling. */
export function hexOf(text: string, bytes: number): Buffer | undefined {
  return text.length === 2 * bytes && /^[0-9a-f]+$/.test(text)
    ? Buffer.from(text, 'hex')
    : undefined;
}
