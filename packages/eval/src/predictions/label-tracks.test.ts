import { Tracks, textColumn } from '@diffusion/tracks';
import { labelTracks } from './label-tracks.ts';
import { parseReference } from './parse-reference.ts';

const tracks = new Tracks({
  positions: new Float64Array(3),
  offsets: Uint32Array.of(0, 1, 2, 3),
  dim: 1,
  trackColumns: {
    track: Float64Array.of(7, 8, 7),
    file: textColumn(['in/a.csv', 'in/a.csv', 'in/b.csv']),
  },
});

describe('labelTracks', () => {
  it('finds the row by the track, and by the file where it is named', () => {
    const { label } = labelTracks(
      tracks,
      parseReference('file,track,label\nb.csv,7,CD\na.csv,8,DM\nelse/a.csv,7,ND\n'),
    ).trackColumns;
    expect(label).toEqual(textColumn(['ND', 'DM', 'CD']));
    const { alpha } = labelTracks(tracks, parseReference('track,alpha\n8,0.5\n7,1\n')).trackColumns;
    expect(alpha).toEqual(Float64Array.of(1, 0.5, 1));
  });

  it('names what is missing', () => {
    expect(() => labelTracks(tracks, parseReference('track,label\n7,ND\n', 'l.csv'))).toThrow(
      'l.csv: there is no row for track 8',
    );
    expect(() => labelTracks(tracks, parseReference('1.0;0.5\n', 'ref1.txt'))).toThrow(
      'ref1.txt: there is no column label',
    );
  });
});
