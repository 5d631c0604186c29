import { type Cell, factViews, showAs, tableViews } from '@diffusion/tracks/display';

/** What of the metrics of classes is shown. */
interface Classes {
  readonly count: number;
  readonly unjudged: number;
  readonly accuracy: number;
  readonly balancedAccuracy: number;
  readonly mcc: number;
  readonly f1: { readonly macro: number };
  readonly perClass: readonly {
    readonly label: string;
    readonly precision: number;
    readonly recall: number;
    readonly f1: number;
    readonly support: number;
  }[];
  readonly confusion: readonly (readonly number[])[];
}

/** Metrics of classes that show themselves: those of all together, and a row per class with its part of the confusion. */
export const showClassMetrics = <Metrics extends Classes>(metrics: Metrics): Metrics =>
  showAs(
    metrics,
    ({ count, unjudged, accuracy, balancedAccuracy, mcc, f1, perClass, confusion }) => {
      const all = factViews(`metrics of ${count - unjudged} of ${count} tracks`, {
        accuracy,
        'balanced accuracy': balancedAccuracy,
        MCC: mcc,
        'F1, macro': f1.macro,
      });
      const each = tableViews({
        title: 'classes, and which class their tracks are said to be',
        names: [
          ...['class', 'precision', 'recall', 'F1', 'tracks'],
          ...perClass.map(({ label }) => `as ${label}`),
        ],
        count: perClass.length,
        row: (i) => {
          const { label, precision, recall, f1: ofClass, support } = perClass[i];
          return [label, precision, recall, ofClass, support, ...confusion[i]];
        },
      });
      return { text: `${all.text}\n${each.text}`, html: `${all.html}${each.html}` };
    },
  );

/** Numbers that show themselves, a line each; what is deeper is left to those who ask for it by its name. */
export const showNumbers = <Metrics extends object>(title: string, metrics: Metrics): Metrics =>
  showAs(metrics, (shown) =>
    factViews(
      title,
      Object.fromEntries(
        Object.entries(shown).filter(
          (entry): entry is [string, Cell & number] => typeof entry[1] === 'number',
        ),
      ),
    ),
  );
