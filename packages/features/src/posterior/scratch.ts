const rooms: Float64Array[] = [];

/** Room for so many numbers, the same at each call: for what is used up before anybody else asks. What is in it is left over. */
export function scratch(which: number, size: number): Float64Array {
  const room = rooms[which];
  if (room !== undefined && room.length >= size) return room;
  rooms[which] = new Float64Array(size);
  return rooms[which];
}
