/** Chain hash before a replica's first change. */
export const chainStart = '00000000000000000000000000000000';
