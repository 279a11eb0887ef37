// Speaking to the server: moves are sent one after the other and kept until it has answered, and
// every few seconds it is asked what others have moved.

const EVERY = 3000;
const AGAIN = 2500;
const PATIENCE = 10000;

/** No answer, or none that the board can use: asked again. */
class Unreachable extends Error {
  constructor(why) {
    super(why);
    this.why = why;
  }
}

const why = (status) => (status === 403 || status === 404 ? "forbidden" : String(status));

export class Courier {
  /**
   * @param board  the element with the addresses and the version that is shown
   * @param told  what is told: shown(html), answered(said, is_refused), line(name, count)
   */
  constructor(board, told) {
    this.board = board;
    this.told = told;
    this.etag = `"${board.dataset.version}"`;
    this.waiting = [];
    this.isBusy = false;
    this.wasAway = false;
    this.query = location.search;
    document.addEventListener("visibilitychange", () => document.hidden || this.run());
    addEventListener("online", () => this.run());
    this.later(EVERY);
  }

  later(milliseconds) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (document.hidden && !this.waiting.length ? this.later(EVERY) : this.run()), milliseconds);
  }

  /** Send a move as soon as those before it are sent. */
  push(wish) {
    this.waiting.push(wish);
    this.run();
  }

  /** Ask for another page of the tray, or with other filters. */
  ask(query) {
    this.query = query;
    this.etag = "";
    this.run();
  }

  async run() {
    if (this.isBusy) {
      this.isWanted = true;
      return;
    }
    this.isBusy = true;
    clearTimeout(this.timer);
    try {
      do {
        this.isWanted = false;
        while (this.waiting.length) await this.send();
        await this.look();
      } while (this.isWanted || this.waiting.length);
      this.told.line(this.wasAway ? "back" : "", 0);
      this.wasAway = false;
      this.later(EVERY);
    } catch (error) {
      if (!(error instanceof Unreachable)) {
        this.later(AGAIN);
        throw error;
      }
      this.wasAway = true;
      const silent = this.waiting.length ? "offline" : "stale";
      this.told.line(error.why === "login" || error.why === "forbidden" ? error.why : silent, this.waiting.length);
      this.later(AGAIN);
    } finally {
      this.isBusy = false;
    }
  }

  async send() {
    const wish = this.waiting[0];
    const post = () => {
      const body = new URLSearchParams({ ...wish, csrfmiddlewaretoken: this.token.value });
      return this.fetch(this.board.dataset.move, { method: "POST", body, headers: { Accept: "application/json" } });
    };
    let answer = await post();
    if (answer.status === 403) {
      await this.renew();
      answer = await post();
      if (answer.status === 403) throw new Unreachable("forbidden");
    }
    if (answer.status !== 200 && answer.status !== 409) throw new Unreachable(why(answer.status));
    const { said } = await answer.json();
    this.waiting.shift();
    this.etag = "";
    this.told.answered(said.join(" "), answer.status === 409, wish);
  }

  async look() {
    const asked = this.query;
    const answer = await this.fetch(this.board.dataset.state + asked, { headers: { "If-None-Match": this.etag } });
    if (answer.status === 304) return;
    if (answer.status !== 200) throw new Unreachable(why(answer.status));
    const html = await answer.text();
    // What was asked for meanwhile, or moved, is waited for instead.
    if (this.waiting.length || asked !== this.query) return;
    this.etag = answer.headers.get("ETag");
    this.told.shown(html);
  }

  get token() {
    return document.querySelector("#board-token input");
  }

  /** The token is from before a login in another tab. */
  async renew() {
    const page = await this.fetch(location.href);
    const fresh = new DOMParser().parseFromString(await page.text(), "text/html").querySelector("#board-token input");
    if (!fresh) throw new Unreachable("forbidden");
    this.token.value = fresh.value;
  }

  async fetch(address, options = {}) {
    let answer;
    try {
      answer = await fetch(address, {
        credentials: "same-origin",
        cache: "no-store",
        redirect: "manual",
        signal: AbortSignal.timeout(PATIENCE),
        ...options,
      });
    } catch (error) {
      throw new Unreachable(String(error));
    }
    if (answer.type === "opaqueredirect") throw new Unreachable("login");
    return answer;
  }
}
