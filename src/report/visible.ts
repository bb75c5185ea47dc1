/** Characters that act instead of being seen: those that move a terminal, and those that turn the order of the text around them; not "\n" or "\t". */
const ACTING = /[^\P{Cc}\t\n]|[\u202a-\u202e\u2066-\u2069]/gu;

/** Text as it may be sent to a terminal, or set in a page: what acts is shown by its number, "<U+001B>". */
export function visible(text: string): string {
  return text.replace(ACTING, (character) => `<U+${codeOf(character)}>`);
}

/** The same in the notation of JSON, which stands for the character itself in its strings: "\u202e". */
export function escaped(text: string): string {
  return text.replace(ACTING, (character) => `\\u${codeOf(character).toLowerCase()}`);
}

/** A color or weight, as reports set it: "\x1b[1m", "\x1b[39m"; not "\x1b[2J", which wipes the screen. */
const COLORS = new RegExp(`(${String.fromCharCode(0x1b)}\\[\\d{1,2}m)`);

/** Text with colors of ours, in which all else that acts is shown. */
export function visibleBetweenColors(text: string): string {
  return text
    .split(COLORS)
    .map((part, index) => (index % 2 === 1 ? part : visible(part)))
    .join("");
}

function codeOf(character: string): string {
  return character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
}
