const leastCpuMs = 150;

/** Calls in a CPU second, measured over at least 150 ms of CPU. */
export function measureRate(call: () => unknown): number {
  let calls = 0;
  let batch = 1;
  const before = process.cpuUsage();
  for (;;) {
    for (let left = batch; left > 0; left -= 1) call();
    calls += batch;
    batch = Math.min(batch * 2, 10_000);
    const { user, system } = process.cpuUsage(before);
    if (user + system >= leastCpuMs * 1000) return calls / ((user + system) / 1e6);
  }
}
