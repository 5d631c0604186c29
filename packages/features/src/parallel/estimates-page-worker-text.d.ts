/** The script of a page's worker with all that it imports; written by the build. */
declare const text: string;
export default text;
