/** The command's flags for options of the readers that their errors name. */
const flags: Readonly<Record<string, string>> = {
  dt: '--dt',
  positionUnit: '--position-unit',
  columns: '--columns',
  duplicates: '--duplicates',
  maxUnpacked: '--max-unpacked',
};

const names = new RegExp(`\\b(or|give|in) (${Object.keys(flags).join('|')})\\b`, 'g');

/** What an error says, with flags in place of the reader's options that would settle it (`or give dt`, `its name in columns`). */
export function withFlags(error: Error): string {
  const { option } = error as { option?: string };
  if (option === undefined || !Object.hasOwn(flags, option)) return error.message;
  return error.message.replace(names, (_, word: string, name: string) => `${word} ${flags[name]}`);
}
