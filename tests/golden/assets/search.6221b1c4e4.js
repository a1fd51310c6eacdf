// Search over the whole site, with Pagefind's index. Without this file the page is an A-Z list.
const form = document.getElementById("search");
const results = document.getElementById("results");
const status = document.getElementById("status");
const { index, none, some, more, broken, any } = form.dataset;
const PAGE = 10;
let newest = 0;

function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

// Pagefind marks hits with <mark> inside escaped text; anything else stays text.
function excerpt(html) {
  const line = element("span", "", { class: "fact" });
  html.split(/(<mark>.*?<\/mark>)/).forEach((part) => {
    const marked = part.startsWith("<mark>");
    const text = new DOMParser().parseFromString(`<i>${part.replace(/<\/?mark>/g, "")}</i>`, "text/html").body.textContent;
    line.append(marked ? element("mark", text) : text);
  });
  return line;
}

function entry(found) {
  const item = element("li");
  item.append(element("a", found.meta.title, { class: "headline", href: found.url }), excerpt(found.excerpt));
  return item;
}

async function show(found, start, mine) {
  const page = await Promise.all(found.slice(start, start + PAGE).map((one) => one.data()));
  if (mine !== newest) return;
  results.querySelector(".rest")?.remove();
  const items = page.map(entry);
  results.append(...items);
  if (found.length > start + PAGE) {
    const row = element("li", "", { class: "rest" });
    const button = element("button", more, { type: "button" });
    button.addEventListener("click", () => show(found, start + PAGE, mine));
    row.append(button);
    results.append(row);
  }
  if (start) items[0].querySelector("a").focus();
}

function chosen() {
  const filters = {};
  for (const select of form.querySelectorAll("select")) if (select.value) filters[select.name] = select.value;
  return filters;
}

async function search(pagefind) {
  const mine = ++newest;
  const query = form.elements.q.value.trim();
  const filters = chosen();
  history.replaceState(null, "", query ? `?q=${encodeURIComponent(query)}` : location.pathname);
  const asked = query || Object.keys(filters).length;
  const found = asked ? await pagefind.debouncedSearch(query || null, { filters }, 150) : { results: [] };
  if (!found || mine !== newest) return;
  results.replaceChildren();
  await show(found.results, 0, mine);
  if (mine !== newest) return;
  const words = found.results.length ? some.replace("{count}", found.results.length) : none.replace("{query}", query);
  status.textContent = asked ? words : "";
}

function label(select, name) {
  if (select.name !== "date") return name;
  const month = new Intl.DateTimeFormat(document.documentElement.lang, { month: "long", year: "numeric", timeZone: "UTC" });
  return month.format(new Date(`${name}-01T00:00:00Z`));
}

function fill(select, values) {
  select.append(element("option", any, { value: "" }));
  const names = Object.keys(values).sort();
  if (select.name === "date") names.reverse();
  for (const name of names) {
    select.append(element("option", `${label(select, name)} (${values[name]})`, { value: name }));
  }
  select.parentElement.hidden = names.length === 0;
}

async function start() {
  form.elements.q.value ||= new URLSearchParams(location.search).get("q") ?? "";
  if (location.protocol === "file:") throw new Error("no index can be fetched from a file");
  const pagefind = await import(new URL(index, location.href));
  await pagefind.init();
  const filters = await pagefind.filters();
  for (const select of form.querySelectorAll("select")) fill(select, filters[select.name] ?? {});
  form.addEventListener("input", () => search(pagefind));
  form.addEventListener("submit", (event) => event.preventDefault());
  await search(pagefind);
}

start().catch(() => {
  status.textContent = broken;
  form.querySelectorAll("p:not([role])").forEach((part) => { part.hidden = true; });
});
