import { type FocusEvent, useState } from 'react';

export const amountFieldMark = 'data-amount';

/**
 * Whether the keypad shows: until a text field brings up the system's keyboard, and again once the amount is chosen.
 * Leaving a field changes nothing, or what is being pressed would move away under the finger.
 */
export const useKeypad = () => {
  const [hasKeypad, setKeypad] = useState(true);
  const onFocus = ({ target }: FocusEvent) => {
    if (target.hasAttribute(amountFieldMark)) setKeypad(true);
    else if (target.tagName === 'INPUT') setKeypad(false);
  };
  return [hasKeypad, onFocus] as const;
};
