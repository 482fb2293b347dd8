/* The survey on a citizen's own phone: screens that the phone's Back button goes through, and
   one post at the end. */
"use strict";

(function () {
  let form, screens;

  document.addEventListener("DOMContentLoaded", function () {
    try {
      start();
    } catch (error) {
      document.documentElement.classList.remove("stepwise");
      throw error;
    }
  });

  function start() {
    form = document.querySelector("form.survey");
    screens = new Screens(form, function () { return true; }, function () {});
    form.addEventListener("click", react);
    if (form.querySelector("[type=submit]")) {
      form.addEventListener("submit", sendOnce);
      window.addEventListener("pageshow", allowSending);
    }
    window.addEventListener("popstate", function (event) {
      screens.open(event.state ? event.state.screen : 0);
    });
    const first = firstToMend();
    history.replaceState({ screen: first }, "");
    screens.open(first);
  }

  function react(event) {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.radio) {
      screens.choose(button);
      advance();
    } else if (button.dataset.go === "next") {
      advance();
    } else if (button.dataset.go === "skip") {
      screens.blank();
      advance();
    } else if (button.dataset.go === "back") {
      history.back();
    }
  }

  function advance() {
    const next = screens.number + 1;
    history.pushState({ screen: next }, "");
    screens.open(next);
  }

  /* Where the server sent the page back because of a field, the screen of that field. */
  function firstToMend() {
    const first = screens.all.findIndex(function (screen, index) {
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
})();
