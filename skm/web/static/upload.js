/* A file that the server would not take is told before it is sent. The page works without. */
(function () {
  "use strict";
  var fields = document.querySelectorAll("input[type=file][data-largest]");
  Array.prototype.forEach.call(fields, function (field) {
    field.addEventListener("change", function () {
      var largest = Number(field.dataset.largest);
      var size = Array.prototype.reduce.call(field.files, function (sum, file) {
        return sum + file.size;
      }, 0);
      field.setCustomValidity(size > largest
        ? "Berkas ini " + Math.ceil(size / 1000000) + " MB; paling besar " + largest / 1000000 + " MB."
        : "");
      field.reportValidity();
    });
  });
})();
