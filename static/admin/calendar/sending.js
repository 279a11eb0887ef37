// Asking the server to move something, so that a refusal and silence are told apart.

const PATIENCE = 15_000;

/** No answer, or none from Bulletin itself. */
export class Lost extends Error {}

/** Send a move; returns {done}, {refused}, or {} where the login may not do it. */
export async function send(address, values, token) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), PATIENCE);
  try {
    const answer = await fetch(address, {
      method: "POST",
      body: new URLSearchParams(values),
      headers: { Accept: "application/json", "X-CSRFToken": token },
      redirect: "manual",
      signal: abort.signal,
    });
    if (answer.status >= 500) throw new Lost(String(answer.status));
    const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
    return isJson ? await answer.json() : {};
  } catch (error) {
    throw error instanceof Lost ? error : new Lost(String(error));
  } finally {
    clearTimeout(timer);
  }
}
