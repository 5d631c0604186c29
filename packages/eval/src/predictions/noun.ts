/** What is judged, one of it by its name. */
export type Noun = 'track' | 'image';
