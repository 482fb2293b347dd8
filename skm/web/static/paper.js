/* Quick entry: Enter goes to the next sheet, the question that is typed next is shown, sheets are
   counted, and the session stays alive while somebody types. The page works without. */
(function () {
  "use strict";
  var form = document.querySelector("form.sheets");
  var asking = form.querySelector("[data-part=asking]");
  var total = form.querySelector("[data-part=total]");
  var counted = form.querySelector("[name=counted]");
  var answers = Array.prototype.slice.call(form.querySelectorAll("[data-marks=answers]"));
  var FIVE_MINUTES = 5 * 60 * 1000;
  var told = Date.now();

  function marks(field) {
    return field.value.replace(/\s+$/, function (blanks) {
      var excess = field.value.length - Number(field.dataset.count);
      return excess > 0 ? blanks.slice(0, Math.max(0, blanks.length - excess)) : blanks;
    }).length;
  }

  function show(field) {
    var key = form.querySelector("[data-key=" + field.dataset.marks + "]");
    var place = Math.min(field.selectionStart, key.children.length);
    asking.hidden = false;
    asking.textContent = "";
    if (place >= key.children.length) {
      asking.textContent = "Lengkap. Enter untuk lembar berikutnya.";
      return;
    }
    asking.append(place + 1 + " dari " + key.children.length);
    key.children[place].childNodes.forEach(function (node) {
      asking.append(node.cloneNode(true));
    });
  }

  function count() {
    var typed = 0;
    answers.forEach(function (field) {
      var length = marks(field);
      var label = field.parentNode.querySelector("[data-part=count]");
      if (field.value.trim()) typed += 1;
      label.textContent = field.value ? length + "/" + field.dataset.count : "";
      label.className = length === Number(field.dataset.count) ? "count complete" : "count";
    });
    total.textContent = typed + " dari " + counted.value + " lembar terketik";
  }

  function stayLoggedIn() {
    if (Date.now() - told < FIVE_MINUTES) return;
    told = Date.now();
    fetch("/petugas/kertas", { method: "HEAD", credentials: "same-origin" }).catch(function () {});
  }

  form.addEventListener("keydown", function (event) {
    if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
    event.preventDefault();
    var line = event.target.closest("tr");
    var next = line ? line.nextElementSibling : null;
    (next ? next.querySelector("[data-marks=answers]") : counted).focus();
  });

  ["input", "keyup", "click", "focusin"].forEach(function (kind) {
    form.addEventListener(kind, function (event) {
      if (event.target.dataset && event.target.dataset.marks) show(event.target);
      if (kind === "input") { count(); stayLoggedIn(); }
    });
  });

  count();
  var first = answers.filter(function (field) { return field.closest(".faulty"); })[0] ||
    answers.filter(function (field) { return !field.value; })[0] || answers[0];
  first.focus();
  first.setSelectionRange(first.value.length, first.value.length);
  show(first);
})();
