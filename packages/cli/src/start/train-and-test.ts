import { type EpochRecord, type Section, trainingSections } from '@diffusion/eval';
import { labelWeights, msdCurves } from '@diffusion/expect/report';
import type { NetworkModel } from '@diffusion/models';
import { saveModel } from '@diffusion/models/node';
import { type EpochResult, targets } from '@diffusion/train';
import { untilInterrupted } from '../interruption.ts';
import { printLines } from '../print.ts';
import type { FolderClaim } from '../training/claim-folder.ts';
import { lengthsNotSeen } from '../training/lengths-not-seen.ts';
import { classificationLines } from '../training/report-lines.ts';
import { testModel } from '../training/test-model.ts';
import { tellUncalibrated, tracksOf, trainRecipe } from '../training/train-recipe.ts';
import { turn } from '../turn.ts';
import { accuracyByLength, lengthLines, lengthSection } from './accuracy-by-length.ts';
import { besideThePaper, paperLines, paperSection } from './beside-the-paper.ts';
import type { OwnTracks } from './judge-tracks.ts';
import type { Plan } from './recipes.ts';
import { whyTrainingIsLower } from './why-lower.ts';

/**
 * Trains as planned, tests the model on tracks that it has never seen, and saves it.
 *
 * @param own the tracks that it is to judge; which of them it will not is told before the training.
 * @param folder of the model.
 * @returns the model, and the parts of the report.
 */
export async function trainAndTest(
  plan: Plan,
  own: OwnTracks | undefined,
  claim: FolderClaim,
  folder: string,
): Promise<{ model: NetworkModel; sections: Section[] }> {
  const { recipe, seen } = plan;
  const unseen = own && seen ? lengthsNotSeen(own.tracks, seen, own.name) : [];
  if (unseen.length > 0) printLines(unseen);
  const training = await tracksOf(recipe, undefined);
  const { epochs, seed } = recipe;
  const perEpoch = training.source.perEpoch;
  printLines([
    `Training ${plan.network} on ${epochs} × ${perEpoch} ${plan.tracks}, seed ${seed}`,
    '',
    'epoch    loss  accuracy  validation loss  validation accuracy',
  ]);
  const fitted = await untilInterrupted(
    trainRecipe(recipe, training, {
      onReady: claim.take,
      onEpoch: ({
        epoch,
        loss,
        score,
        validationLoss = Number.NaN,
        validationScore = Number.NaN,
      }) =>
        printLines([
          [
            String(epoch).padStart(5),
            loss.toFixed(3).padStart(8),
            score.toFixed(3).padStart(10),
            validationLoss.toFixed(3).padStart(17),
            validationScore.toFixed(3).padStart(21),
          ].join(''),
        ]),
    }),
  );
  const { model, history } = fitted;
  const why = await whyTrainingIsLower(recipe, training, model, history);
  if (why !== undefined) printLines(['', why]);

  const tracks = training.test!;
  const test = await testModel(model, training.output, tracks);
  const metrics = test.classes!;
  const { sets } = test.prediction;
  const { classes, codes: predicted } = test.prediction as Required<typeof test.prediction>;
  const { codes } = targets(tracks, training.output) as { codes: Int32Array };
  const byLength = accuracyByLength(tracks, {
    actual: codes,
    predicted,
    classes,
    ...(sets && { sets }),
  });
  const paper = plan.paper ? besideThePaper(model, metrics) : undefined;
  printLines([
    '',
    ...classificationLines(metrics),
    ...(paper ? ['', ...paperLines(paper)] : []),
    '',
    ...lengthLines(byLength),
  ]);
  // Of all that are judged, undecided ones by their most probable class.
  const testAccuracy = metrics.sets?.bestAccuracy ?? metrics.accuracy;
  const card = {
    ...model.card,
    metrics: {
      ...model.card.metrics,
      ...(Number.isFinite(testAccuracy) && { testAccuracy }),
    },
  };
  await turn();
  await saveModel(folder, { network: model.network, card });
  tellUncalibrated(fitted, folder);

  const [result, ...sections] = trainingSections({
    recipe: {
      network: `${recipe.network.name} (${Object.entries(recipe.network.options ?? {})
        .map(([key, value]) => `${key} ${value}`)
        .join(', ')})`,
      tracks: `${epochs} × ${perEpoch} ${plan.tracks}`,
      'batch size': recipe.batchSize,
      'learning rate': recipe.learningRate,
      seed,
    },
    history: history.map(recordOf),
    metrics,
    examples: { tracks, codes, classes },
    msd: msdCurves(tracks, labelWeights(codes, classes.length), classes),
  });
  return {
    model,
    sections: [
      result,
      ...(paper ? [paperSection(paper)] : []),
      lengthSection(byLength),
      ...sections.map((section) =>
        section.heading === 'Training' && why !== undefined ? { ...section, text: why } : section,
      ),
    ],
  };
}

const recordOf = ({
  epoch,
  loss,
  score,
  validationLoss,
  validationScore,
}: EpochResult): EpochRecord => ({
  epoch,
  loss,
  accuracy: score,
  validationLoss,
  validationAccuracy: validationScore,
});
