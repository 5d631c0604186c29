import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Command, Option } from 'commander';
import { InputError } from '../input-error.ts';
import { interruption } from '../interruption.ts';
import { makeFolder } from '../make-folder.ts';
import { ownProgram } from '../own-program.ts';
import { printJson, printLines, table } from '../print.ts';
import { integer } from '../values.ts';
import { ownVersion } from '../versions.ts';

interface Options {
  list?: boolean;
  scale: 'small' | 'full';
  output: string;
  workers?: number;
  json?: boolean;
}

/** `diffusion reproduce SOURCE ITEM`: a table or figure of a publication, its numbers beside ours. */
export function reproduce(): Command {
  return new Command('reproduce')
    .description('reproduce a table or figure of a publication: its numbers beside ours')
    .argument('[source]', 'gajowczyk2021, wadnet2021, lipnet2016 or benitez2023')
    .argument('[item]', 'such as table-15 or figure-7: --list has them all')
    .option('--list', 'what can be reproduced, and an estimate of what each takes')
    .addOption(
      new Option(
        '--scale <scale>',
        'a part of the work, estimated at a quarter of an hour at most on two cores, or all of it',
      )
        .choices(['small', 'full'])
        .default('small'),
    )
    .option(
      '--output <folder>',
      'where everything is written: SOURCE/ITEM/index.html and more; run again, it goes on there',
      'reproduction',
    )
    .option(
      '--workers <n>',
      'trainings and other parts at once (default: one per core)',
      integer(1),
    )
    .option('--json', 'one JSON document on stdout')
    .action(async (source: string | undefined, name: string | undefined, options: Options) => {
      const { findItem, items, rowCells, rowHeadings, sources } = await import(
        '@diffusion/reproduce'
      );
      const { scale, output: folder, workers, json } = options;
      if (options.list) {
        const own = items.filter((one) => source === undefined || one.source === source);
        if (own.length === 0) findItem(source!, '');
        if (json) {
          printJson(
            own.map(({ source: of, item, title, about, scales, unspecified }) => ({
              source: of,
              item,
              title,
              about,
              scales,
              unspecified,
            })),
          );
          return;
        }
        printLines([
          ...table([
            // In one column, as they are given: where others stand below, it says which item a row is of.
            ['source and item', 'estimated min (small)', 'estimated min (full)', 'title'],
            ...own.map(({ source: of, item, title, scales }) => [
              `${of} ${item}`,
              String(scales.small.minutes),
              String(scales.full.minutes),
              title,
            ]),
          ]),
          '',
          'Estimates are for two cores.',
          '',
          ...Object.entries(sources).map(([key, text]) => `${key}: ${text}`),
        ]);
        return;
      }
      if (source === undefined || name === undefined) {
        throw new InputError(
          'reproduce needs a source and an item: `diffusion reproduce --list` has them',
        );
      }
      const item = findItem(source, name);
      makeFolder(folder);
      const { runItem } = await import('@diffusion/reproduce/node');
      const shown = process.stderr.isTTY && !json;
      const result = await runItem(item, {
        folder,
        scale,
        program: ownProgram(),
        commit: await commitOf(),
        ...(workers !== undefined && { workers }),
        signal: interruption.signal,
        ...(shown && {
          onPart: (part, done, total) => process.stderr.write(`${done} of ${total}: ${part}\n`),
        }),
      });
      if (json) {
        printJson(result);
        return;
      }
      printLines([
        item.title,
        `scale ${scale}: ${result.says}`,
        ...(result.rows.length > 0
          ? ['', ...table([rowHeadings, ...result.rows.map(rowCells)])]
          : []),
        ...result.tables.flatMap(({ caption = '', columns, rows }) => [
          '',
          caption,
          ...table([[...columns], ...rows.map((row) => row.map(String))]),
        ]),
        '',
        ...result.notes,
        ...(result.unspecified.length > 0 ? ['The source leaves open:'] : []),
        ...result.unspecified.map((one) => `- ${one}`),
        `${result.machine}; ${result.seconds} s of work; ${result.commit}; figures and page in ${folder}/${source}/${name}`,
      ]);
    });
}

/** The commit that this is built from, where it is in its repository; else the version. */
async function commitOf(): Promise<string> {
  const version = `version ${ownVersion()}`;
  try {
    const here = fileURLToPath(new URL('.', import.meta.url));
    const { stdout } = await promisify(execFile)('git', [
      '-C',
      here,
      'rev-parse',
      '--short=10',
      'HEAD',
    ]);
    return here.includes('node_modules') ? version : `commit ${stdout.trim()}`;
  } catch {
    return version;
  }
}
