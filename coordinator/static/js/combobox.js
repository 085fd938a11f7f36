// A search box that shows what it finds while one types: the combobox pattern of the W3C.
// Without this file the box is a plain field of its form.
(function () {
  "use strict";

  var PAUSE = 200;
  var count = 0;

  function make(tag, role, parent) {
    var element = document.createElement(tag);
    if (role) {
      element.setAttribute("role", role);
    }
    parent.appendChild(element);
    return element;
  }

  function enhance(input) {
    var id = "suggestions-" + (count += 1);
    var holder = input.parentElement;
    var asked = 0;
    var timer = 0;
    var shownFor = null;
    var request = null;
    var active = -1;
    var box = make("div", "", holder);
    var list = make("ul", "listbox", box);
    var said = make("p", "status", box);

    holder.classList.add("p-combo");
    box.className = "p-combo-box";
    list.id = id;
    list.setAttribute("aria-label", input.dataset.pSuggestLabel);
    said.className = "p-combo-said";
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", id);
    close();

    function options() {
      return list.querySelectorAll("[role=option]");
    }

    function isOpen() {
      return input.getAttribute("aria-expanded") === "true";
    }

    function close() {
      box.classList.remove("p-combo-open");
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      choose(-1);
    }

    function open() {
      var any = options().length > 0;
      list.hidden = !any;
      box.classList.add("p-combo-open");
      input.setAttribute("aria-expanded", any ? "true" : "false");
      choose(-1);
    }

    function choose(place) {
      active = place;
      options().forEach(function (option, number) {
        option.setAttribute("aria-selected", number === place ? "true" : "false");
      });
      if (place < 0) {
        input.removeAttribute("aria-activedescendant");
      } else {
        input.setAttribute("aria-activedescendant", options()[place].id);
        options()[place].scrollIntoView({ block: "nearest" });
      }
    }

    function drop() {
      asked += 1;
      window.clearTimeout(timer);
      if (request) {
        request.abort();
        request = null;
      }
    }

    function show(html, text) {
      var answer = new DOMParser().parseFromString(html, "text/html");
      list.replaceChildren();
      answer.querySelectorAll("li[data-p-url]").forEach(function (item, number) {
        item.setAttribute("role", "option");
        item.id = id + "-" + number;
        list.appendChild(document.importNode(item, true));
      });
      var sentence = answer.querySelector("p");
      said.textContent = sentence ? sentence.textContent : "";
      shownFor = text;
      open();
    }

    function ask() {
      var text = input.value.trim();
      drop();
      if (text.length < 2) {
        shownFor = null;
        said.textContent = "";
        list.replaceChildren();
        close();
        return;
      }
      var mine = asked;
      request = new AbortController();
      fetch(input.dataset.pSuggest + "?ara=" + encodeURIComponent(text), {
        credentials: "same-origin",
        redirect: "error",
        signal: request.signal,
      })
        .then(function (answer) {
          return answer.ok ? answer.text() : Promise.reject(new Error(String(answer.status)));
        })
        .then(function (html) {
          // An answer that was overtaken by another letter is not shown.
          if (mine === asked && document.activeElement === input) {
            show(html, text);
          }
        })
        .catch(function () {
          if (mine === asked) {
            close();
          }
        });
    }

    function go(option) {
      drop();
      window.location.assign(option.dataset.pUrl);
    }

    function move(step) {
      var all = options().length;
      if (!isOpen()) {
        if (shownFor === input.value.trim() && all) {
          open();
          choose(step > 0 ? 0 : all - 1);
        } else {
          ask();
        }
        return;
      }
      var next = active + step;
      choose(next >= all ? -1 : next < -1 ? all - 1 : next);
    }

    input.addEventListener("input", function () {
      drop();
      choose(-1);
      timer = window.setTimeout(ask, PAUSE);
    });

    input.addEventListener("keydown", function (event) {
      if (event.isComposing || event.ctrlKey || event.metaKey) {
        return;
      }
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (event.altKey && event.key === "ArrowUp") {
          close();
        } else {
          move(event.key === "ArrowDown" ? 1 : -1);
        }
      } else if (event.key === "Enter") {
        drop();
        if (isOpen() && active >= 0) {
          event.preventDefault();
          go(options()[active]);
        }
      } else if (event.key === "Escape" && box.classList.contains("p-combo-open")) {
        // The first press closes the list and keeps what was typed; the next one empties the box.
        event.preventDefault();
        drop();
        close();
      }
    });

    // Pressing on the list must not take the focus from the box.
    box.addEventListener("mousedown", function (event) {
      event.preventDefault();
    });
    list.addEventListener("click", function (event) {
      var option = event.target.closest("[role=option]");
      if (option) {
        go(option);
      }
    });
    input.addEventListener("blur", function () {
      drop();
      close();
    });
  }

  document.querySelectorAll("input[data-p-suggest]").forEach(enhance);
})();
