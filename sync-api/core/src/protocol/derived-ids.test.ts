import { describe, expect, it } from 'vitest';
import {
  budgetId,
  builtInCategoryId,
  dismissalId,
  forecastId,
  keptBothId,
  occurrenceId,
  settingId,
} from './derived-ids.ts';
import { uuidV5 } from './hash.ts';
import { isUuid, profileId, transfersCategoryId } from './ids.ts';

const category = '00000000-0000-4000-8000-000000000001';

describe('derived ids', () => {
  it('[F7] the same facts give the same id on every device, for ever', () => {
    expect(budgetId(category, '2026-03', 'EUR')).toBe('42b72d66-39fc-53da-be0a-b1ac9732c50c');
    expect(occurrenceId(category, '2026-03-01')).toBe('cdfa487e-ce69-54ad-ac98-e64a458cbefb');
    expect(builtInCategoryId('groceries')).toBe('e677fdb2-bcef-558f-b202-961cce881c39');
    expect(settingId('theme')).toBe('998c7728-c8d5-5817-b776-891a82698f98');
    expect(dismissalId('rejected a:1:b')).toBe('b7e8a1e6-2755-5899-8ba3-0552766ee033');
    expect(keptBothId('lost a:1:b amount c:1:d')).toBe('d8605972-7816-5a57-ae44-70bb092ccda8');
  });

  it('[F7] those that are written out are what would be derived', () => {
    const namespace = uuidV5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'fintrack.ai');
    expect(profileId).toBe(uuidV5(namespace, 'profile'));
    expect(transfersCategoryId).toBe(builtInCategoryId('transfers'));
  });

  it('[F7] other facts give another id', () => {
    const ids = [
      budgetId(category, '2026-03', 'EUR'),
      budgetId(category, '2026-04', 'EUR'),
      budgetId(category, '2026-03', 'USD'),
      budgetId(profileId, '2026-03', 'EUR'),
      forecastId('2026-03', 'EUR', category),
      forecastId('2026-03', 'EUR', null),
      forecastId('2026-04', 'EUR', null),
      forecastId('2026-03', 'USD', null),
      occurrenceId(category, '2026-03-01'),
      occurrenceId(category, '2026-03-02'),
      builtInCategoryId('a'),
      settingId('a'),
      dismissalId('a'),
      keptBothId('a'),
      profileId,
    ];
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every(isUuid)).toBe(true);
  });
});
