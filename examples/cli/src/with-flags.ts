/** The command's flags for options of the readers that their errors name. */
const flags: Readonly<Record<string, string>> = {
  dt: '--dt',
  positionUnit: '--position-unit',
  columns: '--columns',
  duplicates: '--duplicates',
};

/** What an error says, with the flag in place of the reader's option that would settle it (`or give dt`). */
export function withFlags(error: Error): string {
  const { option = '' } = error as { option?: string };
  const flag = flags[option];
  if (flag === undefined) return error.message;
  return error.message.replace(new RegExp(`\\b(or|give|in) ${option}\\b`), `$1 ${flag}`);
}
