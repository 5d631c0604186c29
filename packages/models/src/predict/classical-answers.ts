import { selectTracks } from '@diffusion/tracks';
import type { Classifier } from '../classical/classifier.ts';
import type { Answering } from './answering.ts';

/** How a classical classifier or a rule answers on this thread. */
export function classicalAnswering(classifier: Classifier): Answering {
  return {
    *batches(_, rows, batchSize = 512) {
      for (let from = 0; from < rows.length; from += batchSize) {
        yield rows.slice(from, from + batchSize);
      }
    },
    answer: async (tracks, rows) => classifier.answer(selectTracks(tracks, rows)),
  };
}
