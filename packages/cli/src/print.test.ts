import { facts, foldLine, table } from './print.ts';

const long = 'a text that goes on for longer than a narrow terminal has room for';
const rows = [
  ['name', 'number', 'text'],
  ['one', '1.5', long],
  ['two', '20.25', 'short'],
];

describe('table', () => {
  it('is whole where there is no terminal', () => {
    expect(table(rows, undefined)).toEqual([
      'name  number  text',
      `one      1.5  ${long}`,
      'two    20.25  short',
    ]);
  });

  it('cuts long texts to the terminal, and no number', () => {
    expect(table(rows, 30)).toEqual([
      'name  number  text',
      'one      1.5  a text that goe…',
      'two    20.25  short',
    ]);
  });

  it('puts columns that find no room below, behind the first one', () => {
    const wide = [
      ['', 'a', 'b', 'c'],
      ['x', '1000', '2000', '3000'],
    ];
    expect(table(wide, 14)).toEqual(['      a     b', 'x  1000  2000', '', '      c', 'x  3000']);
  });

  it('cuts neither intervals nor what tells rows apart, and gives each part the whole width', () => {
    const intervals = [
      ['task', 'share', '95 %', 'reason'],
      ['length=5', '1.0 %', '0.5 to 100.0 %', long],
      ['length=50', '–', '–', ''],
    ];
    expect(table(intervals, 35)).toEqual([
      'task       share  95 %',
      'length=5   1.0 %  0.5 to 100.0 %',
      'length=50      –  –',
      '',
      'task       reason',
      'length=5   a text that goes on for…',
      'length=50',
    ]);
  });
});

describe('facts', () => {
  it('go on below themselves', () => {
    expect(
      facts(
        [
          ['about', 'one two three four five'],
          ['b', 'x'],
        ],
        24,
      ),
    ).toEqual(['about  one two three', '       four five', 'b      x']);
  });
});

describe('foldLine', () => {
  it('leaves a number beside its %', () => {
    expect(foldLine('hold the class of 91.8 %  and more', 22)).toEqual([
      'hold the class of',
      '91.8 %  and more',
    ]);
  });
});
