import type { DeliverySummary, JobSummary } from '@bpmn-connectors/sdk';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { createMetrics, type Metrics } from '../src/index.ts';
import { type Family, readPrometheusText, type Sample } from './prometheus-text.ts';

const delivery = (changes: Partial<DeliverySummary>): DeliverySummary => ({
  id: '1',
  connectorType: 'io.camunda:webhook:1',
  endpoint: 'orders',
  at: '2026-11-21T10:00:00.000Z',
  status: 200,
  outcome: 'started',
  step: 'respond',
  durationMs: 3,
  ...changes,
});
const job: JobSummary = {
  type: 'io.camunda:aws-eventbridge:1',
  processId: 'order',
  processInstanceKey: '1',
  elementId: 'Task_1',
  action: 'complete',
  durationMs: 20,
};

let metrics: Metrics;
let families: readonly Family[];

beforeEach(async () => {
  metrics = createMetrics();
  for (const durationMs of [0, 3, 40, 900, 60_000]) metrics.delivery(delivery({ durationMs }));
  metrics.delivery(delivery({ endpoint: 'a "quoted" \\ one\nand two', outcome: 'unprocessable' }));
  metrics.jobStarted(job);
  metrics.job(job);
  metrics.job({ ...job, action: 'fail', code: 'ThrottlingException' });
  families = readPrometheusText(await metrics.text());
});

const ours = () => families.filter(({ name }) => name.startsWith('bpmn_connectors_'));

/** Samples of one series of a histogram, without the bucket's bound. */
function seriesOf({ samples }: Family): ReadonlyMap<string, readonly Sample[]> {
  const series = new Map<string, Sample[]>();
  for (const sample of samples) {
    const { le: _, ...labels } = sample.labels;
    const key = JSON.stringify(labels);
    series.set(key, [...(series.get(key) ?? []), sample]);
  }
  return series;
}

describe('a scrape', () => {
  test('keeps the rules of the text format', () => {
    expect(ours().map(({ name, type }) => [name, type])).toEqual(
      expect.arrayContaining([
        ['bpmn_connectors_deliveries_total', 'counter'],
        ['bpmn_connectors_delivery_duration_seconds', 'histogram'],
        ['bpmn_connectors_jobs_total', 'counter'],
        ['bpmn_connectors_job_duration_seconds', 'histogram'],
        ['bpmn_connectors_jobs_in_flight', 'gauge'],
      ]),
    );
    for (const { help } of families) expect(help).not.toBe('');
  });

  test('names counters and units as Prometheus wants them', () => {
    for (const { name, type } of ours()) {
      if (type === 'counter') expect(name).toMatch(/_total$/);
      if (type === 'histogram') expect(name).toMatch(/_(?:seconds|bytes)$/);
    }
  });

  test('has histograms whose buckets grow and end with all', () => {
    const histograms = families.filter(({ type }) => type === 'histogram');
    expect(histograms.length).toBeGreaterThan(1);
    for (const family of histograms) {
      for (const [, samples] of seriesOf(family)) {
        const buckets = samples.filter(({ name }) => name.endsWith('_bucket'));
        const bounds = buckets.map(({ labels }) =>
          Number(labels['le']?.replace('+Inf', 'Infinity')),
        );
        const counts = buckets.map(({ value }) => value);
        expect(bounds).toEqual(bounds.toSorted((a, b) => a - b));
        expect(counts).toEqual(counts.toSorted((a, b) => a - b));
        const count = samples.find(({ name }) => name.endsWith('_count'))?.value;
        expect(bounds.at(-1)).toBe(Number.POSITIVE_INFINITY);
        expect(counts.at(-1)).toBe(count);
        expect(samples.some(({ name }) => name.endsWith('_sum'))).toBe(true);
      }
    }
  });

  test('counts in seconds', () => {
    const durations = families.find(
      ({ name }) => name === 'bpmn_connectors_delivery_duration_seconds',
    );
    const sum = durations?.samples.find(
      ({ name, labels }) => name.endsWith('_sum') && labels['outcome'] === 'started',
    );
    expect(sum?.value).toBeCloseTo(60.943);
  });

  test('writes names of models as labels, whatever is in them', () => {
    const labels = families.flatMap(({ samples }) =>
      samples.map((sample) => sample.labels['endpoint']),
    );
    expect(labels).toContain('a \\"quoted\\" \\\\ one\\nand two');
  });

  test('has labels of models and outcomes only', () => {
    const names = new Set(
      ours().flatMap(({ samples }) => samples.flatMap(({ labels }) => Object.keys(labels))),
    );
    expect([...names].sort()).toEqual(
      ['action', 'code', 'connector_type', 'endpoint', 'le', 'outcome', 'status', 'type'].sort(),
    );
  });
});

test.each([
  ['a line without end', 'a 1'],
  ['a sample without TYPE', 'a 1\n'],
  ['a series twice', '# TYPE a counter\na 1\na 2\n'],
  ['a TYPE twice', '# TYPE a counter\n# TYPE a counter\n'],
  ['a label that is open', '# TYPE a counter\na{b="c} 1\n'],
  ['a value that is none', '# TYPE a counter\na one\n'],
])('the rules that are checked refuse %s', (_name, text) => {
  expect(() => readPrometheusText(text)).toThrow();
});
