import type { Problem } from '@bpmn-connectors/bpmn';

const fix = 'Mend the model, and deploy it again';

/** `'order.bpmn': ` begins what is said of a file. */
const ofFile = /^'(.+?)': (.*)$/;
const ofElement = /^- Element: (.+)$/;
const ofError = /^- (?:ERROR|WARNING): (.+)$/;

/**
 * The problems in what Zeebe says against a deployment: file, element and error each on a line of their own.
 * What does not look like that is told as it is.
 */
export function readRefusal(files: readonly string[], message: string): readonly Problem[] {
  const problems: Problem[] = [];
  let file = files.join(', ');
  let element: string | undefined;
  for (const raw of message.split('\n').map((line) => line.trim())) {
    const [, named, rest] = ofFile.exec(raw) ?? [];
    if (named !== undefined) {
      file = named;
      element = undefined;
    }
    const line = rest ?? raw;
    const entered = ofElement.exec(line)?.[1];
    if (entered !== undefined) element = entered;
    const reason = ofError.exec(line)?.[1]?.replace(/\.$/, '');
    if (reason !== undefined)
      problems.push({ where: `${file} / element ${element ?? ''}`, reason, fix });
    else if (named !== undefined && entered === undefined && line !== '')
      problems.push({ where: file, reason: line, fix });
  }
  if (problems.length > 0) return problems;
  return [{ where: file, reason: `the cluster refuses it: ${message}`, fix }];
}
