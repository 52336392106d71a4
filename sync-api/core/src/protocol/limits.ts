/** Every limit of the protocol, with its reason. Sizes in bytes, lengths in UTF-16 code units. */
export const limits = {
  /** A description or a note: a long paragraph. Longer text is a document, and 1,000 of them must fit a batch. */
  textLengthMax: 2000,
  nameLengthMax: 100,
  tagsMax: 20,
  /** One change as canonical JSON in UTF-8, `origin` left out: more than a record with every text full, in any script. */
  changeSizeBytesMax: 32_768,
  /** Changes in one request, thus in one log item: a first push of 10,000 takes ten requests. */
  changesPerPushMax: 1000,
  /** Request body after decompression: 1,000 ordinary changes are 0.2 MB; guards against a decompression bomb. */
  requestSizeBytesMax: 4_194_304,
  /** A log item's compressed changes. DynamoDB refuses items over 400 KB; the vector and keys need room too. */
  logItemSizeBytesMax: 300_000,
  /** Stored bytes of the entries in one answer; Lambda's own limit is 6 MB with base64. */
  answerSizeBytesMax: 700_000,
  entriesPerAnswerMax: 1000,
  /** Tries to append behind a moving tail before answering 503. */
  appendTriesMax: 8,
  /** Groups in one record, known and unknown, `deleted` aside; known kinds have seven at most. */
  groupsMax: 24,
  /** One group's value as canonical JSON in UTF-8: a full text of control characters. Times `groupsMax` it is below a row's 400 KB. */
  valueSizeBytesMax: 12_288,
  /** Lists and objects within each other in one change: deeper ones exhaust the stack of whoever walks them. */
  nestingMax: 32,
  /** Replicas in a log entry's vector: 24 take 1.5 KB of an item; the one that was silent longest makes room (S6). */
  vectorReplicasMax: 24,
  /** Log entries in one archive segment: with full batches 19 MB, ordinarily a few hundred KB (L3). */
  entriesPerSegment: 64,
  /** A snapshot every so many entries: a month of somebody's phone and desktop (L1). Devices compare digests there. */
  entriesPerSnapshot: 256,
  /** Records in one part of a snapshot: some 200 KB, one transaction on a phone (L2). */
  recordsPerPart: 500,
  /** The longest that any function of the server runs; what it wrote may still land so long after it was asked. */
  functionTimeoutMs: 120_000,
  /** An identity has 50 characters at most, a UUID 36. */
  identityLengthMax: 64,
} as const;
