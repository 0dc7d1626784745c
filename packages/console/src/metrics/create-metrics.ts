import type { EndpointView } from '@bpmn-connectors/runtime';
import type { DeliverySummary, JobSummary, Telemetry } from '@bpmn-connectors/sdk';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { addEndpointFigures } from './endpoint-figures.ts';
import { createLabelLimit } from './label-limit.ts';
import { addProcessGauges } from './process-gauges.ts';

/** What figures are read from when they are asked for. */
export interface MetricsOptions {
  /** Inbound elements: `connectorRuntime.endpoints`. */
  readonly endpoints?: () => readonly EndpointView[];
}

/** Figures kept from what happened, and their text. */
export interface Metrics extends Required<Omit<Telemetry, 'deliveryStarted'>> {
  /** In the text format of Prometheus. */
  text(): Promise<string>;
  readonly contentType: string;
}

const durations = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

function createDeliveryFigures(register: Registry) {
  const labelNames = ['connector_type', 'endpoint', 'outcome'] as const;
  const registers = [register];
  const total = new Counter({
    name: 'bpmn_connectors_deliveries_total',
    help: 'Deliveries that were correlated, by outcome.',
    labelNames: [...labelNames, 'status'],
    registers,
  });
  const seconds = new Histogram({
    name: 'bpmn_connectors_delivery_duration_seconds',
    help: 'Time from the request to its answer.',
    labelNames,
    buckets: durations,
    registers,
  });
  const endpoints = createLabelLimit(1000);
  return (summary: DeliverySummary): void => {
    const labels = {
      connector_type: summary.connectorType,
      endpoint: endpoints(summary.endpoint),
      outcome: summary.outcome,
    };
    total.inc({ ...labels, status: summary.status ?? '' });
    seconds.observe(labels, summary.durationMs / 1000);
  };
}

function createJobFigures(register: Registry): Pick<Metrics, 'jobStarted' | 'job'> {
  const registers = [register];
  const total = new Counter({
    name: 'bpmn_connectors_jobs_total',
    help: 'Jobs that were worked, by how they ended and the code of their error.',
    labelNames: ['type', 'action', 'code'],
    registers,
  });
  const seconds = new Histogram({
    name: 'bpmn_connectors_job_duration_seconds',
    help: 'Time from taking a job to its result.',
    labelNames: ['type', 'action'],
    buckets: durations,
    registers,
  });
  const inFlight = new Gauge({
    name: 'bpmn_connectors_jobs_in_flight',
    help: 'Jobs that were taken and have no result yet.',
    labelNames: ['type'],
    registers,
  });
  const codes = createLabelLimit(100);
  return {
    jobStarted: ({ type }): undefined => {
      inFlight.inc({ type });
    },
    job: ({ type, action, code, durationMs }: JobSummary): void => {
      inFlight.dec({ type });
      total.inc({ type, action, code: code === undefined ? '' : codes(code) });
      seconds.observe({ type, action }, durationMs / 1000);
    },
  };
}

/**
 * Keeps figures in a registry of its own. Give it to the connector runtime as `telemetry` and to
 * {@link createManagement} as `metrics`. Labels hold names from models, never payload values.
 */
export function createMetrics(options: MetricsOptions = {}): Metrics {
  const register = new Registry();
  addProcessGauges(register);
  if (options.endpoints !== undefined) addEndpointFigures(register, options.endpoints);
  return {
    delivery: createDeliveryFigures(register),
    ...createJobFigures(register),
    text: () => register.metrics(),
    contentType: register.contentType,
  };
}
