import { performance } from 'node:perf_hooks';
import { Gauge, type Registry } from 'prom-client';

/** Figures of the process itself, read when asked for. */
export function addProcessGauges(register: Registry): void {
  const startedAtSeconds = performance.timeOrigin / 1000;
  const gauge = (name: string, help: string, read: () => number): void => {
    new Gauge({
      name,
      help,
      registers: [register],
      collect() {
        this.set(read());
      },
    });
  };
  gauge('process_start_time_seconds', 'Start of the process, Unix time.', () => startedAtSeconds);
  gauge('process_resident_memory_bytes', 'Resident memory.', () => process.memoryUsage.rss());
  gauge('process_cpu_seconds_total', 'CPU time used, user and system.', () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  });
  let last = performance.eventLoopUtilization();
  gauge(
    'nodejs_eventloop_utilization',
    'Share of time the event loop was busy, since the last scrape.',
    () => {
      const now = performance.eventLoopUtilization();
      const { utilization } = performance.eventLoopUtilization(now, last);
      last = now;
      return utilization;
    },
  );
}
