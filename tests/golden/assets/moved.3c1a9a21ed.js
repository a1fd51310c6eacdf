// On the page for missing addresses: lead from where a story or thread may have stood to the article that it hung on,
// which names its story. Article addresses end in the same id, and their readable part is cut at 32 characters.
const former = location.pathname.match(/\/(stories|threads)\/([a-z0-9-]+)-([a-z2-7]{10})(?:\/|$)/);

function cut(slug, limit) {
  if (slug.length <= limit) return slug;
  const end = slug.slice(0, limit + 1).lastIndexOf("-");
  return slug.slice(0, end > 0 ? end : limit);
}

if (former) {
  const [, , slug, id] = former;
  const readable = slug === "story" ? "article" : cut(slug, 32);
  location.replace(`${document.currentScript.dataset.root}articles/${readable}-${id}/index.html`);
}
