import type { Advice, ForecastAdvice } from '@fintrack/advisor-core';
import { type InsightContext, moneyText } from './insight-words.ts';
import { recordSentence } from './record-sentence.ts';
import { words } from './words.ts';

type ForecastSectionProps = { advice: Pick<Advice, 'forecasts'>; context: InsightContext };

/** How the month will end in all, with how earlier forecasts turned out. One with a poor record is not shown. */
export const ForecastSection = ({ advice, context }: ForecastSectionProps) => {
  const totals = advice.forecasts.filter(({ of }) => of.type === 'total');
  if (totals.length === 0) return null;
  return (
    <section className="sect" aria-labelledby="forecasts">
      <div className="sect-head">
        <h2 id="forecasts">{words.forecasts}</h2>
      </div>
      <ul className="rows">
        {totals.map((forecast) => (
          <ForecastRow key={forecast.subject} forecast={forecast} context={context} />
        ))}
      </ul>
    </section>
  );
};

const ForecastRow = ({ forecast, context }: { forecast: ForecastAdvice; context: InsightContext }) => {
  const { currency, pointMinor, lowMinor, highMinor, spentMinor, record } = forecast;
  const money = (minor: number) => moneyText(minor, currency, context);
  return (
    <li className="forecast">
      <span>
        {words.forecastAll}
        <span className="sub">
          {words.forecastSpent(money(spentMinor))}
          {!record.isPoor && `, ${words.forecastOf(money(lowMinor), money(highMinor))}`}
        </span>
        <span className="sub">{recordSentence(record, context.format)}</span>
      </span>
      <span className="n">{record.isPoor ? '' : money(pointMinor)}</span>
    </li>
  );
};
