// Everything works without this file; it only saves a few presses.
(function () {
  "use strict";

  function focusNews() {
    var box = document.querySelector("[data-p-focus]");
    if (box) {
      box.focus();
    }
  }

  document.addEventListener("change", function (event) {
    var field = event.target;
    if (field.form && field.form.hasAttribute("data-p-submit-on-change") && field.matches("select")) {
      field.form.requestSubmit();
    }
  });

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-p-print]");
    if (button) {
      window.print();
    }
  });

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-p-copy]");
    if (button) {
      var field = document.getElementById(button.getAttribute("data-p-copy"));
      field.select();
      (navigator.clipboard ? navigator.clipboard.writeText(field.value) : Promise.reject())
        .catch(function () { document.execCommand("copy"); })
        .then(function () { button.textContent = button.getAttribute("data-p-copied"); });
    }
  });

  // Without script these buttons would do nothing, so they are delivered hidden.
  document.querySelectorAll("[data-p-print], [data-p-copy]").forEach(function (button) {
    button.hidden = false;
  });

  focusNews();
})();
