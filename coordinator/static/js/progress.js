// A page of progress brings itself up to date, and goes on when the work is done.
(function () {
  "use strict";

  var EVERY = 2000;

  function update(text) {
    var fresh = new DOMParser().parseFromString(text, "text/html");
    var now = fresh.querySelector("[data-p-progress]");
    var shown = document.querySelector("[data-p-progress]");
    if (!now || !shown) {
      window.location.reload();
      return;
    }
    shown.querySelector("progress").value = now.querySelector("progress").value;
    shown.querySelector("#progress-sentence").textContent =
      now.querySelector("#progress-sentence").textContent;
    later();
  }

  function look() {
    if (document.hidden) {
      later();
      return;
    }
    fetch(window.location.href, { credentials: "same-origin" })
      .then(function (answer) {
        if (answer.redirected) {
          window.location.assign(answer.url);
          return;
        }
        answer.text().then(update);
      })
      .catch(later);
  }

  function later() {
    window.setTimeout(look, EVERY);
  }

  later();
})();
