/** A reason without the numbers of its track, so that equal ones can be counted. */
export function kindOfReason(reason: string): string {
  if (reason.includes(' far outside '))
    return `${reason.split(' ')[0]} far outside what the model has seen`;
  return reason.split(':')[0];
}
