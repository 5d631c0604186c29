import type { Options } from './options.ts';

/**
 * Declared options as a table in Markdown, for `docs/models.md`.
 *
 * @example
 * optionTable(networkByName('xresnet').options); // '| option | default | accepts | | …'
 */
export function optionTable(options: Options): string {
  const cell = (text: string) => text.replaceAll('|', '\\|');
  return [
    '| option | default | accepts | |',
    '|---|---|---|---|',
    ...Object.entries(options).map(
      ([name, { default: usual, range, description }]) =>
        `| \`${name}\` | \`${JSON.stringify(usual)}\` | ${cell(range)} | ${cell(description)} |`,
    ),
  ].join('\n');
}
