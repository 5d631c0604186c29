import { type Section, segmentsPlot } from '@diffusion/eval';
import { columnValue } from '@diffusion/tracks';
import { counted } from './print.ts';
import type { Segmented } from './segment-rows.ts';

/** Tracks that a report shows. */
const SHOWN = 12;
const STATES = ['immobile', 'confined', 'free', 'directed'];

/** The report of `diffusion segment`: how much of which state there is, and the tracks with most changes, the longest first among equals. */
export function segmentSections({ tracks, by, segments, reasons }: Segmented): Section[] {
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
  const beside = segments.filter((own, i) => own.length > 0 && reasons[i]).length;
  const texts = [
    `By ${by}${beside > 0 ? `, ${beside} of ${counted(tracks.count, 'track')} by the method beside it` : ''}.`,
    ...(judged < tracks.count
      ? [
          `${judged} of ${counted(tracks.count, 'track')} ${judged === 1 ? 'has' : 'have'} segments; the rows of --output say why the others have none.`,
        ]
      : []),
  ];
  return [
    {
      heading: 'States',
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
      heading: 'Tracks',
      text: 'Those with most changes: the path in the colours of its states, a dot where the motion changes, and α and K per frame^α of each segment against the frame.',
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
