/**
 * The lines of a changelog: what a changeset says, and nothing beside it. All packages have one version, so which of the others a
 * package was updated with says nothing; commits are found by the text.
 */
exports.getReleaseLine = async ({ summary }) => {
  const [first, ...rest] = summary.trim().split('\n');
  return [`- ${first}`, ...rest.map((line) => (line ? `  ${line}` : ''))].join('\n');
};
exports.getDependencyReleaseLine = async () => '';
