/* The grid of a voucher by keyboard. Comforts only: the form works without this file.
   Amounts are counted in whole fen. */
(function () {
  "use strict";
  var form = document.querySelector("[data-grid]");
  if (!form) return;
  var body = form.querySelector("tbody");
  var CELLS = ["memo", "account", "named", "debit", "credit"];
  var ROWS_MAX = 180;

  function rows() { return Array.from(body.querySelectorAll("tr[data-row]")); }
  function cell(row, name) { return row.querySelector('[name="' + name + '"]'); }
  function rowOf(field) { return field.closest("tr[data-row]"); }
  function other(name) { return name === "debit" ? "credit" : "debit"; }

  /* Money: text to fen and back; null for what is no amount. */
  function fen(text) {
    var plain = text.normalize("NFKC").replace(/[,\s¥元]/g, "").replace("−", "-");
    if (!plain) return 0;
    var found = /^([+-]?)(\d{1,13})(?:\.(\d{1,2}))?$/.exec(plain);
    if (!found) return null;
    var amount = Number(found[2]) * 100 + Number(((found[3] || "") + "00").slice(0, 2));
    return found[1] === "-" ? -amount : amount;
  }
  function words(amount) {
    var digits = String(Math.abs(amount)).padStart(3, "0");
    var whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ",");
    return (amount < 0 ? "-" : "") + whole + "." + digits.slice(-2);
  }
  function sum(name, except) {
    return rows().reduce(function (total, row) {
      var field = cell(row, name);
      return field === except ? total : total + (fen(field.value) || 0);
    }, 0);
  }
  function add_up() {
    var debit = sum("debit"), credit = sum("credit"), gap = debit - credit;
    form.querySelector('[data-sum="debit"]').textContent = words(debit);
    form.querySelector('[data-sum="credit"]').textContent = words(credit);
    form.querySelector("[data-balance]").textContent = gap
      ? "差额 " + words(Math.abs(gap)) + (gap > 0 ? "（借方多）" : "（贷方多）")
      : debit || credit ? "借贷平衡" : "";
    rows().forEach(function (row) {
      ["debit", "credit"].forEach(function (name) {
        var field = cell(row, name);
        field.classList.toggle("red", (fen(field.value) || 0) < 0);
      });
    });
  }
  function balance(field) {
    var missing = sum(other(field.name)) - sum(field.name, field);
    field.value = missing ? words(missing) : "";
    add_up();
  }

  /* Rows. */
  function number() {
    rows().forEach(function (row, at) {
      row.querySelector("[data-place]").textContent = at + 1;
      CELLS.forEach(function (name) {
        var field = cell(row, name);
        field.setAttribute("aria-label", "第 " + (at + 1) + " 行" + field.dataset.title);
      });
    });
  }
  function add(after) {
    var model = rows()[0];
    if (rows().length >= ROWS_MAX) return rows()[rows().length - 1];
    var made = model.cloneNode(true);
    made.classList.remove("wrong");
    CELLS.forEach(function (name) {
      var field = cell(made, name);
      field.value = "";
      field.removeAttribute("autofocus");
      field.removeAttribute("aria-invalid");
      field.removeAttribute("aria-describedby");
      field.classList.remove("red");
    });
    body.insertBefore(made, after ? after.nextSibling : null);
    number();
    return made;
  }
  function remove(row) {
    var all = rows(), at = all.indexOf(row);
    if (all.length === 1) add(row);
    row.remove();
    number();
    add_up();
    go(rows()[Math.min(at, rows().length - 1)], "memo");
  }
  function below(row) { return rows()[rows().indexOf(row) + 1] || add(row); }
  function above(row) { return rows()[rows().indexOf(row) - 1]; }
  function go(row, name) {
    var field = cell(row, name);
    field.focus();
    field.select();
  }

  /* Enter: on to what is still to be filled; a filled side ends the row. */
  function onward(field) {
    var row = rowOf(field), name = field.name;
    if (name === "memo") {
      if (!field.value.trim() || field.value.trim() === "..") repeat(field);
      return go(row, "account");
    }
    if (name === "account") return go(row, form.aux_of(field.value).length || cell(row, "named").value ? "named" : "debit");
    if (name === "named") return go(row, cell(row, "credit").value ? "credit" : "debit");
    if (name === "debit" && !field.value) return go(row, "credit");
    return go(below(row), "memo");
  }
  function repeat(field) {
    var before = above(rowOf(field));
    if (before) field.value = cell(before, "memo").value;
  }
  function settle(field) {
    var amount = fen(field.value);
    if (amount !== null) field.value = amount ? words(amount) : "";
    add_up();
  }
  function swap(field) {
    var opposite = cell(rowOf(field), other(field.name));
    opposite.value = field.value;
    field.value = "";
    settle(opposite);
    opposite.focus();
  }
  function save() { form.requestSubmit(form.querySelector("[data-save]")); }

  var KEYS = {
    ArrowDown: function (field) { go(below(rowOf(field)), field.name); },
    ArrowUp: function (field) { var row = above(rowOf(field)); if (row) go(row, field.name); },
    Enter: function (field) {
      if (field.name === "debit" || field.name === "credit") settle(field);
      onward(field);
    }
  };
  form.addEventListener("keydown", function (event) {
    var field = event.target, in_grid = CELLS.indexOf(field.name) >= 0 && rowOf(field);
    if (event.isComposing || event.defaultPrevented) return;
    var with_control = event.ctrlKey || event.metaKey, key = event.key;
    if (event.key === "F6" || (with_control && key.toLowerCase() === "s")) save();
    else if (key === "F4" && form.dataset.templates) document.getElementById(form.dataset.templates).focus();
    else if (!in_grid) {
      if (key !== "Enter" || !event.target.matches("input:not([type=file])")) return;
      go(rows()[0], "memo");
    }
    else if (with_control && key.toLowerCase() === "i") go(add(rowOf(field)), "memo");
    else if (with_control && key.toLowerCase() === "d") remove(rowOf(field));
    else if (with_control || event.altKey) return;
    else if (KEYS[key]) KEYS[key](field);
    else if (field.name !== "debit" && field.name !== "credit") return;
    else if (key === "=") balance(field);
    else if (key === " ") swap(field);
    else return;
    event.preventDefault();
  });
  form.addEventListener("input", function (event) {
    if (event.target.name === "debit" || event.target.name === "credit") add_up();
  });
  form.addEventListener("focusout", function (event) {
    if (event.target.name === "debit" || event.target.name === "credit") settle(event.target);
  });
  /* The same voucher is never sent twice by two quick keys. */
  var is_sent = false;
  form.addEventListener("submit", function (event) {
    if (is_sent) event.preventDefault();
    is_sent = true;
  });
  window.addEventListener("pageshow", function () { is_sent = false; });

  /* Rows copied from a spreadsheet, from the cell they are pasted into. */
  form.addEventListener("paste", function (event) {
    var field = event.target, at = CELLS.indexOf(field.name);
    var text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n+$/, "");
    if (at < 0 || !/[\t\n]/.test(text)) return;
    event.preventDefault();
    var row = rowOf(field);
    text.split("\n").map(function (line) { return line.split("\t"); }).filter(function (cells) {
      return cells.join("").trim() && !/^\s*(摘要|合计|总计|小计)/.test(cells[0]);
    }).forEach(function (cells, nth) {
      if (nth) row = below(row);
      var start = at;
      cells.forEach(function (value, i) {
        var target = cell(row, CELLS[start + i] || "none");
        if (!target) return;
        var plain = value.replace(/^"|"$/g, "").trim();
        target.value = start + i > 2 && fen(plain) === 0 ? "" : plain;
        if (start + i > 2) settle(target);
      });
    });
    add_up();
    go(row, field.name);
  });

  form.grid = { onward: onward, rowOf: rowOf, cell: cell };
  document.querySelectorAll("[data-keys]").forEach(function (keys) { keys.hidden = false; });
  add_up();
})();
