// Pictures on their way to the server: one after another, each with its progress, none given up
// because a line was cut.

const FIRST_PAUSE = 3000;
const LONGEST_PAUSE = 30000;
// So long nothing may move before a line counts as cut; preparing a large picture takes a while.
const SILENCE = 60000;

/** Why a picture did not arrive. `kind` is "lost", "login", "refused" or "broken". */
class Failure extends Error {
  constructor(kind, words = "") {
    super(words || kind);
    this.kind = kind;
    this.words = words;
  }
}

/**
 * The queue. A job is {file, show(state, details), done(answer)}; its states are "waiting",
 * "sending" (percent), "working", "lost", "login", "refused" (words) and "broken".
 */
export class Uploads extends EventTarget {
  constructor({ send, token }) {
    super();
    Object.assign(this, { send, token, jobs: [], current: null });
    window.addEventListener("online", () => this.wake());
  }

  /** Whether a picture may still arrive by itself. */
  get busy() {
    return this.jobs.length > 0;
  }

  add(job) {
    job.cancelled = false;
    job.pause = FIRST_PAUSE;
    this.jobs.push(job);
    job.show("waiting");
    this.run();
  }

  cancel(job) {
    job.cancelled = true;
    this.jobs = this.jobs.filter((one) => one !== job);
    if (job === this.current) this.request?.abort();
    this.wake();
    this.settle();
  }

  /** Try again at once, whatever the pause. */
  wake() {
    this.rouse?.();
  }

  async run() {
    if (this.running) return;
    this.running = true;
    while (this.jobs.length > 0) {
      this.current = this.jobs[0];
      await this.attempt(this.current);
    }
    this.current = null;
    this.running = false;
    this.settle();
  }

  settle() {
    if (!this.busy) this.dispatchEvent(new Event("settled"));
  }

  async attempt(job) {
    try {
      const answer = await this.deliver(job);
      this.leave(job);
      if (!job.cancelled) job.done(answer);
    } catch (failure) {
      if (!(failure instanceof Failure)) throw failure;
      if (job.cancelled) {
        this.leave(job);
      } else if (failure.kind === "lost") {
        job.show("lost");
        await new Promise((go) => {
          this.rouse = go;
          setTimeout(go, job.pause);
        });
        job.pause = Math.min(job.pause * 2, LONGEST_PAUSE);
      } else {
        this.leave(job);
        job.show(failure.kind, { words: failure.words });
        this.dispatchEvent(new Event("failed"));
      }
    }
  }

  leave(job) {
    this.jobs = this.jobs.filter((one) => one !== job);
  }

  async deliver(job) {
    let answer = await this.post(job);
    if (answer.status === 403 && !answer.body?.code) {
      // The token is from before a login in another tab.
      await this.renew();
      answer = await this.post(job);
    }
    const { status, body } = answer;
    if (status === 201 && body?.id) return body;
    if (status === 401 || (status === 403 && !body?.code)) throw new Failure("login");
    if (status === 413 && !body) throw new Failure("large");
    if (body?.error) throw new Failure("refused", body.error);
    throw new Failure([502, 503, 504].includes(status) ? "lost" : "broken");
  }

  /** Send a picture once. Rejects with Failure("lost") where no answer comes. */
  post(job) {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      const form = new FormData();
      form.append("picture", job.file, job.file.name);
      let timer = 0;
      const moving = () => {
        clearTimeout(timer);
        timer = setTimeout(() => request.abort(), SILENCE);
      };
      const lost = () => {
        clearTimeout(timer);
        reject(new Failure("lost"));
      };
      this.request = request;
      request.open("POST", this.send);
      request.setRequestHeader("X-CSRFToken", tokenField()?.value ?? "");
      request.upload.addEventListener("progress", (event) => {
        moving();
        if (!event.lengthComputable) return;
        const percent = Math.floor((100 * event.loaded) / event.total);
        job.show(percent < 100 ? "sending" : "working", { percent });
      });
      request.addEventListener("load", () => {
        clearTimeout(timer);
        resolve({ status: request.status, body: parsed(request) });
      });
      for (const name of ["error", "abort", "timeout"]) request.addEventListener(name, lost);
      job.show("sending", { percent: 0 });
      moving();
      request.send(form);
    });
  }

  /** Fetch a fresh token into the page's forms. */
  async renew() {
    let answer;
    try {
      answer = await fetch(this.token, { credentials: "same-origin", cache: "no-store" });
    } catch {
      throw new Failure("lost");
    }
    if (answer.status === 401) throw new Failure("login");
    if (!answer.ok) throw new Failure("lost");
    const { token } = await answer.json();
    for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = token;
  }
}

const tokenField = () => document.querySelector("#article_form input[name=csrfmiddlewaretoken]");

function parsed(request) {
  try {
    const body = JSON.parse(request.responseText);
    return body && typeof body === "object" ? body : null;
  } catch {
    return null;
  }
}
