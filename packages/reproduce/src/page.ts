import type { Item, Scale } from './item.ts';
import type { Reproduction } from './result.ts';
import { sources } from './sources.ts';
import { rowCells, rowHeadings } from './write-row.ts';

/**
 * The page of a source in Markdown: each item with what was done, what the source leaves open, and the numbers of the paper beside
 * ours; of an item without a result the command that makes it.
 *
 * @param results of any scales; the largest of an item is shown first.
 * @param pictureOf where the picture of a figure is, from the page, if it is there.
 *
 * @example
 * await writeFile('docs/reproduction/benitez2023.md', reproductionPage(ofSource, results));
 */
export function reproductionPage(
  items: readonly Item[],
  results: readonly Reproduction[],
  pictureOf: (result: Reproduction, figure: string) => string | undefined = () => undefined,
): string {
  const [{ source }] = items;
  const done = (scale: Scale) =>
    items.filter(({ item }) =>
      results.some((one) => one.source === source && one.item === item && one.scale === scale),
    ).length;
  return [
    `# ${source}`,
    '',
    `${sources[source]}.`,
    '',
    `${done('small')} of ${items.length} items have a result at small scale, ${done('full')} at full scale. At small scale little of a source's work is done,`,
    'as each item says: it shows that all of the way is there and that networks learn. What comes of training differs from the source, for the',
    'reasons given there, and rows whose intervals overlap are in no order.',
    '',
    `Made by \`pnpm reproduce:pages\` from \`docs/reproduction/results\`. An interval is Wilson's of a share, a bootstrap's of an error, Student's`,
    'over folds or repeats, of 95 %; none where folds all agree, or where the measure has none. The difference is ours less the paper’s, of',
    'what is in percent in points. Seconds are of all parts of an item, one after the other, those that it shares with others among them, on',
    'a machine that may have had other work. How many tracks, images and epochs there are at small scale was settled after a first run, with its',
    'results in sight: by the time that it took, and where a class was too rare to be learnt; one seed each.',
    ...items.flatMap((item) => section(item, results, pictureOf)),
    '',
  ].join('\n');
}

type PictureOf = (result: Reproduction, figure: string) => string | undefined;

function section(item: Item, results: readonly Reproduction[], pictureOf: PictureOf): string[] {
  const own = results
    .filter((one) => one.source === item.source && one.item === item.item)
    .sort((a) => (a.scale === 'full' ? -1 : 1));
  const command = `diffusion reproduce ${item.source} ${item.item}`;
  return [
    '',
    `## ${item.title}`,
    '',
    item.about,
    '',
    ...(item.unspecified.length > 0
      ? ['The source leaves open:', '', ...item.unspecified.map((one) => `- ${one}`), '']
      : []),
    ...(own.length === 0
      ? [
          `Not run yet: \`${command}\` (small: ${item.scales.small.says} Estimate: ${item.scales.small.minutes} min on two cores.)`,
        ]
      : own.flatMap((one) => resultLines(one, command, pictureOf))),
  ];
}

function resultLines(result: Reproduction, command: string, pictureOf: PictureOf): string[] {
  const { scale, says, rows, tables, notes, machine, seconds, commit, figures } = result;
  return [
    `\`${command} --scale ${scale}\`: ${says}`,
    '',
    ...(rows.length > 0 ? [...markdown(rowHeadings, rows.map(rowCells), 2), ''] : []),
    ...tables.flatMap(({ caption, columns, rows: cells }) => [
      ...(caption ? [`${caption}:`, ''] : []),
      ...markdown(
        columns,
        cells.map((row) => row.map(String)),
      ),
      '',
    ]),
    ...figures.flatMap(({ name, alt, caption }) => {
      const picture = pictureOf(result, name);
      return [
        picture === undefined ? `Figure \`${name}\`: ${caption}` : `![${alt}](${picture})`,
        '',
      ];
    }),
    ...notes.flatMap((note) => [note, '']),
    `${machine}; ${Math.round(seconds)} s; ${commit}.`,
  ];
}

/** A table; from the column `numbers` on, cells stand at the right. */
const markdown = (
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  numbers = columns.length,
): string[] => [
  `| ${columns.join(' | ')} |`,
  `| ${columns.map((_, k) => (k < numbers ? '---' : '---:')).join(' | ')} |`,
  ...rows.map((row) => `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`),
];
