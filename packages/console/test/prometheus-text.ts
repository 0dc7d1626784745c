/** A line of figures. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** All samples that `# TYPE` announced together. */
export interface Family {
  readonly name: string;
  readonly type: string;
  readonly help: string;
  readonly samples: readonly Sample[];
}

interface Growing extends Family {
  readonly samples: Sample[];
}

const name = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const helpLine = new RegExp(`^# HELP (${name}) (.*)$`);
const typeLine = new RegExp(`^# TYPE (${name}) (counter|gauge|histogram|summary|untyped)$`);
const sampleLine = new RegExp(`^(${name})(?:\\{(.*)\\})? ([^ ]+)(?: -?\\d+)?$`);
const label = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/y;
const suffixes = /_(?:bucket|sum|count)$/;

function readLabels(text: string): Readonly<Record<string, string>> {
  const labels: Record<string, string> = {};
  label.lastIndex = 0;
  while (label.lastIndex < text.length) {
    const [, key = '', value = ''] = label.exec(text) ?? [];
    if (key === '') throw new Error(`labels that are none: ${text}`);
    if (key in labels) throw new Error(`label ${key} twice: ${text}`);
    labels[key] = value;
  }
  return labels;
}

function readValue(text: string): number {
  const special: Readonly<Record<string, number>> = {
    '+Inf': Number.POSITIVE_INFINITY,
    '-Inf': Number.NEGATIVE_INFINITY,
    NaN: Number.NaN,
  };
  const value = special[text] ?? Number(text);
  if (Number.isNaN(value) && text !== 'NaN') throw new Error(`a value that is none: ${text}`);
  return value;
}

/**
 * Reads Prometheus' text format as strictly as its documentation has it ("Exposition formats", text format details):
 * a family's HELP and TYPE come once and first, its samples together, no series twice, a line feed at the end.
 * @throws {Error} a rule is broken.
 */
export function readPrometheusText(text: string): readonly Family[] {
  if (!text.endsWith('\n')) throw new Error('the last line does not end');
  const families = new Map<string, Growing>();
  const helps = new Map<string, string>();
  const series = new Set<string>();
  let current: Growing | undefined;
  for (const line of text.split('\n').filter((one) => one !== '')) {
    const [, helped, help = ''] = helpLine.exec(line) ?? [];
    const [, typed, type = ''] = typeLine.exec(line) ?? [];
    if (helped !== undefined) addOnce(helps, helped, help);
    else if (typed === undefined) current = addSample(line, current, series);
    else {
      current = { name: typed, type, help: helps.get(typed) ?? '', samples: [] };
      addOnce(families, typed, current);
    }
  }
  return [...families.values()];
}

function addOnce<Value>(lines: Map<string, Value>, key: string, value: Value): void {
  if (lines.has(key)) throw new Error(`HELP or TYPE of ${key} twice`);
  lines.set(key, value);
}

function addSample(line: string, current: Growing | undefined, series: Set<string>): Growing {
  const [, sample = '', labels = '', value = ''] = sampleLine.exec(line) ?? [];
  if (sample === '') throw new Error(`a line that is none: ${line}`);
  const isOfFamily =
    current !== undefined &&
    (sample === current.name ||
      (current.type === 'histogram' && sample.replace(suffixes, '') === current.name));
  if (!isOfFamily) throw new Error(`${sample} does not stand with its TYPE`);
  const key = `${sample}{${labels}}`;
  if (series.has(key)) throw new Error(`${key} twice`);
  series.add(key);
  current.samples.push({ name: sample, labels: readLabels(labels), value: readValue(value) });
  return current;
}
