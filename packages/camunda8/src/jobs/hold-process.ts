/** Milliseconds; `setInterval` takes no more. */
const longestMs = 2 ** 31 - 1;

/**
 * Keeps the process alive until the returned function is called: a worker that waits for a lost cluster to come
 * back has neither a connection nor a timer that would.
 */
export function holdProcess(): () => void {
  const timer = setInterval(() => {}, longestMs);
  return () => clearInterval(timer);
}
