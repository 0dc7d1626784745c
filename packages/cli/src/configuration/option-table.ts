import { options } from './option.ts';

/** The options as a Markdown table: what the README shows. */
export function optionTable(): string {
  const rows = options.map(({ flag, argument, variable, key, description, defaultText }) =>
    [
      `\`${flag}${argument === undefined ? '' : ` ${argument}`}\``,
      `\`${variable}\``,
      `\`${key}\``,
      description,
      defaultText === undefined ? '–' : `\`${defaultText}\``,
    ].join(' | '),
  );
  return [
    '| Flag | Environment | File | What it does | Default |',
    '| --- | --- | --- | --- | --- |',
    ...rows.map((row) => `| ${row} |`),
  ].join('\n');
}
