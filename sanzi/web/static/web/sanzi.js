/* Comforts only: every page and form works without this file. */
(function () {
  "use strict";
  document.addEventListener("change", function (event) {
    var field = event.target.closest("[data-auto]");
    if (field && field.form) field.form.requestSubmit();
  });

  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-print]")) window.print();
    var copier = event.target.closest("[data-copy]");
    if (copier && navigator.clipboard) {
      navigator.clipboard.writeText(copier.dataset.copy).then(function () {
        copier.textContent = "已复制";
      });
    }
  });

  /* A search leaves an address worth sending to a colleague: without its empty fields. */
  document.addEventListener("htmx:configRequest", function (event) {
    if (event.detail.verb !== "get") return;
    Array.from(event.detail.formData.entries()).forEach(function (pair) {
      if (pair[1] === "") event.detail.formData.delete(pair[0]);
    });
  });

  /* In a register: up and down move from row to row, Enter opens the row as any link does. */
  document.addEventListener("keydown", function (event) {
    var step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.target.closest("input, select, textarea, summary")) return;
    var links = Array.from(document.querySelectorAll("[data-rows] tbody tr a:first-of-type"));
    if (!links.length) return;
    var row = event.target.closest("tr");
    var here = row ? links.findIndex(function (link) { return row.contains(link); }) : -1;
    var next = links[Math.max(0, Math.min(links.length - 1, here + step))];
    next.focus();
    event.preventDefault();
  });

  /* Double click opens a row, as the ledgers people know do. */
  document.addEventListener("dblclick", function (event) {
    var row = event.target.closest("[data-rows] tbody tr");
    var link = row && row.querySelector("a[href]");
    if (link) link.click();
  });

  /* Where a page has a paper form of its own, printing the screen is not offered beside it. */
  function reveal() {
    var paper = Array.from(document.querySelectorAll(".actions a")).some(function (link) {
      return link.textContent.trim().indexOf("打印") === 0;
    });
    document.querySelectorAll("[data-print][hidden], [data-copy][hidden]").forEach(function (button) {
      button.hidden = paper && button.hasAttribute("data-print");
    });
  }
  document.addEventListener("DOMContentLoaded", reveal);
  document.addEventListener("htmx:afterSettle", reveal);
})();
