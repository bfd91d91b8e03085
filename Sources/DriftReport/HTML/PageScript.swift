/// Sorting, filtering and unfolding. Without scripts the page shows the same, unfiltered.
///
/// The text has neither `<` nor `&`, which XML and HTML would read differently.
package enum PageScript {
  /// The hash of `text` by which the page's security policy allows it; a test computes it anew.
  package static let hash = "sha256-PZ5gCRWu5lpVGZ72q7WUH5l/9/9RAECm/HBDsKOXvMk="

  /// What stands between the tags.
  package static let text: StaticString = """

    "use strict";
    (function () {
      function find(id) { return document.getElementById(id); }
      var table = find("features"), details = Array.from(find("details").children);
      var body = table.tBodies[0], rows = Array.from(body.rows);
      var heads = Array.from(table.tHead.rows[0].cells).filter(function (head) {
        return head.dataset.sort;
      });
      var collator = new Intl.Collator("en", { numeric: true });
      document.documentElement.classList.add("js");

      function status(row) { return row.cells[2].textContent; }

      function key(row, column, kind) {
        var cell = row.cells[column];
        if (kind === "text") { return cell.textContent; }
        if (kind === "status") { return ["OK", "NOT_COMPARED", "WARN", "FAIL"].indexOf(status(row)); }
        var number = parseFloat(cell.dataset.value || cell.title || cell.textContent);
        return kind === "size" ? Math.abs(number) : number;
      }

      function compare(a, b, kind, down) {
        if (kind === "text") { return (down ? -1 : 1) * collator.compare(a.key, b.key); }
        // Where there is no number, the row comes last in both directions.
        var missing = Number(isNaN(a.key)) - Number(isNaN(b.key));
        return missing || (down ? b.key - a.key : a.key - b.key);
      }

      function sort(head) {
        var kind = head.dataset.sort, old = head.getAttribute("aria-sort");
        var down = old === "none" ? !["up", "text"].includes(kind) : old === "ascending";
        heads.forEach(function (other) { other.setAttribute("aria-sort", "none"); });
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        var keyed = rows.map(function (row, place) {
          return { row: row, place: place, key: key(row, head.cellIndex, kind) };
        });
        keyed.sort(function (a, b) { return compare(a, b, kind, down) || a.place - b.place; });
        keyed.forEach(function (item) { body.appendChild(item.row); });
      }

      heads.forEach(function (head) {
        var button = document.createElement("button");
        button.type = "button";
        button.textContent = head.textContent;
        button.addEventListener("click", function () { sort(head); });
        head.replaceChildren(button);
      });

      var controls = find("controls"), search = find("search");
      var names = rows.map(function (row) { return row.cells[0].textContent.toLowerCase(); });

      function filter() {
        var term = search.value.trim().toLowerCase(), wanted = controls.elements.status.value;
        var count = 0;
        rows.forEach(function (row, index) {
          var isWanted = wanted === "" || status(row) === wanted;
          var isShown = isWanted ? names[index].includes(term) : false;
          row.hidden = details[index].hidden = !isShown;
          count += isShown ? 1 : 0;
        });
        find("shown").textContent = count + " of " + rows.length + " shown";
        find("nothing").hidden = count > 0;
      }

      controls.addEventListener("input", filter);
      controls.addEventListener("submit", function (event) { event.preventDefault(); });
      filter();

      function openAll(isOpen) {
        details.forEach(function (item) { item.open = item.hidden ? item.open : isOpen; });
      }
      find("open").addEventListener("click", function () { openAll(true); });
      find("close").addEventListener("click", function () { openAll(false); });

      function reveal() {
        var target = find(location.hash.slice(1)), item = target ? target.closest("details") \
    : null;
        if (item === null) { return; }
        item.hidden = false;
        item.open = true;
        item.scrollIntoView();
      }
      addEventListener("hashchange", reveal);
      // The same link once more changes no address.
      document.addEventListener("click", function (event) {
        var link = event.target.closest("a");
        if (link === null) { return; }
        if (link.hash === location.hash) { reveal(); }
      });
      reveal();

      var closed = [];
      addEventListener("beforeprint", function () {
        closed = Array.from(document.querySelectorAll("details:not([open])"));
        closed.forEach(function (item) { item.open = true; });
      });
      addEventListener("afterprint", function () {
        closed.forEach(function (item) { item.open = false; });
      });
    })();

    """
}
