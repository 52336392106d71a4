/** The local cloud cannot start for a reason that the person can remove; the message is one sentence for them. */
export class StartError extends Error {
  override readonly name = 'StartError';
}
