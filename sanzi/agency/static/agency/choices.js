/* The list under a cell of the grid: accounts by code, name or initials, and whom the book knows.
   Without it the browser's own list and the typed word do. */
(function () {
  "use strict";
  var form = document.querySelector("[data-grid]");
  if (!form) return;
  var SHOWN = 12, WAIT_MS = 120;

  var accounts = Array.from(document.querySelectorAll("#accounts option")).map(function (option) {
    return {
      code: option.value, name: option.label, value: option.value + " " + option.label,
      pinyin: option.dataset.pinyin, aux: (option.dataset.aux || "").split(" ").filter(Boolean)
    };
  });
  function dress(field) {
    field.removeAttribute("list");
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-expanded", "false");
    field.setAttribute("aria-controls", "choices");
  }
  form.querySelectorAll("[name=account], [name=named]").forEach(dress);

  form.aux_of = function (text) {
    var code = (/^\d+/.exec(text.trim()) || [""])[0];
    var found = accounts.find(function (account) { return account.code === code; });
    return found ? found.aux : [];
  };
  function matching(text) {
    var wanted = text.trim().toLowerCase().split(" ")[0];
    if (!wanted) return accounts;
    function rank(account) {
      if (account.code === wanted) return 0;
      if (account.code.startsWith(wanted)) return 1;
      if (account.pinyin.startsWith(wanted)) return 2;
      if (account.name.startsWith(wanted)) return 3;
      return account.name.indexOf(wanted) >= 0 ? 4 : 9;
    }
    return accounts.map(function (account) { return [rank(account), account]; })
      .filter(function (pair) { return pair[0] < 9; })
      .sort(function (a, b) { return a[0] - b[0]; })
      .map(function (pair) { return pair[1]; });
  }

  var list = document.createElement("ul");
  list.className = "choices";
  list.id = "choices";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "可选的科目或往来");
  list.hidden = true;
  document.getElementById("main").appendChild(list);
  var here = null, at = -1, offered = [];

  function close() {
    list.hidden = true;
    offered = [];
    at = -1;
    if (here) {
      here.setAttribute("aria-expanded", "false");
      here.removeAttribute("aria-activedescendant");
    }
  }
  function open(field, choices) {
    here = field;
    offered = choices.slice(0, SHOWN);
    if (!offered.length || document.activeElement !== field) return close();
    list.textContent = "";
    offered.forEach(function (choice, i) {
      var line = document.createElement("li");
      line.id = "choice-" + i;
      line.setAttribute("role", "option");
      line.textContent = choice.label || choice.value;
      line.addEventListener("mousedown", function (event) {
        event.preventDefault();
        take(i);
        close();
      });
      list.appendChild(line);
    });
    var box = field.getBoundingClientRect();
    list.style.left = box.left + window.scrollX + "px";
    list.style.top = box.bottom + window.scrollY + "px";
    list.style.minWidth = box.width + "px";
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
    mark(0);
  }
  function mark(place) {
    at = Math.max(0, Math.min(offered.length - 1, place));
    Array.from(list.children).forEach(function (line, i) {
      line.setAttribute("aria-selected", String(i === at));
    });
    here.setAttribute("aria-activedescendant", "choice-" + at);
    list.children[at].scrollIntoView({ block: "nearest" });
  }
  function take(place) { here.value = before(here) + offered[place].value; }

  /* Several names stand in one cell, parted by a stroke: the last is being typed. */
  function before(field) {
    return field.name === "named" ? field.value.slice(0, field.value.lastIndexOf("/") + 1) : "";
  }
  var timer = 0, asked = 0;
  function ask(field) {
    var row = form.grid.rowOf(field), mine = ++asked;
    var aux = form.aux_of(form.grid.cell(row, "account").value);
    var text = field.value.slice(before(field).length);
    clearTimeout(timer);
    timer = setTimeout(function () {
      var query = new URLSearchParams({ q: text.replace(/^[+＋]/, ""), aux: aux.join(" ") });
      fetch(form.dataset.names + "?" + query, { headers: { Accept: "application/json" } })
        .then(function (answer) { return answer.ok ? answer.json() : { names: [] }; })
        .then(function (found) {
          if (mine !== asked || document.activeElement !== field) return;
          var choices = found.names.map(function (name) {
            return { value: name.value, label: name.label };
          });
          var fresh = text.replace(/^[+＋]/, "").trim();
          var known = choices.some(function (choice) { return choice.value === fresh; });
          if (fresh && !known) choices.push({ value: "+" + fresh, label: "新增“" + fresh + "”" });
          open(field, choices);
        });
    }, WAIT_MS);
  }
  function offer(field) {
    if (field.name === "account") open(field, matching(field.value));
    else if (field.name === "named") ask(field);
  }

  form.addEventListener("input", function (event) { offer(event.target); });
  form.addEventListener("focusout", function (event) {
    asked += 1;
    if (event.target === here) close();
    if (event.target.name === "account") spell_out(event.target);
  });
  /* Before the grid's own keys: what the list takes, the grid does not see. */
  form.addEventListener("keydown", function (event) {
    var field = event.target;
    if (event.isComposing || (field.name !== "account" && field.name !== "named")) return;
    if (event.key === "F2") offer(field);
    else if (list.hidden || here !== field) {
      if (event.key === "Enter" && field.name === "account" && field.value.trim()) settle(field);
      return;
    }
    else if (event.key === "ArrowDown") mark(at + 1);
    else if (event.key === "ArrowUp") mark(at - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" || event.key === "Tab") {
      take(at);
      close();
      if (event.key === "Tab") return;
      form.grid.onward(field);
    }
    else return;
    event.preventDefault();
  }, true);
  /* A bare code gets its name beside it. */
  function spell_out(field) {
    var found = accounts.find(function (account) { return account.code === field.value.trim(); });
    if (found) field.value = found.value;
  }
  form.querySelectorAll("[name=account]").forEach(spell_out);
  function settle(field) {
    var found = matching(field.value);
    if (found.length) field.value = found[0].value;
  }
})();
