import { options } from './option.ts';

const width = 96;

const wrap = (text: string, indent: number): string => {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? '';
    if (last.length + word.length + 1 > width - indent && last !== '') lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines.join(`\n${' '.repeat(indent)}`);
};

/** The options as lines of a help text. */
export function optionHelp(): string {
  const rows = [
    ...options.map(({ flag, argument, description, defaultText }) => ({
      left: argument === undefined ? flag : `${flag} ${argument}`,
      right: defaultText === undefined ? description : `${description} (${defaultText})`,
    })),
    { left: '--config FILE', right: 'Configuration file (bpmn-connectors.config.json)' },
  ];
  const indent = Math.max(...rows.map(({ left }) => left.length)) + 4;
  return rows
    .map(({ left, right }) => `  ${left.padEnd(indent - 2)}${wrap(right, indent)}`)
    .join('\n');
}
