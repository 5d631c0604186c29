import type { SegmentMethod } from '@diffusion/features';
import { columnValue } from '@diffusion/tracks';
import { segmentsPlot } from '../plots/segments-plot.ts';
import type { SegmentedTracks } from '../segments/segment-rows.ts';
import { counted } from './format.ts';
import type { Section } from './html-report.ts';

/** Tracks that a report shows. */
const SHOWN = 12;
const METHODS: Readonly<Record<SegmentMethod, string>> = {
  changes: 'penalised changes',
  hmm: 'a hidden Markov model',
};
const STATES = ['immobile', 'confined', 'free', 'directed'];

/**
 * The parts of a report that tell of segments: how much of which state there is, and the tracks with most changes, the longest first among
 * equals.
 *
 * @example
 * const html = await renderReport({ title: 'cell 3', sections: segmentSections({ tracks, by: 'segments-2d', segments, reasons }) });
 */
export function segmentSections({
  tracks,
  by,
  beside,
  segments,
  reasons,
}: SegmentedTracks): Section[] {
  const rows = [...segments.keys()]
    .filter((i) => segments[i].length > 0)
    .sort(
      (a, b) => segments[b].length - segments[a].length || tracks.lengthOf(b) - tracks.lengthOf(a),
    )
    .slice(0, SHOWN);
  const all = segments.flat();
  const points = all.reduce((sum, { from, to }) => sum + to - from, 0);
  const named = [...STATES, ...new Set(all.map(({ state }) => state))].filter(
    (name, k, list) => list.indexOf(name) === k && all.some(({ state }) => state === name),
  );
  const judged = segments.filter((own) => own.length > 0).length;
  const { track: id } = tracks.trackColumns;
  const others = segments.filter((own, i) => own.length > 0 && reasons[i]).length;
  const texts = [
    `By ${by}${others > 0 ? `; ${others} of ${counted(tracks.count, 'track')}, which it does not judge, by ${beside ? METHODS[beside] : 'another method'}` : ''}.`,
    ...(judged < tracks.count
      ? [
          `${judged} of ${counted(tracks.count, 'track')} ${judged === 1 ? 'has' : 'have'} segments; the table of the segments says why the others have none.`,
        ]
      : []),
  ];
  return [
    {
      heading: 'States along the tracks',
      text: texts.join(' '),
      pieces: [
        {
          columns: ['state', 'segments', 'share of the points'],
          rows: named.map((name) => {
            const own = all.filter(({ state }) => state === name);
            const share = own.reduce((sum, { from, to }) => sum + to - from, 0) / points;
            return [name, own.length, `${(100 * share).toFixed(1)} %`];
          }),
        },
      ],
    },
    {
      heading: 'Tracks that change most',
      text: 'The path in the colours of its states, a dot where the motion changes, and α and K per frame^α of each segment against the frame.',
      pieces: rows.map((i) => {
        const one = {
          track: tracks.at(i),
          segments: segments[i],
          positionUnit: tracks.positionUnit,
          title: `track ${id ? columnValue(id, i) : i}`,
        };
        return {
          alt: `${one.title}: ${counted(segments[i].length, 'segment')}`,
          spec: segmentsPlot(one),
          narrow: segmentsPlot({ ...one, narrow: true }),
        };
      }),
    },
  ];
}
