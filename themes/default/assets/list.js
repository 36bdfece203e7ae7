// A list refined by its reader: its rows can be put in order by a column, and narrowed to those with some words. Without this script the list
// is whole, in its own order; with it nothing is fetched: it is of the rows that the page has.
"use strict";

for (const table of document.querySelectorAll("table.list")) {
  const rows = [...table.querySelectorAll("tbody tr:not(.group)")];
  const groups = [...table.tBodies];
  const headings = [...table.tHead.rows[0].cells];

  // what a cell is ordered by: a date as machines write it, a number, else its words
  const value = (row, column) => {
    const cell = row.cells[column];
    const time = cell.querySelector("time");
    if (time) return time.dateTime;
    return cell.classList.contains("num") ? Number(cell.textContent.replace(/\D/g, "")) : cell.textContent.trim();
  };
  const compare = (a, b) =>
    typeof a === "number" ? a - b : a.localeCompare(b, document.documentElement.lang, { numeric: true, sensitivity: "base" });

  headings.forEach((heading, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => {
      const first = heading.classList.contains("num") ? "descending" : "ascending";
      const other = first === "ascending" ? "descending" : "ascending";
      const order = heading.getAttribute("aria-sort") === first ? other : first;
      for (const one of headings) one.removeAttribute("aria-sort");
      heading.setAttribute("aria-sort", order);
      const sign = order === "ascending" ? 1 : -1;
      rows.sort((a, b) => {
        const [x, y] = [value(a, column), value(b, column)];
        if (x === "" || y === "") return (x === "") - (y === ""); // what is not known comes last
        return sign * compare(x, y);
      });
      for (const group of groups.slice(1)) group.hidden = true;
      for (const heading of table.querySelectorAll("tr.group")) heading.hidden = true;
      groups[0].append(...rows);
    });
  });

  if (rows.length > 7) {
    const label = document.createElement("label");
    const input = document.createElement("input");
    const none = document.createElement("p");
    label.className = "filter";
    input.type = "search";
    label.append(table.dataset.filter, " ", input);
    none.className = "empty";
    none.setAttribute("role", "status");
    table.before(label);
    table.after(none);
    input.addEventListener("input", () => {
      const words = input.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
      for (const row of rows) {
        const text = row.textContent.toLocaleLowerCase();
        row.hidden = !words.every((word) => text.includes(word));
      }
      const isSorted = headings.some((one) => one.hasAttribute("aria-sort"));
      for (const group of groups) if (!isSorted) group.hidden = [...group.rows].every((row) => row.hidden || row.className === "group");
      none.textContent = rows.every((row) => row.hidden) ? table.dataset.none : "";
    });
  }
}
