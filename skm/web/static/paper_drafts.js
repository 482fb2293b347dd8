/* What was typed of a stack of paper forms and is not stored yet stays in this tab, also when the
   office's computer starts again or the session ends. It goes once the stack is stored. */
(function () {
  "use strict";
  var PREFIX = "skm.kertas.";
  var SOON = 300; // milliseconds after the last key
  var LINE = /^l\d+-/;
  var sheets = document.querySelector("form.sheets");
  var list = document.querySelector("[data-part=drafts]");
  if (sheets) typing(sheets);
  if (list) offer(list);

  function typing(form) {
    var key = PREFIX + form.dataset.batch;
    var wanted = new URLSearchParams(location.search).get("lanjut");
    if (wanted) goOn(form, wanted);
    var timer = null;
    form.addEventListener("input", function () {
      clearTimeout(timer);
      timer = setTimeout(keep, SOON);
    });
    form.addEventListener("submit", keep);
    window.addEventListener("pagehide", keep);

    function keep() {
      clearTimeout(timer);
      var lines = typed(form);
      if (Object.keys(lines).length === 0) return;
      write(key, {
        officer: form.dataset.officer, label: form.dataset.label, address: form.dataset.address,
        counted: form.counted.value, ticket: form.ticket.value, lines: lines,
      });
    }

    /* The stack keeps its ticket, so that it is stored once even if it was stored unseen. */
    function goOn(form, batch) {
      var draft = read(PREFIX + batch);
      if (!draft || draft.officer !== form.dataset.officer) return;
      key = PREFIX + batch;
      form.ticket.value = draft.ticket;
      Object.keys(draft.lines).forEach(function (name) {
        var field = form.elements[name];
        if (!field) return;
        if (field.type === "checkbox") field.checked = true;
        else field.value = draft.lines[name];
      });
      form.querySelector("[data-part=brought-back]").hidden = false;
    }
  }

  function typed(form) {
    var lines = {};
    Array.prototype.forEach.call(form.elements, function (field) {
      if (!LINE.test(field.name)) return;
      if (field.type === "checkbox" ? field.checked : field.value) lines[field.name] = field.value;
    });
    return lines;
  }

  function offer(section) {
    if (section.dataset.stored) sessionStorage.removeItem(PREFIX + section.dataset.stored);
    var drafts = Object.keys(sessionStorage).filter(function (key) {
      return key.indexOf(PREFIX) === 0 && (read(key) || {}).officer === section.dataset.officer;
    });
    section.hidden = drafts.length === 0;
    drafts.forEach(function (key) {
      section.querySelector("ul").append(line(section, key, read(key)));
    });
  }

  function line(section, key, draft) {
    var item = document.createElement("li");
    var link = document.createElement("a");
    var away = document.createElement("button");
    link.href = draft.address + "&counted=" + encodeURIComponent(draft.counted) +
      "&lanjut=" + encodeURIComponent(key.slice(PREFIX.length));
    link.textContent = "Lanjutkan " + draft.label;
    away.type = "button";
    away.textContent = "Buang";
    away.setAttribute("aria-label", "Buang " + draft.label);
    away.addEventListener("click", function () {
      sessionStorage.removeItem(key);
      item.remove();
      section.hidden = section.querySelector("li") === null;
    });
    item.append(link, " ", away);
    return item;
  }

  function write(key, draft) {
    try {
      sessionStorage.setItem(key, JSON.stringify(draft));
    } catch (error) {
      // full, or not allowed: the page works as it does without this file
    }
  }

  function read(key) {
    try {
      return JSON.parse(sessionStorage.getItem(key));
    } catch (error) {
      return null;
    }
  }
})();
