// Speaking to the server so that an expired login, a changed token and silence are told apart.

const PATIENCE = 8000;

/** No answer, or none from Bulletin itself. */
export class Unreachable extends Error {}

export class Server {
  constructor(addresses, form) {
    this.addresses = addresses;
    this.form = form;
  }

  get tokenFields() {
    return document.querySelectorAll("input[name=csrfmiddlewaretoken]");
  }

  /** Send something and return {status, ...answer}. Throws Unreachable. */
  async post(what, body, { keepalive = false } = {}) {
    const send = () =>
      this.ask(this.addresses[what], {
        method: "POST",
        body: JSON.stringify(body),
        keepalive,
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.tokenFields[0]?.value ?? "" },
      });
    let answer = await send();
    if (answer.status === 403 && !answer.error) {
      // The token is from before a login in another tab.
      const fresh = await this.renew();
      if (fresh.status !== 200) return fresh;
      answer = await send();
    }
    return answer;
  }

  /** Fetch a fresh token into the page's forms; returns {status, token, user} or {status, login}. */
  async renew() {
    const fresh = await this.ask(this.addresses.token);
    if (fresh.status === 200) {
      for (const field of this.tokenFields) field.value = fresh.token;
    }
    return fresh;
  }

  async get(what, query) {
    return this.ask(`${this.addresses[what]}?${new URLSearchParams(query)}`);
  }

  async ask(address, options = {}) {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), PATIENCE);
    try {
      const response = await fetch(address, {
        credentials: "same-origin",
        redirect: "error",
        cache: "no-store",
        signal: abort.signal,
        ...options,
      });
      if (response.status >= 500) throw new Unreachable(String(response.status));
      const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
      if (response.ok && !isJson) throw new Unreachable("not Bulletin");
      return { ...(isJson ? await response.json() : {}), status: response.status };
    } catch (error) {
      throw error instanceof Unreachable ? error : new Unreachable(String(error));
    } finally {
      clearTimeout(timer);
    }
  }
}
