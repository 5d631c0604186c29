import { type Prediction, SET_SEPARATOR, setName } from '@diffusion/tracks';
import { showAs, tableViews } from '@diffusion/tracks/display';

/** A prediction that shows itself as a table: the class or the set of each track, its probability, α, or why there is none. */
export const showPrediction = (prediction: Prediction): Prediction =>
  showAs(
    prediction,
    ({ count, classes, labels, probabilities, sets, values, spreads, reasons }) => {
      const judged = reasons.filter((reason) => !reason).length;
      const classOf = (i: number): string =>
        labels?.[i] ||
        (sets && classes ? setName(sets, i, classes).split(SET_SEPARATOR).join(' or ') : '');
      const greatest = (i: number, among: readonly string[], all: Float32Array) =>
        Math.max(...all.subarray(i * among.length, (i + 1) * among.length));
      return tableViews({
        title: `prediction of ${count} track${count === 1 ? '' : 's'}: ${judged} judged, ${count - judged} not`,
        names: [
          'track',
          ...(classes ? ['class', 'p'] : []),
          ...(values ? ['α'] : []),
          ...(spreads ? ['±'] : []),
          'reason',
        ],
        count,
        row: (i) => [
          String(i),
          ...(classes && probabilities ? [classOf(i), greatest(i, classes, probabilities)] : []),
          ...(values ? [values[i]] : []),
          ...(spreads ? [spreads[i]] : []),
          reasons[i]?.text ?? '',
        ],
      });
    },
  );
