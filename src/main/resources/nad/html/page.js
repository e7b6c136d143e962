// Lights what belongs together: a statement, its part on the other side, its row of the table. Enter goes over with the focus, Escape
// puts the light out. The links work without it.
(() => {
  let lit = null;
  const of = target => target instanceof Element ? target.closest("[data-s]") : null;
  const light = row => {
    const s = row === null ? null : row.dataset.s;
    if (s === lit) return;
    for (const e of document.querySelectorAll(".lit")) e.classList.remove("lit");
    if (s !== null) for (const e of document.querySelectorAll("[data-s='" + s + "']")) e.classList.add("lit");
    lit = s;
  };
  // In its own pane, so that the page under the reader's eye stays.
  const show = row => {
    const other = document.getElementById((row.id.startsWith("s") ? "b" : "s") + row.dataset.s);
    const pane = other === null ? null : other.closest(".scroll");
    if (pane !== null) pane.scrollTop = other.offsetTop - pane.clientHeight / 3;
  };
  document.addEventListener("mouseover", e => light(of(e.target)));
  document.addEventListener("focusin", e => {
    const row = of(e.target);
    light(row);
    if (row !== null) show(row);
  });
  // The browser follows the link first.
  document.addEventListener("click", e => {
    const link = e.target instanceof Element ? e.target.closest("[data-s] a") : null;
    if (link === null) return;
    setTimeout(() => document.querySelector(link.getAttribute("href") + " a")?.focus({preventScroll: true}), 0);
  });
  document.addEventListener("keydown", e => {
    if (e.key === "Escape") light(null);
  });
})();
