import { ReadError } from '@diffusion/tracks';
import { parsePredictions } from './parse-predictions.ts';

const parse = (text: string) => parsePredictions(text, 'p.csv');

describe('parsePredictions', () => {
  it('reads labels, probabilities and reasons, with lines', () => {
    const found = parse(
      'track,label,p_ND,p_CD,reason\n7,ND,0.9,0.1,\n8,,,,"too short, 4 points"\n',
    );
    expect(found.tracks).toEqual(['7', '8']);
    expect(found.lines).toEqual([2, 3]);
    expect(found.labels).toEqual(['ND', '']);
    expect(found.classes).toEqual(['ND', 'CD']);
    expect(Array.from(found.probabilities ?? [])).toEqual([0.9, 0.1, Number.NaN, Number.NaN]);
    expect(found.reasons).toEqual([undefined, { kind: 'other', text: 'too short, 4 points' }]);
    expect(found.files).toBeUndefined();
  });

  it('knows the kind of a reason by its text', () => {
    const { reasons } = parse(
      'track,alpha,reason\n1,,"too short: 4 points, the model has seen 10 and more"\n2,,immobile within the noise\n',
    );
    expect(reasons.map((reason) => reason?.kind)).toEqual(['too-short', 'immobile']);
  });

  it('reads exponents, files, and columns in any order', () => {
    const found = parse('file,reason,alpha,track\na.csv,,1.25,0\nb.csv,immobile,,0\n');
    expect(Array.from(found.alpha ?? [])).toEqual([1.25, Number.NaN]);
    expect(found.files).toEqual(['a.csv', 'b.csv']);
    expect(found.labels).toBeUndefined();
  });

  it('reads semicolons, Windows line ends, a byte-order mark, quoted ids over two lines', () => {
    const found = parse('\uFEFFtrack;label\r\n"a\nb";ND\r\n3.0;CD\r\n');
    expect(found.tracks).toEqual(['a\nb', '3']);
    expect(found.lines[1]).toBe(4);
    expect(found.labels).toEqual(['ND', 'CD']);
  });

  it.each([
    ['', 'p.csv: the file is empty: expected a header row'],
    ['track,p_ND\n', 'p.csv, line 1: there is no column label and none named alpha'],
    ['id,label\n', 'p.csv, line 1: the columns are "id", "label": expected one named track'],
    ['track,label,label\n', 'p.csv, line 1, column label: appears twice'],
    ['track,label\n1,ND\n2\n', 'p.csv, line 3: the row has 1 fields: expected 2 as in the header'],
    ['track,label\n,ND\n', 'p.csv, line 2, column track: is empty: expected the id of a track'],
    ['track,alpha\n1,0.5\n2,fast\n', 'p.csv, line 3, column alpha: is "fast": expected a number'],
    ['track,alpha\n1,inf\n', 'p.csv, line 2, column alpha: is "inf": expected a number'],
    ['track,label,p_ND\n1,ND,\n', 'p.csv, line 2, column p_ND: is empty: expected a probability'],
    ['track,label,p_ND\n1,ND,1.5\n', 'p.csv, line 2, column p_ND: is 1.5: expected a probability'],
    ['track,label,p_ND\n1,CD,1\n', 'p.csv, line 2, column label: is "CD": expected one of "ND"'],
    [
      'track,label,p_ND,p_CD\n1,ND,0.9,0.9\n',
      'p.csv, line 2: the probabilities sum to 1.800: expected 1',
    ],
    ['track,label\n1,"ND\n', 'p.csv, line'],
    [
      'track,alpha,alpha_spread\n1,1,-0.1\n',
      'p.csv, line 2, column alpha_spread: is -0.1: expected a number of at least 0',
    ],
    [
      'track,alpha,alpha_spread\n1,,0.1\n',
      'p.csv, line 2, column alpha_spread: is 0.1: expected nothing, as the row has no alpha',
    ],
  ])('says in one line what is wrong with %j', (text, message) => {
    expect(() => parse(text)).toThrow(message);
    expect(() => parse(text)).toThrow(ReadError);
    try {
      parse(text);
    } catch (error) {
      expect((error as Error).message).not.toContain('\n');
    }
  });
});
