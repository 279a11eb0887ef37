// Characters as the paper writes them: half-width digits and letters, no stray spaces, “ ”.

const HAN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}〇]/u;
const FULL_WIDTH = /[０-９Ａ-Ｚａ-ｚ]|(?<=[０-９])．(?=[０-９])/g;
const PUNCTUATION = /[，。、；：？！（）《》〈〉「」『』【】〔〕]/;
// Marks that Latin text has too: only beside a Chinese character a space next to them is stray.
const SHARED = /[“”‘’…—·%％℃]/;
const SEGMENT_END = /[，。、；：？！（）()【】[\]]/;
const ROLE = /(?:记者|通讯员|特约撰稿|供稿|撰稿|编辑|校对|摄影|摄|文\/图|图\/文|文|图)$/;
const SENTENCE = /[，。；：？！]/;
const NAME = /^\p{Script=Han}{2,3}$/u;

/** Return a text with half-width digits and letters. It stays as long as it was. */
export const halfWidth = (text) =>
  text.replace(FULL_WIDTH, (one) => String.fromCharCode(one.charCodeAt(0) - 0xfee0));

/**
 * Return what a run of white space becomes: "", one space, or one ideographic space.
 *
 * @param text  the whole paragraph, trimmed; "\n" is a line end of the source, not a written space
 * @param from, to  where the run stands in it
 * @param isHeading  headlines are divided by spaces: 巷口添了灯 夜路不再黑
 */
export function spaceFor(text, from, to, isHeading) {
  const [before, after] = [lastOf(text.slice(0, from)), firstOf(text.slice(to))];
  if (!before || !after) return "";
  const run = text.slice(from, to);
  const [left, right] = [HAN.test(before), HAN.test(after)];
  if (PUNCTUATION.test(before) || PUNCTUATION.test(after)) return "";
  if ((SHARED.test(before) && right) || (left && SHARED.test(after))) return "";
  if (/^\n+$/.test(run)) return left || right ? "" : " ";
  if (run.includes("\u3000") && left && right) return "\u3000";
  if (left && right) return divides(text, from, to, isHeading) ? " " : "";
  const isNumber = (left && /[0-9]/.test(after)) || (right && /[0-9]/.test(before));
  return isNumber ? "" : " ";
}

const lastOf = (text) => [...text.slice(-2)].at(-1) ?? "";
const firstOf = (text) => [...text.slice(0, 2)][0] ?? "";

/** Whether a space between two Chinese characters means something: in headlines, credits, names. */
function divides(text, from, to, isHeading) {
  let [begin, end] = [from, to];
  while (begin > 0 && !SEGMENT_END.test(text[begin - 1])) begin -= 1;
  while (end < text.length && !SEGMENT_END.test(text[end])) end += 1;
  const left = text.slice(begin, from).split(/[ \n\u3000]+/).filter(Boolean);
  const right = text.slice(to, end).split(/[ \n\u3000]+/).filter(Boolean);
  const [word, next] = [left.at(-1) ?? "", right[0] ?? ""];
  const areWords = word.length > 1 && next.length > 1;
  if (isHeading) return areWords;
  const all = [...left, ...right];
  if (all.some((one) => ROLE.test(one))) return areWords || ROLE.test(word) || ROLE.test(next);
  return all.length > 2 && !SENTENCE.test(text) && all.every((one) => NAME.test(one));
}

/** Return a paragraph with “ ” for straight quotes, where they pair. It stays as long as it was. */
export function curlyQuotes(text) {
  if (!HAN.test(text)) return text;
  let written = text;
  const count = text.split('"').length - 1;
  if (count > 0 && count % 2 === 0) {
    let isOpen = false;
    written = written.replace(/"/g, () => ((isOpen = !isOpen) ? "“" : "”"));
  }
  return written.replace(/(?<![A-Za-z0-9])'([^'\n]*\p{Script=Han}[^'\n]*)'/gu, "‘$1’");
}
