import { basename } from 'node:path';
import {
  comparePredictions,
  compareSegments,
  comparisonJson,
  evaluationSections,
  isSegments,
  parsePredictions,
  parseReference,
  parseSegments,
  type Stratum,
  strata,
  stratifiedSections,
  stratify,
} from '@diffusion/eval';
import { renderReport } from '@diffusion/eval/render';
import { writeAtomically } from '@diffusion/tracks/node';
import { Command, InvalidArgumentError } from 'commander';
import { compareFolders } from '../andi2-folders.ts';
import { checkOutput } from '../check-output.ts';
import { isFolder } from '../exists.ts';
import {
  mistakenSection,
  readLabelledImages,
  referenceOfImages,
  shownFrame,
} from '../images/reference-of-images.ts';
import { InputError } from '../input-error.ts';
import { interruption } from '../interruption.ts';
import { printJson, printLines } from '../print.ts';
import { readText } from '../read-text.ts';
import { experimentScores, scoreLines } from '../segment-scores.ts';
import { metricLines, setsByLengthLines, strataLines } from '../training/report-lines.ts';

interface Options {
  predictions: string;
  reference: string;
  by?: Stratum[];
  edges?: Partial<Record<'length' | 'snr' | 'alpha', number[]>>;
  report?: string;
  json?: boolean;
}

const noPictures = () =>
  new InputError(
    "option '--report' is for predictions of whole tracks: `diffusion segment --report` draws segments",
  );

const noStrata = () =>
  new InputError("option '--by' is for predictions of whole tracks, and these are segments");

function strataOf(text: string): Stratum[] {
  const names = text.split(',');
  const wrong = names.find((name, k) => !isStratum(name) || names.indexOf(name) < k);
  if (wrong !== undefined) {
    throw new InvalidArgumentError(`'${wrong}': expected some of ${strata.join(', ')}, each once.`);
  }
  return names as Stratum[];
}

const isStratum = (name: string): name is Stratum => (strata as readonly string[]).includes(name);

function edgesOf(text: string): Options['edges'] {
  const all: Record<string, number[]> = {};
  for (const part of text.split(';')) {
    const [, stratum, list] = /^(length|snr|alpha)=(.+)$/.exec(part) ?? [];
    const edges =
      list?.split(',').map((one) => (one.trim() === '' ? Number.NaN : Number(one))) ?? [];
    const increasing = edges.every((edge, k) => k === 0 || edge > edges[k - 1]);
    if (stratum === undefined || edges.length < 2 || edges.some(Number.isNaN) || !increasing) {
      throw new InvalidArgumentError(
        'Expected such as length=10,100,1000;alpha=0,1,2: increasing, two at least.',
      );
    }
    all[stratum] = edges;
  }
  return all;
}

/** `diffusion evaluate --predictions FILE --reference FILE`: every metric that applies. */
export function evaluate(): Command {
  return new Command('evaluate')
    .description('compare predictions with what is true')
    .requiredOption(
      '--predictions <file>',
      'what `diffusion predict` or `segment` wrote; a folder of answers of the AnDi-2 challenge',
    )
    .requiredOption(
      '--reference <file>',
      'CSV with track and label or alpha, AnDi refN.txt; true segments, or the folder of them; of images CSV with image and label, or their folder',
    )
    .option(
      '--by <strata>',
      `the same for tracks of each ${strata.join(', ')}, comma-separated: what of it the reference says`,
      strataOf,
    )
    .option(
      '--edges <stratum=e1,e2…;…>',
      'bins of length, snr or alpha in the place of the usual ones: length=10,100,1000;alpha=0,1,2',
      edgesOf,
    )
    .option('--report <file.html>', 'pictures as well')
    .option('--json', 'one JSON document on stdout')
    .action(async ({ predictions, reference, by, edges, report, json }: Options) => {
      for (const stratum of Object.keys(edges ?? {})) {
        if (by?.includes(stratum as Stratum)) continue;
        throw new InputError(`option '--edges' is of ${stratum}: expected it among --by, too`);
      }
      if (report !== undefined)
        await checkOutput(report, { ending: '.html', inputs: [predictions, reference] });
      if (await isFolder(predictions)) {
        if (report !== undefined) throw noPictures();
        if (by) throw noStrata();
        const { json: scores, lines } = experimentScores(
          await compareFolders(predictions, reference),
        );
        if (json) printJson(scores);
        else printLines(lines);
        return;
      }
      const text = await readText(predictions);
      if (isSegments(text)) {
        if (report !== undefined) throw noPictures();
        if (by) throw noStrata();
        const scores = compareSegments(
          parseSegments(text, predictions),
          parseSegments(await readText(reference), reference),
        );
        if (json) printJson(scores);
        else printLines(scoreLines(scores));
        return;
      }
      const given = parsePredictions(text, predictions);
      const images =
        given.noun === 'image' && (await isFolder(reference))
          ? await readLabelledImages(reference, shownFrame)
          : undefined;
      const truth = images
        ? referenceOfImages(images, reference)
        : parseReference(await readText(reference), reference);
      const comparison = comparePredictions(given, truth);
      const stratified = by && stratify(comparison, truth, { by, edges });
      if (report !== undefined) {
        const title = `${basename(predictions)} against ${basename(reference)}`;
        const html = await renderReport({
          title,
          sections: [
            ...evaluationSections(comparison),
            ...(stratified ? stratifiedSections(comparison, stratified) : []),
            ...(images ? [mistakenSection(given, images)] : []),
          ],
        });
        await writeAtomically(report, html, { signal: interruption.signal });
      }
      const { classification, exponents } = comparison;
      if (json) {
        printJson({
          ...comparisonJson(comparison),
          ...(stratified && {
            by: Object.fromEntries(stratified.map((each) => [each.by, each.bins])),
          }),
        });
        return;
      }
      printLines([
        ...metricLines(
          classification?.metrics,
          exponents?.metrics,
          exponents?.spread,
          comparison.noun,
        ),
        ...setsByLengthLines(classification?.byLength),
        ...(stratified ?? []).flatMap(strataLines),
      ]);
    });
}
