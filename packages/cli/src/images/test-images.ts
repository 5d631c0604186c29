import { type ClassificationMetrics, classificationMetrics } from '@diffusion/eval';
import type { ImageEnsemble, ImageModel } from '@diffusion/models';
import type { Images, Prediction } from '@diffusion/tracks';

/** How a model does on labelled images that it has never seen. */
export interface ImageTest {
  readonly prediction: Prediction;
  readonly classes: ClassificationMetrics;
}

/** Lets a model judge labelled images and measures how well it does. */
export async function testImages(
  model: ImageModel | ImageEnsemble,
  images: Images,
): Promise<ImageTest> {
  const prediction = await model.predict(images);
  const { classes = [], codes, probabilities } = prediction;
  return {
    prediction,
    classes: classificationMetrics({
      actual: Int32Array.from(images.labels!.codes),
      predicted: codes!,
      classes,
      ...(probabilities && { probabilities }),
    }),
  };
}
