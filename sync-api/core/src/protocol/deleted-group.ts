/** The group that says whether a row is deleted; writing `false` restores it. */
export const deletedGroup = 'deleted';
