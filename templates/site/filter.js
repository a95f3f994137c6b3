// Adds a field that hides the rows without the words typed. Without script the whole table is there.
"use strict";
for (const table of document.querySelectorAll("table[data-filter]")) {
  const label = document.createElement("label");
  const field = document.createElement("input");
  field.type = "search";
  label.append(table.dataset.filter, " ", field);
  table.parentElement.before(label);
  field.addEventListener("input", () => {
    const words = field.value.toLowerCase().split(/\s+/);
    for (const row of table.tBodies[0].rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
    }
  });
}
