/** The tables of a prior, in Markdown: what a track is seen with, and its laws. */

const MEANINGS = {
  length: ['`length`', 'points of a track, *N*'],
  q: ['`q`', '√(one-frame MSD of the true path ÷ 2·dim)/σ, *Q*'],
  exposure: ['`exposure`', 'fraction of the frame over which a place is the mean'],
  scale: ['`scale`', '√(one-frame MSD ÷ 2·dim + σ²), in a unit that means nothing'],
  gaps: ['`gaps`', 'share of the frames that are missed'],
  burst: ['`burst`', 'mean number of frames that are missed together'],
  variation: ['`variation`', 'standard deviation of ln σ from point to point'],
  xy: ['`xy`', 'σ of the worse of x and y over that of the other'],
  z: ['`z`', 'σ of z over the root mean square of x and y'],
  pixel: ['`pixel`', 'side of a pixel, to which places are rounded, over the scale; 0 for none'],
  drift: [
    '`drift`',
    'what is left of the drift of the field moves in the whole track, over the scale',
  ],
  search: [
    '`search`',
    'search radius over √(2·dim) scale, which no link is longer than; ∞ for none',
  ],
};

const numberText = (value) => (value === 'infinity' ? '∞' : `${value}`);
const percent = (share) => `${Math.round(1000 * share) / 10} %`;

/** A distribution in words. */
function distributionText(distribution) {
  const one = ({ at, law, min, max }) =>
    at === undefined ? `${law} ${min} to ${max}` : numberText(at);
  if (!Array.isArray(distribution)) return one(distribution);
  const total = distribution.reduce((sum, { share }) => sum + share, 0);
  return distribution.map((part) => `${one(part)} (${percent(part.share / total)})`).join(', ');
}

export function priorTables(prior) {
  const seen = Object.entries(MEANINGS).map(([key, [name, meaning]]) => {
    return `| ${name} | ${meaning} | ${distributionText(prior[key] ?? prior.axes[key])} |`;
  });
  const total = prior.laws.reduce((sum, { share }) => sum + share, 0);
  const laws = prior.laws.map(({ name, model, label, share, ...fields }) => {
    const parameters = Object.entries(fields).map(([key, value]) => {
      return `${key} ${typeof value === 'number' ? value : distributionText(value)}`;
    });
    const part = share === 0 ? 'on demand' : percent(share / total);
    return `| \`${name}\` | \`${label}\` | ${part} | ${model} | ${parameters.join('; ')} |`;
  });
  return [
    ['| range | meaning | law |', '|---|---|---|', ...seen].join('\n'),
    ['| law | class | share | moves as | with |', '|---|---|---|---|---|', ...laws].join('\n'),
  ];
}

/** A page with the tables between their marks. */
export function withTables(page, [seen, laws]) {
  return page
    .replace(/(<!-- prior: seen -->\n).*?(<!-- end -->)/s, (_, a, b) => `${a}${seen}\n${b}`)
    .replace(/(<!-- prior: laws -->\n).*?(<!-- end -->)/s, (_, a, b) => `${a}${laws}\n${b}`);
}
