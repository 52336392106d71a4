import { describe, expect, it } from 'vitest';
import { isBalanceLine, isNeverHappened, isRefund, isTransfer, isTransferText } from './row-words.ts';

describe('isTransfer', () => {
  it.each([
    ['', 'Credit Card Payment', ''],
    ['Transfer-Out', 'Index fund', ''],
    ['transfer', '', 'x'],
    ['', '', 'Umbuchung auf Tagesgeld'],
    ['', '', 'Überweisung an eigenes Konto'],
    ['', '', 'ONLINE TRANSFER TO SAVINGS ACCOUNT'],
    ['', '', 'AUTOPAY PAYMENT - THANK YOU'],
    ['', '', 'VIREMENT INTERNE LIVRET A'],
    ['', '', 'Traspaso a cuenta de ahorro'],
  ])('knows type %j, category %j, text %j', (type, category, text) => {
    expect(isTransfer(type, category) || isTransferText(text)).toBe(true);
  });

  it.each([
    ['Überweisung', '', 'Miete'],
    ['Virement', '', 'EXEMPLE SALAIRE'],
    ['CARD_PAYMENT', '', 'Bakery'],
    ['Outgoing Transfer', '', 'Alice, rent'],
    ['', 'Groceries', 'Transfer Street Market'],
  ])('leaves type %j, category %j, text %j alone', (type, category, text) => {
    expect(isTransfer(type, category) || isTransferText(text)).toBe(false);
  });
});

describe('isRefund', () => {
  it('knows refunds by type and by text, and no tax refund', () => {
    expect(isRefund('CARD_REFUND', '')).toBe(true);
    expect(isRefund('', 'Devolución Zapatería')).toBe(true);
    expect(isRefund('', 'Rückerstattung Schuhhaus')).toBe(true);
    expect(isRefund('', 'IRS TAX REFUND')).toBe(false);
    expect(isRefund('', 'Finanzamt Erstattung')).toBe(false);
  });
});

describe('other words', () => {
  it('know balances, and not a filling station called Total', () => {
    expect(isBalanceLine('Opening balance')).toBe(true);
    expect(isBalanceLine('Beginning balance as of 03/01/2024')).toBe(true);
    expect(isBalanceLine('Saldo anterior')).toBe(true);
    expect(isBalanceLine('TOTAL')).toBe(false);
    expect(isBalanceLine('New Balance shoes')).toBe(false);
  });

  it('know bookings that never happened', () => {
    expect(['DECLINED', 'Abgelehnt', 'COMPLETED', ''].map(isNeverHappened)).toEqual([true, true, false, false]);
  });
});
