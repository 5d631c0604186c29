import { type Reason, Tracks } from '@diffusion/tracks';
import { EvaluationError } from '../errors.ts';
import { averageConfusion } from '../metrics/average-confusion.ts';
import { calibration } from '../metrics/calibration.ts';
import { classificationMetrics } from '../metrics/classification-metrics.ts';
import { regressionMetrics } from '../metrics/regression-metrics.ts';
import { confusionPlot } from '../plots/confusion-plot.ts';
import { comparePredictions } from '../predictions/compare-predictions.ts';
import { parsePredictions } from '../predictions/parse-predictions.ts';
import { parseReference } from '../predictions/parse-reference.ts';
import { renderReport } from '../render/render-report.ts';
import { evaluationSections } from './evaluation-sections.ts';
import { htmlReport } from './html-report.ts';
import { motion, motionClasses, motionMsd } from './motion.fixture.ts';
import { predictionSections } from './prediction-sections.ts';
import { trainingSections } from './training-sections.ts';

/** What makes a page load or run something: there must be none of it. */
const outside =
  /<script|<link|<iframe|<object|\son[a-z]+=|javascript:|@import|\s(?:src|href|xlink:href)="(?!#)/i;

describe('htmlReport', () => {
  it('escapes every text it is given', () => {
    const evil = `<script>alert("1")</script> & 'x'`;
    const html = htmlReport({
      title: evil,
      text: [evil],
      sections: [
        {
          heading: evil,
          text: evil,
          pieces: [
            { svg: '<svg></svg>', alt: evil, caption: evil },
            { caption: evil, columns: [evil], rows: [[evil]] },
          ],
        },
      ],
    });
    expect(html).not.toMatch(outside);
    const escaped = '&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39;';
    expect(html.split(escaped)).toHaveLength(11);
  });

  it('keeps brackets together, and lets the unit of D be broken', () => {
    const html = htmlReport({
      title: 't',
      sections: [
        { heading: 'h', pieces: [{ columns: ['D (µm²/s)'], rows: [['2.0 (1.0 to 3.0)']] }] },
      ],
    });
    expect(html).toContain('D (µm²/<wbr>s)');
    expect(html).toContain('2.0 <span class="together">(1.0\u00a0to 3.0)</span>');
  });

  it('is a whole document that forbids anything from elsewhere', () => {
    const html = htmlReport({ title: 'A report', sections: [] });
    expect(html).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(html).toContain('<title>A report</title>');
    expect(html).toContain(`default-src 'none'`);
    expect(html).toContain('prefers-color-scheme: dark');
    expect(html).toContain('@media print');
    expect(html.trimEnd()).toMatch(/<\/html>$/);
  });

  it('keeps the names inside one picture from those of the next', () => {
    const svg =
      '<svg><clipPath id="clip0"><rect/></clipPath><g clip-path="url(#clip0)"><text>id="clip0"</text></g></svg>';
    const html = htmlReport({
      title: 't',
      sections: [
        {
          heading: 'h',
          pieces: [
            { svg, alt: 'a' },
            { svg, alt: 'b' },
          ],
        },
      ],
    });
    expect(html.match(/<clipPath id="[^"]*"/g)).toEqual([
      '<clipPath id="f1-clip0"',
      '<clipPath id="f2-clip0"',
    ]);
    expect(html.match(/url\(#[^)]*\)/g)).toEqual(['url(#f1-clip0)', 'url(#f2-clip0)']);
    expect(html).toContain('<text>id="clip0"</text>');
  });

  it('sets columns of numbers flush right, others not', () => {
    const html = htmlReport({
      title: 't',
      sections: [
        {
          heading: 'h',
          pieces: [
            {
              columns: ['a', 'b', 'c'],
              rows: [
                ['x1', 12, '−1.5'],
                ['2', '3\u00a0%', '–'],
              ],
            },
          ],
        },
      ],
    });
    expect(html).toContain('<th scope="col">a</th><th scope="col" class="number">b</th>');
    expect(html).toContain('<td>2</td><td class="number">3\u00a0%</td><td class="number">–</td>');
  });

  it('refuses pictures that are not drawn, not SVG, or hold a script', () => {
    const of = (svg: string) =>
      htmlReport({ title: 't', sections: [{ heading: 'h', pieces: [{ svg, alt: 'a' }] }] });
    const spec = confusionPlot({ confusion: [[1]], classes: ['a'] });
    expect(() =>
      htmlReport({ title: 't', sections: [{ heading: 'h', pieces: [{ spec, alt: 'a' }] }] }),
    ).toThrow('the figure "a" is not drawn');
    expect(() => of('<p>')).toThrow(EvaluationError);
    expect(() => of('<svg><script>1</script></svg>')).toThrow('expected <svg …> without script');
  });
});

describe('reports', () => {
  const data = motion(60, 3);
  const predicted = data.codes.map((code, i) => (i % 7 === 0 ? -1 : code));
  const why: Reason = { kind: 'other', text: 'immobile <within> the noise' };
  const reasons = Array.from(predicted, (code) => (code < 0 ? why : undefined));

  it('tells of training: result, recipe, learning curve, tracks and MSD, all drawn', async () => {
    const actual = [0, 1, 2, 3, 0, 1, 2, 3];
    const codes = [0, 1, 2, 3, 1, 1, 2, -1];
    const probabilities = codes.flatMap((code) =>
      [0, 1, 2, 3].map((k) => (k === code ? 0.7 : 0.1)),
    );
    const html = await renderReport({
      title: 'XResNet',
      sections: trainingSections({
        recipe: { model: 'xresnet', seed: 1 },
        history: [
          { epoch: 1, loss: 1, validationLoss: 1, accuracy: 0.5, validationAccuracy: 0.6 },
          { epoch: 2, loss: 0.5, validationLoss: 0.6, accuracy: 0.8, validationAccuracy: 0.7 },
        ],
        metrics: classificationMetrics({
          actual,
          predicted: codes,
          probabilities,
          classes: motionClasses,
        }),
        calibration: calibration({ actual, predicted: codes, probabilities, classes: 4 }),
        examples: { ...data, classes: motionClasses },
        msd: { curves: motionMsd(data), classes: motionClasses, positionUnit: 'µm', timeUnit: 's' },
      }),
    });
    expect(html).not.toMatch(outside);
    expect(html).not.toMatch(/NaN|undefined|\[object/);
    expect(html.match(/<figure>/g)).toHaveLength(8);
    expect(html.match(/role="img" aria-label="[^"]+"/g)).toHaveLength(8);
    expect(html).toContain('85.7\u00a0% of 7 judged tracks are right');
    expect(html).toContain('1 of 8 tracks got no class');
    expect(html).toContain('<td>xresnet</td>');
    for (const name of motionClasses)
      expect(html).toContain(`aria-label="4 tracks of class ${name}"`);
  });

  it('tells of folds and of exponents, with means and deviations', async () => {
    const epochs = [
      { epoch: 1, loss: 1, learningRate: 0.01 },
      { epoch: 2, loss: 0.5, learningRate: 0.001 },
    ];
    const html = await renderReport({
      title: 'Folds',
      sections: trainingSections({
        exponents: regressionMetrics({ actual: [0.5, 1], predicted: [0.6, 1.1] }),
        folds: {
          classes: ['a', 'b'],
          confusion: averageConfusion([
            [
              [9, 1],
              [2, 8],
            ],
            [
              [7, 3],
              [0, 10],
            ],
          ]),
          histories: [epochs, epochs],
          scores: { accuracy: [0.85, 0.855], mae: [0.1, Number.NaN] },
        },
      }),
    });
    expect(html).not.toMatch(outside);
    expect(html).not.toMatch(/NaN|undefined|\[object/);
    expect(html).toContain('Cross-validation with 2 folds');
    expect(html).toContain('Recall: a 80.0\u00a0%, b 90.0\u00a0%');
    expect(html).toContain('± 14.1');
    expect(html).toContain('<td>mean</td><td class="number">0.8525</td><td class="number">–</td>');
    expect(html).toContain('Learning curves of the folds');
    expect(html).toContain('<td>mean absolute error</td>');
    expect(html).toContain('Result on unseen tracks');
    expect(html).toContain('Each fold judged by the model that was trained without it.');
  });

  it('says where the tracks that judge have led the training', () => {
    const sections = trainingSections({
      exponents: regressionMetrics({ actual: [0.5, 1], predicted: [0.6, 1.1] }),
      judgedOn: 'validation',
      folds: { scores: { mae: [0.1, 0.2] }, chosen: true },
    });
    expect(sections[0].heading).toBe('Result on the validation tracks');
    expect(sections[1].text).toContain('whose weights or learning rate it chose');
  });

  it('tells of predictions: what was read, shares, reasons, and the tracks by class', async () => {
    const sections = predictionSections({
      source: 'a & b.csv',
      ...data,
      classes: motionClasses,
      predicted,
      reasons,
      notes: ['2 tracks were cut at a split.'],
    });
    const html = await renderReport({ title: 'Predictions', sections });
    expect(html).not.toMatch(outside);
    expect(html).not.toMatch(/NaN|undefined|\[object/);
    expect(html).toContain('What was read from a &amp; b.csv');
    expect(html).toContain('9 tracks of 60 got no class: 15.0\u00a0%.');
    expect(html).toContain('immobile &lt;within&gt; the noise');
    expect(html).toContain('2 tracks were cut at a split.');
    expect(html).toContain('aria-label="Map of the tracks of a &amp; b.csv, coloured by class"');
    expect(html).toContain('<td>frames missing within tracks</td><td>48, in 12 gaps</td>');
  });

  it('tells of a file without a track, and of one without a class', async () => {
    const none = new Tracks({ positions: new Float64Array(0), offsets: Uint32Array.of(0), dim: 2 });
    const empty = { source: 'e.csv', tracks: none, classes: motionClasses, predicted: [] };
    expect(await renderReport({ title: 't', sections: predictionSections(empty) })).not.toMatch(
      /NaN/,
    );
    const dots = new Tracks({
      positions: Float64Array.of(1, 1, 2, 2),
      offsets: Uint32Array.of(0, 1, 2),
      dim: 2,
    });
    const report = { source: 'd.csv', tracks: dots, classes: motionClasses, predicted: [-1, -1] };
    const html = await renderReport({ title: 't', sections: predictionSections(report) });
    expect(html).toContain('2 tracks of 2 got no class');
    expect(html).toContain('<td>class: no reason given</td>');
    expect(() => predictionSections({ ...report, predicted: [0] })).toThrow(
      'predicted has 1 codes',
    );
    expect(() => predictionSections({ ...report, predicted: [0, 4] })).toThrow(
      'predicted[1] is 4: expected 0 to 3, or -1 for unjudged',
    );
  });

  it('draws at most 2,000 tracks on the map, those with a class first, and says so', () => {
    const count = 2500;
    const many = new Tracks({
      positions: new Float64Array(2 * count),
      offsets: Uint32Array.from({ length: count + 1 }, (_, i) => i),
      dim: 2,
    });
    const codes = Int32Array.from({ length: count }, (_, i) => (i < 10 ? 0 : -1));
    const text = JSON.stringify(
      predictionSections({ source: 's', tracks: many, classes: ['a'], predicted: codes }),
    );
    expect(text).toContain('2,000 of 2,500 tracks, those with a class first.');
    // On a desk and on a telephone.
    expect(text.match(/"label":"a"}/g)).toHaveLength(2 * 10);
    expect(text.match(/"label":"not judged"}/g)).toHaveLength(2 * 1990);
  });

  it('tells of an evaluation of classes and of exponents', async () => {
    const classes = comparePredictions(
      parsePredictions('track,label,p_a,p_b,reason\n1,a,0.9,0.1,\n2,b,0.3,0.7,\n3,,,,too short\n'),
      parseReference('track,label,length\n1,a,30\n2,a,300\n3,b,5\n'),
    );
    const exponents = comparePredictions(
      parsePredictions('track,alpha\n1,0.5\n2,1.4\n'),
      parseReference('track,alpha,length\n1,0.4,30\n2,1.5,300\n'),
    );
    const html = await renderReport({
      title: 'Evaluation',
      sections: [...evaluationSections(classes), ...evaluationSections(exponents)],
    });
    expect(html).not.toMatch(outside);
    expect(html).not.toMatch(/NaN|undefined|\[object/);
    expect(html).toContain('50.0\u00a0% of 2 judged tracks are right');
    expect(html).toContain('The mean absolute error of α is 0.100 over 2 judged tracks.');
    expect(html).toContain('<td>too short</td><td class="number">1</td>');
  });
});
