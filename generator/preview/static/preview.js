// Keeps an open page true to the last build. Served by the preview only; published sites have none of it.
(() => {
  "use strict";

  const own = document.currentScript;
  const mark = { content: own.dataset.content, style: own.dataset.style };
  const kept = "crosscite-preview:";

  // ---- the connection: closed while nobody looks, since browsers allow six to one host

  let source = null;
  let soon = 0;

  function connect() {
    if (source || document.visibilityState === "hidden") return;
    const query = new URLSearchParams({ page: location.pathname, ...mark });
    source = new EventSource(new URL(`events?${query}`, own.src));
    source.addEventListener("reload", reload);
    source.addEventListener("style", (event) => swapSheets(JSON.parse(event.data)));
    source.addEventListener("status", (event) => hear(JSON.parse(event.data)));
    source.addEventListener("error", () => say("The preview has stopped"));
  }

  function disconnect() {
    source?.close();
    source = null;
  }

  document.addEventListener("visibilitychange", () => (document.visibilityState === "hidden" ? disconnect() : connect()));
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", connect);

  // ---- reloading, at the place where the reader was

  function reload() {
    disconnect();
    sessionStorage.setItem(`${kept}place`, JSON.stringify({ page: location.pathname, x: scrollX, y: scrollY }));
    location.reload();
  }

  function restorePlace() {
    const place = JSON.parse(sessionStorage.getItem(`${kept}place`) ?? "null");
    sessionStorage.removeItem(`${kept}place`);
    if (place?.page === location.pathname) scrollTo({ left: place.x, top: place.y, behavior: "instant" });
  }

  if (document.readyState === "complete") restorePlace();
  else addEventListener("load", restorePlace);

  // ---- style sheets: the new one is put beside the old one, which goes when the new one is there

  function swapSheets(addresses) {
    const links = document.querySelectorAll('link[rel~="stylesheet"]:not([data-crosscite-old])');
    links.forEach((link, place) => {
      if (!addresses[place] || link.getAttribute("href") === addresses[place]) return;
      const fresh = link.cloneNode();
      fresh.href = addresses[place];
      link.dataset.crossciteOld = "";
      fresh.addEventListener("load", () => link.remove());
      fresh.addEventListener("error", () => link.remove());
      link.after(fresh);
    });
  }

  // ---- the bar and the overlay, in a tree of their own that the site's styles do not reach

  const host = document.createElement("crosscite-preview");
  const root = host.attachShadow({ mode: "open" });
  const sheet = make("link", { rel: "stylesheet", href: new URL("preview.css", own.src).href });
  const bar = make("details", { className: "bar", hidden: true });
  const summary = make("summary");
  const news = make("div", { className: "news" });
  const overlay = make("div", { className: "overlay", hidden: true });
  bar.append(summary, news);
  overlay.setAttribute("role", "alertdialog");
  overlay.setAttribute("aria-label", "The site could not be built");
  sheet.addEventListener("load", () => root.append(bar, overlay));
  root.append(sheet);
  document.documentElement.append(host);

  bar.open = sessionStorage.getItem(`${kept}open`) === "yes";
  bar.addEventListener("toggle", () => sessionStorage.setItem(`${kept}open`, bar.open ? "yes" : "no"));
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") overlay.hidden = true;
  });

  function make(tag, properties = {}, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  }

  function say(text) {
    bar.hidden = false;
    summary.textContent = text;
  }

  function counted(count, one, many) {
    return count === 1 ? `1 ${one}` : `${count} ${many}`;
  }

  // what is soon over is not told: mostly the other pages follow at once
  function hear(status) {
    clearTimeout(soon);
    if (status.partial) soon = setTimeout(show, 400, status);
    else show(status);
  }

  function show(status) {
    const parts = status.problems.length
      ? [counted(status.problems.length, "problem", "problems")]
      : [status.partial ? "The other pages follow" : `Built in ${status.seconds.toFixed(2)} s`];
    if (status.edited.length && !status.problems.length && !status.partial) parts.push(`${counted(status.pages, "page", "pages")} changed`);
    if (status.skipped.length) parts.push(`${status.skipped.length} skipped`);
    if (status.drafts) parts.push("drafts shown");
    say(parts.join(" · "));
    news.replaceChildren(...whyTogether(), ...changes(status), ...skipped(status));
    overlay.replaceChildren(...trouble(status));
    overlay.hidden = status.problems.length === 0;
  }

  function whyTogether() {
    const why = document.querySelector("#why, [data-why]");
    if (!why) return [];
    const link = make("a", { href: why.getAttribute("data-why") || `#${why.id}`, textContent: "Why together" });
    link.addEventListener("click", () => {
      for (let place = why; place; place = place.parentElement) if (place.tagName === "DETAILS") place.open = true;
    });
    return [make("p", {}, link)];
  }

  function changes(status) {
    const shown = [];
    if (status.edited.length) shown.push(make("h2", { textContent: "Edited" }), list(status.edited, String));
    if (status.changed.length) {
      const link = (page) => make("a", { href: status.base + page.replace(/(^|\/)index\.html$/, "$1"), textContent: page });
      shown.push(make("h2", { textContent: "Changed" }), list(status.changed, link, status.pages));
    }
    return shown;
  }

  function skipped(status) {
    if (!status.skipped.length) return [];
    return [make("h2", { textContent: "Skipped" }), list(status.skipped, (notice) => make("span", {}, ...told(notice)))];
  }

  function list(items, shown, all = items.length) {
    const entries = items.slice(0, 20).map((item) => make("li", {}, shown(item)));
    if (all > entries.length) entries.push(make("li", { textContent: `and ${all - entries.length} more` }));
    return make("ul", {}, ...entries);
  }

  function told(notice) {
    const parts = [];
    if (notice.place) parts.push(make("code", { textContent: notice.place }), " ");
    parts.push(make("strong", { textContent: notice.message }));
    if (notice.hint) parts.push(make("span", { className: "hint", textContent: notice.hint }));
    return parts;
  }

  function trouble(status) {
    if (!status.problems.length) return [];
    const entries = status.problems.map((notice) => {
      const entry = make("li", {}, ...told(notice));
      if (notice.excerpt.length) entry.append(excerpt(notice.excerpt));
      return entry;
    });
    const heading = make("h1", { textContent: "The site could not be built" });
    const seen = status.built ? "What you see is the last good build. " : "";
    const note = make("p", { textContent: `${seen}This notice goes by itself once that is mended. Esc hides it.` });
    return [make("div", { className: "panel" }, heading, note, make("ul", {}, ...entries))];
  }

  function excerpt(lines) {
    return make(
      "pre",
      {},
      ...lines.map(([number, text, wrong]) => {
        const count = make("span", { className: "number", textContent: String(number) });
        return make("span", { className: wrong ? "line wrong" : "line" }, count, `${text}\n`);
      }),
    );
  }

  connect();
})();
