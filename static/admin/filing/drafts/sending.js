// Saving the form: it is sent only to a server that answers, by somebody who is still logged in.

import { Unreachable } from "./server.js";

export class Sender {
  constructor(form, keeper, server, line) {
    Object.assign(this, { form, keeper, server, line });
    // On the document, so that everything the form itself objects to has been said.
    document.addEventListener("submit", (event) => {
      if (event.target === form) this.guard(event);
    });
    window.addEventListener("pageshow", () => { this.cleared = false; });
  }

  guard(event) {
    if (event.defaultPrevented || this.cleared) return;
    event.preventDefault();
    if (!this.asking) this.ask(event.submitter);
  }

  async ask(button) {
    this.asking = true;
    const { keeper, line } = this;
    keeper.hold();
    line.show("sending");
    try {
      const answer = await this.server.renew();
      if (answer.status !== 200) {
        keeper.stop("login", answer.login);
      } else if (answer.user !== keeper.user) {
        keeper.stop("other_user");
      } else {
        this.send(button);
      }
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      keeper.stop("unsent");
      keeper.trouble = "offline";
    } finally {
      this.asking = false;
    }
  }

  send(button) {
    const { keeper } = this;
    keeper.hold();
    if (keeper.draft) {
      // What is typed while the page waits for its answer is later than this.
      keeper.draft.sent = keeper.draft.seq;
      keeper.device.write(keeper.draft);
    }
    this.cleared = true;
    this.form.requestSubmit(button?.isConnected ? button : undefined);
    // Another script may have held it back, or the server may fall silent.
    setTimeout(() => {
      this.cleared = false;
      if (!keeper.trouble) this.line.show("device");
    }, 3000);
  }
}
