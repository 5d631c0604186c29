// Draws what is kept of `pnpm bench images` as docs/images-*.svg: figures 18, 19 and 22 of the thesis on artificial liposomes.
import { writeFileSync } from 'node:fs';
import { classScoresPlot } from '@diffusion/eval';
import { renderSvg } from '@diffusion/eval/render';
import { inCommon } from './report.mjs';

const RATES = [
  ['TPR', 'recall'],
  ['TNR', 'specificity'],
  ['PPV', 'precision'],
  ['NPV', 'npv'],
];
const RIVALS = {
  plain: 'LipNet-4, neither',
  balanced: 'LipNet-4, both',
  svm: 'SVM',
};
const NETWORKS = {
  'lipnet-1': 'LipNet-1',
  'lipnet-2': 'LipNet-2',
  balanced: 'LipNet-4',
  'lipnet-4c': 'LipNet-4c',
  'lipnet-6': 'LipNet-6',
};

/** @param problems as `sections` of report.mjs gives them. */
export async function drawPictures(problems, interval) {
  for (const [problem, { classes, contestants }] of Object.entries(problems)) {
    const modelsOf = (names, key) => {
      const done = Object.keys(names).filter((name) => contestants[name]);
      const common = inCommon(contestants, done);
      return Object.entries(names).flatMap(([contestant, name]) => {
        const found = common[contestant];
        if (!found) return [];
        const scores = classes.map((_, k) =>
          interval(found.folds.map(({ perClass }) => perClass[k][key])),
        );
        return [
          {
            name,
            values: scores.map(({ middle }) => middle),
            intervals: scores.map(({ middle, half }) => [middle - half, middle + half]),
          },
        ];
      });
    };
    await draw(
      `images-rates-${problem}`,
      classScoresPlot({
        classes,
        panels: RATES.map(([title, key]) => ({ title, models: modelsOf(RIVALS, key) })),
      }),
    );
    if (!Object.keys(NETWORKS).every((name) => contestants[name])) continue;
    const models = modelsOf(NETWORKS, 'f1TprTnr');
    await draw(
      `images-networks-${problem}`,
      classScoresPlot({ classes, panels: [{ title: 'F1(TPR, TNR)', models }] }),
    );
  }
}

/** On paper of its own, which is right on dark pages, too. */
async function draw(name, spec) {
  const svg = await renderSvg({ ...spec, background: '#fff' });
  const file = new URL(`../../docs/${name}.svg`, import.meta.url);
  writeFileSync(file, `${svg.replaceAll('currentColor', '#222')}\n`);
}
