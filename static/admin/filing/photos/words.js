// The template's sentences with words put into them.

/** Put words into a sentence: "{name} …" */
export function fill(sentence, words) {
  return (sentence ?? "").replace(/\{(\w+)\}/g, (whole, name) => words[name] ?? whole);
}

/** Return a file's size in whole megabytes, as the server counts them. */
export const megabytes = (bytes) => Math.ceil(bytes / 2 ** 20);
