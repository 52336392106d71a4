import { Component, type ReactNode } from 'react';
import { partMissing } from '../model/ledger.ts';

const words = {
  book: 'Could not open the book',
  bookWhy: 'Nothing in it was changed. The browser may be short of room, or another tab may be updating it.',
  part: 'This screen could not be loaded',
  partWhy: 'The app was updated while it was open, or the network is away. Everything typed is kept on this device.',
  again: 'Try again',
  reload: 'Reload',
};

type Props = { onRetry: () => void; children: ReactNode };
type State = { error: Error | undefined };

/** A screen that broke says so in words, keeps the data, and offers the way on. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: undefined };

  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    const isPart = isMissingPart(error);
    return (
      <main id="main" className="page">
        <div className="wrap" role="alert">
          <h1 className="claim">{isPart ? words.part : words.book}</h1>
          <p className="ink-2">{isPart ? words.partWhy : words.bookWhy}</p>
          <p className="t-12 ink-3 break">{error.message}</p>
          <p className="btn-row">
            <button type="button" className="btn btn-main" onClick={() => this.retry(isPart)}>
              {isPart ? words.reload : words.again}
            </button>
          </p>
        </div>
      </main>
    );
  }

  private retry(isPart: boolean): void {
    if (isPart) {
      location.reload();
      return;
    }
    this.props.onRetry();
    this.setState({ error: undefined });
  }
}

/** A lazy screen's file is gone: a newer version is being served, or there is no network. */
const isMissingPart = ({ name, message }: Error): boolean =>
  name === partMissing || /dynamically imported module|module script|preload/i.test(message);
