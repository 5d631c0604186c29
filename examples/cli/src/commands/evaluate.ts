import { basename } from 'node:path';
import {
  comparePredictions,
  comparisonJson,
  evaluationSections,
  parsePredictions,
  parseReference,
} from '@diffusion/eval';
import { renderReport } from '@diffusion/eval/render';
import { writeAtomically } from '@diffusion/tracks/node';
import { Command } from 'commander';
import { checkOutput } from '../check-output.ts';
import { interruption } from '../interruption.ts';
import { printJson, printLines } from '../print.ts';
import { readText } from '../read-text.ts';
import { metricLines, setsByLengthLines } from '../training/report-lines.ts';

interface Options {
  predictions: string;
  reference: string;
  report?: string;
  json?: boolean;
}

/** `diffusion evaluate --predictions FILE --reference FILE`: every metric that applies. */
export function evaluate(): Command {
  return new Command('evaluate')
    .description('compare predictions with what is true')
    .requiredOption('--predictions <file.csv>', 'what `diffusion predict` wrote')
    .requiredOption('--reference <file>', 'CSV with track and label or alpha, or AnDi refN.txt')
    .option('--report <file.html>', 'pictures as well')
    .option('--json', 'one JSON document on stdout')
    .action(async ({ predictions, reference, report, json }: Options) => {
      if (report !== undefined)
        await checkOutput(report, { ending: '.html', inputs: [predictions, reference] });
      const comparison = comparePredictions(
        parsePredictions(await readText(predictions), predictions),
        parseReference(await readText(reference), reference),
      );
      if (report !== undefined) {
        const title = `${basename(predictions)} against ${basename(reference)}`;
        const html = await renderReport({ title, sections: evaluationSections(comparison) });
        await writeAtomically(report, html, { signal: interruption.signal });
      }
      const { classification, exponents } = comparison;
      if (json) {
        printJson(comparisonJson(comparison));
        return;
      }
      printLines([
        ...metricLines(classification?.metrics, exponents?.metrics, exponents?.spread),
        ...setsByLengthLines(classification?.byLength),
      ]);
    });
}
