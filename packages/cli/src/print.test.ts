import { facts, table } from './print.ts';

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
