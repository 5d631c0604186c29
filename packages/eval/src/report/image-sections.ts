import { counted, decimal } from './format.ts';
import type { Section } from './html-report.ts';
import { imageFigure } from './image-figure.ts';

/** Images of one class, as PNG files. */
export interface ClassImages {
  readonly name: string;
  /** How many there are of the class. */
  readonly count: number;
  /** Some of them, as the network sees them. */
  readonly images: readonly Uint8Array[];
  /** The first of them as the training makes others of it; none where it does nothing. */
  readonly augmented?: readonly Uint8Array[];
}

/**
 * What the images of the classes look like, as the network sees them, and what training makes of them.
 *
 * @param text what they show.
 */
export function classImagesSection(classes: readonly ClassImages[], text: string): Section {
  const some = classes.filter(({ images }) => images.length > 0);
  const augmented = some.filter(({ augmented: made = [] }) => made.length > 0);
  return {
    heading: 'What the classes look like',
    text,
    pieces: [
      {
        panels: some.map(({ name, count, images }) =>
          imageFigure(images, {
            alt: `${counted(images.length, 'image')} of the class ${name}`,
            caption: `${name}: ${counted(count, 'image')}.`,
          }),
        ),
      },
      ...(augmented.length > 0
        ? [
            {
              panels: augmented.map(({ name, augmented: made = [] }) =>
                imageFigure(made, {
                  alt: `An image of the class ${name} as training changes it`,
                  caption: `${name}, one image.`,
                }),
              ),
              caption: 'What training makes of one image of each class, drawn anew in every epoch.',
            },
          ]
        : []),
    ],
  };
}

/** An image that was judged wrong. */
export interface MistakenImage {
  /** As a PNG file. */
  readonly png: Uint8Array;
  readonly name: string;
  readonly actual: string;
  readonly predicted: string;
  /** Probability of the predicted class, where it is known. */
  readonly probability?: number;
}

/**
 * Images whose class was mistaken, as pictures.
 *
 * @param count of all that were mistaken.
 */
export function mistakenImagesSection(mistakes: readonly MistakenImage[], count: number): Section {
  return {
    heading: 'What was mistaken',
    text:
      count === 0
        ? 'No image was given another class than its own.'
        : `${counted(count, 'image')} got another class than ${count === 1 ? 'its' : 'their'} own${mistakes.length < count ? `; here are ${mistakes.length}, those of which the model was surest` : count === 1 ? '' : ', those first of which the model was surest'}.`,
    ...(mistakes.length > 0 && {
      pieces: [
        {
          panels: mistakes.map(({ png, name, actual, predicted, probability }) =>
            imageFigure([png], {
              alt: `An image of the class ${actual} that was taken for ${predicted}`,
              caption: `${actual}, taken for ${predicted}${probability === undefined ? '' : ` (${decimal(probability, 2)})`}: ${name}`,
              side: 112,
            }),
          ),
        },
      ],
    }),
  };
}
