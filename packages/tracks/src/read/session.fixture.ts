/** What a session is made of. */
export interface Session {
  spots: [id: number, frame: number, x: number][];
  tracks: Record<string, [from: number, to: number][]>;
  shown?: string[];
  interval?: string;
}

/** A session as TrackMate saves it, in which y = 2x, z = 0 and a frame takes 0.5 s. */
export function session({ spots, tracks, shown, interval = '0.5' }: Session): string {
  const spot = ([id, frame, x]: Session['spots'][0]) =>
    `<Spot ID="${id}" name="ID${id}" QUALITY="${id / 10}" POSITION_T="${frame / 2}" FRAME="${frame}.0" ` +
    `POSITION_X="${x}" POSITION_Y="${2 * x}" POSITION_Z="0.0" RADIUS="2.5" VISIBILITY="1" />`;
  const edge = ([from, to]: [number, number]) =>
    `<Edge SPOT_SOURCE_ID="${from}" SPOT_TARGET_ID="${to}" LINK_COST="-1.0" EDGE_TIME="0.5" />`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<TrackMate version="7.11.1">
  <Log>TrackMate v7.11.1 &lt;started&gt;</Log>
  <Model spatialunits="µm" timeunits="sec">
    <FeatureDeclarations><SpotFeatures><Feature feature="QUALITY" isint="false" /></SpotFeatures></FeatureDeclarations>
    <AllSpots nspots="${spots.length}"><SpotsInFrame frame="0">${spots.map(spot).join('\n')}</SpotsInFrame></AllSpots>
    <AllTracks>
${Object.entries(tracks)
  .map(
    ([id, edges]) =>
      `<Track name="Track_${id}" TRACK_ID="${id}">${edges.map(edge).join('\n')}</Track>`,
  )
  .join('\n')}
    </AllTracks>
    ${shown ? `<FilteredTracks>${shown.map((id) => `<TrackID TRACK_ID="${id}" />`).join('')}</FilteredTracks>` : ''}
  </Model>
  <Settings><ImageData filename="a.tif" pixelwidth="0.1" timeinterval="${interval}" /></Settings>
</TrackMate>
`;
}

/** A track of three spots, one of two, and a spot in none. */
export const CHAIN: Session = {
  spots: [
    [10, 0, 0],
    [12, 2, 2],
    [11, 1, 1],
    [20, 4, 9],
    [21, 5, 8],
    [99, 0, 50],
  ],
  tracks: {
    3: [
      [11, 12],
      [10, 11],
    ],
    7: [[21, 20]],
  },
};
