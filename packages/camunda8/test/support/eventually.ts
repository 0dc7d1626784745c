/** Resolves when it is so; rejects after ten seconds. */
export async function eventually(isSo: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!isSo()) {
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${isSo.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
