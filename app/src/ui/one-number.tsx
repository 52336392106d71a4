import { useFormat } from './format-context.tsx';

/** The one strong figure of a screen. Longer amounts take the smaller of its two sizes, so that none wraps. */
export const OneNumber = ({ minor, currency, small = false }: { minor: number; currency: string; small?: boolean }) => {
  const format = useFormat();
  const { symbol, isSymbolFirst, whole, decimals } = format.parts(minor, currency);
  const sign = <span className="cur">{symbol}</span>;
  const isLong = whole.length + symbol.length > 7;
  return (
    <p className={`one${small || isLong ? ' one-44' : ''}`}>
      <span className="sr">{format.money(minor, currency)}</span>
      <span aria-hidden="true" className="one-figure">
        {isSymbolFirst && sign}
        {whole}
        <span className="dec">{decimals}</span>
        {!isSymbolFirst && sign}
      </span>
    </p>
  );
};
