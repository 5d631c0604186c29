import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import {
  type Comparison,
  classificationSection,
  comparePredictions,
  comparisonJson,
  exponentPlot,
  parsePredictions,
  parseReference,
  type Section,
} from '@diffusion/eval';
import { renderReport } from '@diffusion/eval/render';
import { writeAtomically } from '@diffusion/tracks/node';
import { Command } from 'commander';
import { interruption } from '../interruption.ts';
import { printJson, printLines } from '../print.ts';
import { classificationLines, regressionLines } from '../training/report-lines.ts';

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
      const comparison = comparePredictions(
        parsePredictions(await readFile(predictions, 'utf8'), predictions),
        parseReference(await readFile(reference, 'utf8'), reference),
      );
      if (report !== undefined) {
        const title = `${basename(predictions)} against ${basename(reference)}`;
        const html = await renderReport({ title, sections: sectionsOf(comparison) });
        await writeAtomically(report, html, { signal: interruption.signal });
      }
      const { classification, exponents } = comparison;
      if (json) {
        printJson(comparisonJson(comparison));
        return;
      }
      printLines([
        ...(classification ? classificationLines(classification.metrics) : []),
        ...(exponents ? regressionLines(exponents.metrics) : []),
      ]);
    });
}

function sectionsOf({ classification, exponents }: Comparison): Section[] {
  const sections: Section[] = [];
  if (classification) {
    const { metrics, calibration } = classification;
    sections.push(classificationSection({ heading: 'Classes', metrics, calibration }));
  }
  if (exponents) {
    const { actual, predicted, metrics } = exponents;
    sections.push({
      heading: 'Anomalous exponent',
      pieces: [
        {
          spec: exponentPlot({ actual, predicted }),
          alt: `Predicted against true α, MAE ${metrics.mae.toFixed(3)}`,
        },
        {
          columns: ['metric', 'value'],
          rows: [
            ['MAE', metrics.mae.toFixed(3)],
            ['RMSE', metrics.rmse.toFixed(3)],
            ['bias', metrics.bias.toFixed(3)],
            ['tracks', metrics.count],
            ['without a prediction', metrics.unjudged],
          ],
        },
      ],
    });
  }
  return sections;
}
