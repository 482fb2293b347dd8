/* One person's run through the survey: in memory only, and gone when it ends. */
class Run {
  constructor(form, about) {
    this.form = form;           // the survey in the language of the person
    this.about = about;         // form id, layout, online services, preset service
    this.id = null;             // made at the finish, kept if storing has to be tried again
    this.record = null;         // what was stored, while it may still be changed
    this.dwell = {};
    this.since = null;
    this.begun = false;
    this.helped = false;
  }

  get service() {
    const picked = this.form.querySelector("[data-screen=service] input:checked");
    return this.about.service || (picked ? picked.value : null);
  }

  /* Whether a screen belongs to this run: settled services and the other channel's questions
     do not. */
  asks(screen) {
    if (screen.dataset.screen === "service") return !this.about.service;
    const channel = screen.dataset.channel;
    if (!channel) return true;
    return channel === (this.about.online.includes(this.service) ? "online" : "offline");
  }

  /* How long each question was looked at, milliseconds. */
  entered(screen) {
    const now = performance.now();
    if (this.since) {
      const code = this.since.code;
      this.dwell[code] = (this.dwell[code] || 0) + Math.round(now - this.since.at);
    }
    const code = screen.dataset.code;
    this.since = screen.dataset.screen === "question" ? { code: code, at: now } : null;
  }

  answers() {
    const answers = {};
    this.screensOf("question").forEach(function (screen) {
      const picked = screen.querySelector("input:checked");
      answers[screen.dataset.code] = picked ? Number(picked.value) : null;
    });
    return answers;
  }

  profile() {
    const profile = {};
    this.screensOf("profile").forEach(function (screen) {
      const picked = screen.querySelector("input:checked");
      if (picked) profile[screen.dataset.code] = picked.value;
    });
    return profile;
  }

  screensOf(kind) {
    const all = Array.from(this.form.querySelectorAll("[data-screen='" + kind + "']"));
    return all.filter(this.asks, this);
  }

  isEmpty() {
    return Object.values(this.answers()).every(function (level) { return level === null; });
  }

  /* The record for the queue; its body is serialised here, once and for all. */
  compose(device, seq) {
    const stamp = clocks.stamp();
    const words = this.form.querySelector("textarea");
    const body = JSON.stringify({
      id: this.id,
      device: device,
      seq: seq,
      form: this.about.form,
      layout: this.about.layout,
      language: this.form.lang,
      service: this.service,
      helped: this.helped,
      answers: this.answers(),
      profile: this.profile(),
      comment: (words && words.value.trim()) || null,
      dwell_ms: this.dwell,
      clock: Date.now(),
      finished: stamp.finished,
    });
    return Object.assign({ seq: seq, id: this.id, body: body, state: "waiting" }, stamp);
  }

  /* On the disk when this resolves; "changed too late" where the first answers were sent. */
  async store(tab) {
    const compose = this.compose.bind(this);
    if (this.record) return queue.replace(this.record, tab, compose);
    this.record = await queue.add(this.id, tab, compose);
    return true;
  }

  /* Nothing of the person stays in the page. */
  wipe() {
    this.form.reset();
    this.form.querySelectorAll("button.answer[aria-pressed=true]").forEach(function (button) {
      button.setAttribute("aria-pressed", "false");
    });
    this.form.querySelectorAll("details").forEach(function (official) { official.open = false; });
    this.form.querySelectorAll("textarea").forEach(function (words) {
      const fresh = words.cloneNode(false); // without what Undo would bring back
      fresh.value = "";
      words.replaceWith(fresh);
    });
    this.form.querySelectorAll(".complaint").forEach(function (line) { line.hidden = true; });
    this.dwell = {};
    this.id = this.record = this.since = null;
  }
}
