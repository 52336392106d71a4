/**
 * The code with everything blanked that is no code: comments, and the insides of strings, templates and regular
 * expressions. Quotes, line breaks and positions stay, so that what is found in it can be read in the original.
 *
 * A small scanner, no parser: it tells a regular expression from a division by what stands before it, and takes an
 * apostrophe in JSX text for a string that ends with its line.
 *
 * @param {string} code
 * @returns {string}
 */
export function maskCode(code) {
  const out = code.replace(/[^\n]/g, ' ').split('');
  let at = 0;
  /** One entry for each template that is open, counting the braces open inside its `${`. */
  const templates = [];
  const keep = (count = 1) => {
    for (const end = at + count; at < end && at < code.length; at += 1) out[at] = code[at];
  };

  while (at < code.length) {
    const character = code[at];
    if (code.startsWith('//', at)) at = endOf(code, '\n', at);
    else if (code.startsWith('/*', at)) at = endOf(code, '*/', at + 2) + 2;
    else if (character === "'" || character === '"') {
      keep();
      at = endOfString(code, character, at);
      if (code[at] === character) keep();
    } else if (character === '`') {
      keep();
      readTemplate();
    } else if (character === '{' && templates.length > 0) {
      templates.push(templates.pop() + 1);
      keep();
    } else if (character === '}' && templates.length > 0) {
      const depth = templates.pop();
      keep();
      if (depth === 0) readTemplate();
      else templates.push(depth - 1);
    } else if (character === '/' && startsRegExp(out, at)) {
      keep();
      at = endOfRegExp(code, at);
      keep();
    } else keep();
  }
  return out.join('');

  function readTemplate() {
    while (at < code.length) {
      if (code[at] === '\\') at += 2;
      else if (code[at] === '`') return keep();
      else if (code.startsWith('${', at)) {
        keep(2);
        templates.push(0);
        return;
      } else at += 1;
    }
  }
}

function endOf(code, end, from) {
  const found = code.indexOf(end, from);
  return found < 0 ? code.length : found;
}

function endOfString(code, quote, from) {
  let at = from;
  while (at < code.length && code[at] !== quote && code[at] !== '\n') at += code[at] === '\\' ? 2 : 1;
  return at;
}

function endOfRegExp(code, from) {
  let inClass = false;
  let at = from;
  for (; at < code.length && code[at] !== '\n'; at += 1) {
    if (code[at] === '\\') at += 1;
    else if (code[at] === '[') inClass = true;
    else if (code[at] === ']') inClass = false;
    else if (code[at] === '/' && !inClass) break;
  }
  return at;
}

/** After an operand a slash divides; after an operator, a bracket or such a word it opens a regular expression. */
function startsRegExp(out, at) {
  let before = at - 1;
  while (before >= 0 && /\s/.test(out[before])) before -= 1;
  if (before < 0) return true;
  if (out[before] === '>') return out[before - 1] === '=';
  if ('(,=:[!&|?{};+-*%~^'.includes(out[before])) return true;
  return /(^|\W)(return|typeof|case|of|in|await|void)$/.test(out.slice(Math.max(0, before - 8), before + 1).join(''));
}
