/* Turns the long page of a survey into one question a screen; shared by /isi and the kiosk.

   Without this file, or where it fails, the page stays what the server sent: one form of radio
   buttons with one button to send it. Written for Chromium 79: no ?. and no ??. */
"use strict";

/* Set before the page is painted, so that the long form does not flash. */
document.documentElement.classList.add("stepwise");

/* After a change of screen the second tap of a double tap must not answer: a press counts only
   if it began on the new screen, and some time after it appeared. */
const deaf = (function () {
  const DEAF_MS = 450;
  let until = 0, pressBegan = null;

  document.addEventListener("pointerdown", function () {
    pressBegan = performance.now();
  }, true);

  document.addEventListener("click", function (event) {
    const byKeyboard = event.detail === 0 || pressBegan === null;
    const began = byKeyboard ? performance.now() : pressBegan;
    if (began < until) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  }, true);

  return {
    begin: function () { until = performance.now() + DEAF_MS; },
  };
})();

class Screens {
  /* form: the survey of one language. asks(screen): whether a question belongs to the chosen
     service. changed(screen): is told after each change. */
  constructor(form, asks, changed) {
    this.form = form;
    this.all = Array.from(form.querySelectorAll("[data-screen]"));
    this.asks = asks;
    this.changed = changed;
    this.current = null;
    this.all.forEach(addButtons);
    this.all.forEach(raiseHeading);
  }

  get shown() {
    return this.all.filter(this.asks);
  }

  get number() {
    return this.shown.indexOf(this.current);
  }

  open(number) {
    if (this.current) deaf.begin();
    const shown = this.shown;
    const screen = shown[Math.max(0, Math.min(number, shown.length - 1))];
    if (this.current) this.current.classList.remove("current");
    screen.classList.add("current");
    this.current = screen;
    this.showAnswer();
    this.showProgress(shown);
    this.showSteps();
    window.scrollTo(0, 0);
    screen.querySelector("h1, h2").focus({ preventScroll: true });
    this.changed(screen);
  }

  choose(button) {
    button.radio.checked = true;
  }

  blank() {
    this.current.querySelectorAll("input[type=radio]").forEach(function (radio) {
      radio.checked = false;
    });
  }

  showAnswer() {
    this.current.querySelectorAll("button.answer").forEach(function (button) {
      button.setAttribute("aria-pressed", String(button.radio.checked));
    });
  }

  showProgress(shown) {
    const progress = this.form.querySelector("[data-part=progress]");
    const questions = shown.filter(function (screen) {
      return screen.dataset.screen === "question";
    });
    const number = questions.indexOf(this.current) + 1;
    progress.hidden = number === 0;
    if (number === 0) return;
    const bar = progress.querySelector("progress");
    bar.max = questions.length;
    bar.value = number;
    progress.querySelector("span").textContent =
      this.form.dataset.progress.replace("{i}", number).replace("{n}", questions.length);
  }

  showSteps() {
    const kind = this.current.dataset.screen;
    this.form.querySelector("[data-part=steps]").hidden = kind === "welcome";
    this.form.querySelector("[data-go=skip]").hidden = kind === "last";
  }
}

/* On the long page a question is a part of it; alone on its screen it is what the screen is. */
function raiseHeading(screen) {
  screen.querySelectorAll("h2").forEach(function (heading) {
    heading.setAttribute("role", "heading");
    heading.setAttribute("aria-level", "1");
  });
}

/* A tap that advances must be a button: to pick a radio button is not to confirm it. */
function addButtons(screen) {
  screen.querySelectorAll("label.answer").forEach(function (label) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "answer";
    Array.from(label.children).forEach(function (part) {
      if (part.tagName !== "INPUT") button.appendChild(part.cloneNode(true));
    });
    button.radio = label.querySelector("input");
    label.after(button);
  });
}
