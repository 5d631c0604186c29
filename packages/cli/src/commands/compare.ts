import { basename } from 'node:path';
import {
  compareMethods,
  type MethodComparison,
  methodSections,
  parsePredictions,
  parseReference,
} from '@diffusion/eval';
import { renderReport } from '@diffusion/eval/render';
import { writeAtomically } from '@diffusion/tracks/node';
import { Command, InvalidArgumentError } from 'commander';
import { checkOutput } from '../check-output.ts';
import { InputError } from '../input-error.ts';
import { interruption } from '../interruption.ts';
import { counted, printJson, printLines, table } from '../print.ts';
import { readText } from '../read-text.ts';
import { decimal, percent, percents } from '../training/report-lines.ts';
import { list } from '../values.ts';

interface Options {
  names?: string[];
  map?: Record<string, string>;
  reference?: string;
  report?: string;
  json?: boolean;
}

/** `diffusion compare P1.csv P2.csv …`: what several methods say of the same tracks. */
export function compare(): Command {
  return new Command('compare')
    .description('compare the classes that several methods give to the same tracks')
    .argument(
      '<files...>',
      'predictions of each method: columns track and label, file where there are several',
    )
    .option(
      '--names <list>',
      'names of the methods, comma-separated (default: those of the files)',
      list,
    )
    .option(
      '--map <class=common,…>',
      'what classes are called in common: FBM=subdiffusion,CD=subdiffusion',
      mappingOf,
    )
    .option(
      '--reference <file>',
      'what is true, where it is known: CSV with track and label; McNemar and paired bootstrap follow',
    )
    .option('--report <file.html>', 'tables and pictures as a page')
    .option('--json', 'one JSON document on stdout')
    .action(async (files: string[], { names, map, reference, report, json }: Options) => {
      if (names && names.length !== files.length) {
        throw new InputError(
          `option '--names' has ${counted(names.length, 'name')}: expected ${files.length}, one for each file`,
        );
      }
      const inputs = [...files, ...(reference === undefined ? [] : [reference])];
      if (report !== undefined) await checkOutput(report, { ending: '.html', inputs });
      const usual = files.map((file) => basename(file).replace(/\.csv$/i, ''));
      const distinct = new Set(usual).size === usual.length ? usual : files;
      const methods = [];
      for (const [k, file] of files.entries()) {
        methods.push({
          name: (names ?? distinct)[k],
          predictions: parsePredictions(await readText(file), file),
        });
      }
      const comparison = compareMethods(methods, {
        mapping: map,
        ...(reference !== undefined && {
          reference: parseReference(await readText(reference), reference),
        }),
      });
      if (report !== undefined) {
        const title = `${methods.map(({ name }) => name).join(', ')} on the same tracks`;
        const html = await renderReport({ title, sections: methodSections(comparison) });
        await writeAtomically(report, html, { signal: interruption.signal });
      }
      if (json) printJson(comparison);
      else printLines(linesOf(comparison));
    });
}

function mappingOf(text: string): Record<string, string> {
  const mapping: Record<string, string> = {};
  for (const part of text.split(',')) {
    const [, label, common] = /^\s*([^=]+)=(.+?)\s*$/.exec(part) ?? [];
    if (label === undefined)
      throw new InvalidArgumentError('Expected CLASS=COMMON,CLASS=COMMON,….');
    if (Object.hasOwn(mapping, label)) throw new InvalidArgumentError(`Expected ${label} once.`);
    mapping[label] = common;
  }
  return mapping;
}

function linesOf({ classes, methods, pairs, count }: MethodComparison): string[] {
  const known = methods[0].accuracy !== undefined;
  return [
    counted(count, 'track'),
    '',
    ...table([
      ['method', 'judged', ...classes, ...(known ? ['accuracy'] : [])],
      ...methods.map(({ name, judged, shares, accuracy }) => [
        name,
        String(judged),
        ...shares.map(({ share }) => percent(share)),
        ...(accuracy ? [percent(accuracy.value)] : []),
      ]),
    ]),
    '',
    ...table([
      [
        'first',
        'second',
        'both',
        'agreement',
        'kappa',
        ...(known ? ['McNemar p', 'difference', '95 %'] : []),
      ],
      ...pairs.map(({ first, second, count: both, agreement, kappa, mcnemar, difference }) => [
        first,
        second,
        String(both),
        percent(agreement),
        decimal(kappa),
        ...(known
          ? [
              mcnemar ? mcnemar.p.toPrecision(2) : '–',
              percent(difference?.value ?? Number.NaN),
              percents(difference?.interval),
            ]
          : []),
      ]),
    ]),
  ];
}
