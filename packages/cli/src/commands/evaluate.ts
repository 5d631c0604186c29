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
} from '@diffusion/eval';
import { renderReport } from '@diffusion/eval/render';
import { writeAtomically } from '@diffusion/tracks/node';
import { Command } from 'commander';
import { compareFolders, isFolder } from '../andi2-folders.ts';
import { checkOutput } from '../check-output.ts';
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
import { metricLines, setsByLengthLines } from '../training/report-lines.ts';

interface Options {
  predictions: string;
  reference: string;
  report?: string;
  json?: boolean;
}

const noPictures = () =>
  new InputError(
    "option '--report' is for predictions of whole tracks: `diffusion segment --report` draws segments",
  );

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
    .option('--report <file.html>', 'pictures as well')
    .option('--json', 'one JSON document on stdout')
    .action(async ({ predictions, reference, report, json }: Options) => {
      if (report !== undefined)
        await checkOutput(report, { ending: '.html', inputs: [predictions, reference] });
      if (await isFolder(predictions)) {
        if (report !== undefined) throw noPictures();
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
      const comparison = comparePredictions(
        given,
        images
          ? referenceOfImages(images, reference)
          : parseReference(await readText(reference), reference),
      );
      if (report !== undefined) {
        const title = `${basename(predictions)} against ${basename(reference)}`;
        const html = await renderReport({
          title,
          sections: [
            ...evaluationSections(comparison),
            ...(images ? [mistakenSection(given, images)] : []),
          ],
        });
        await writeAtomically(report, html, { signal: interruption.signal });
      }
      const { classification, exponents } = comparison;
      if (json) {
        printJson(comparisonJson(comparison));
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
      ]);
    });
}
