/* Turns the long page of a survey into one question a screen.

   Without this file, or where it fails, the page stays what the server sent: one form of radio
   buttons with one button to send it. Written for Chromium 79: no ?. and no ??. */
"use strict";

(function () {
  /* After a change of screen the second tap of a double tap must not answer. */
  const DEAF_MS = 400;
  const root = document.documentElement;

  let form, screens, current, deafUntil = 0, pressBegan = null;

  /* Set before the page is painted, so that the long form does not flash. */
  root.classList.add("stepwise");
  document.addEventListener("DOMContentLoaded", function () {
    try {
      start();
    } catch (error) {
      root.classList.remove("stepwise");
      throw error;
    }
  });

  function start() {
    form = document.querySelector("form.survey");
    screens = Array.from(form.querySelectorAll("[data-screen]"));
    screens.forEach(addButtons);
    document.addEventListener("pointerdown", notePress, true);
    form.addEventListener("click", ignoreDeafClick, true);
    form.addEventListener("click", react);
    form.addEventListener("submit", sendOnce);
    window.addEventListener("pageshow", allowSending);
    window.addEventListener("popstate", function (event) {
      show(event.state ? event.state.screen : 0);
    });
    const first = firstToMend();
    history.replaceState({ screen: first }, "");
    show(first);
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

  function notePress() {
    pressBegan = performance.now();
  }

  function ignoreDeafClick(event) {
    const byKeyboard = event.detail === 0 || pressBegan === null;
    const began = byKeyboard ? performance.now() : pressBegan;
    if (began < deafUntil) {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  function react(event) {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.radio) answer(button);
    else if (button.dataset.go === "next") go(current + 1);
    else if (button.dataset.go === "back") history.back();
    else if (button.dataset.go === "skip") skip();
  }

  function answer(button) {
    button.radio.checked = true;
    go(current + 1);
  }

  function skip() {
    radios(screens[current]).forEach(function (radio) { radio.checked = false; });
    go(current + 1);
  }

  function go(number) {
    history.pushState({ screen: number }, "");
    show(number);
  }

  function show(number) {
    if (current !== undefined) deafUntil = performance.now() + DEAF_MS;
    current = Math.min(number, screens.length - 1);
    screens.forEach(function (screen, index) {
      screen.classList.toggle("current", index === current);
    });
    const screen = screens[current];
    showAnswer(screen);
    showProgress(screen);
    showSteps(screen);
    window.scrollTo(0, 0);
    screen.querySelector("h1, h2").focus({ preventScroll: true });
  }

  function showAnswer(screen) {
    screen.querySelectorAll("button.answer").forEach(function (button) {
      button.setAttribute("aria-pressed", String(button.radio.checked));
    });
  }

  function showProgress(screen) {
    const progress = form.querySelector("[data-part=progress]");
    const number = screen.dataset.number;
    progress.hidden = !number;
    if (!number) return;
    const bar = progress.querySelector("progress");
    bar.value = number;
    progress.querySelector("span").textContent =
      form.dataset.progress.replace("{i}", number).replace("{n}", bar.max);
  }

  function showSteps(screen) {
    const kind = screen.dataset.screen;
    form.querySelector("[data-part=steps]").hidden = kind === "welcome";
    form.querySelector("[data-go=skip]").hidden = kind === "last";
  }

  /* Where the server sent the page back because of a field, the screen of that field. */
  function firstToMend() {
    const first = screens.findIndex(function (screen, index) {
      return index > 0 && screen.querySelector(".complaint");
    });
    return Math.max(first, 0);
  }

  function sendOnce(event) {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
    form.querySelector("[type=submit]").disabled = true;
  }

  /* Back on the page because the network failed: it may be sent again. */
  function allowSending() {
    delete form.dataset.sent;
    form.querySelector("[type=submit]").disabled = false;
  }

  function radios(screen) {
    return screen.querySelectorAll("input[type=radio]");
  }
})();
