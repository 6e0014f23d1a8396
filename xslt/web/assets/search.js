/* Search in the reader's browser: one form over all indexes, one or more for each language (pipeline/website/search.py).
   A result is a passage; what stands after ⁑ in the index is what else a passage is found by, and is not shown. */

const form = document.getElementById("search-form");
const instead = document.getElementById("search-instead");
const count = document.getElementById("search-count");
const list = document.getElementById("search-results");
const HIDDEN = "⁑";
const DOCUMENTS = 20; // documents shown at once
const PASSAGES = 5; // passages of a document shown
const WORDS = 28; // words of a passage shown
const OFFERED = 50; // names offered for what is typed

let shown = DOCUMENTS;
let latest = 0;

const bundles = (form.dataset.bundles || "").split(" ").filter(Boolean);
let engines;

async function load(bundle) {
  const engine = await import(`../search/${bundle}/pagefind.js`);
  await engine.init();
  return { language: bundle.split(".")[0], engine };
}

/* Load the indexes when the reader first needs them; if one fails, all are tried again the next time. */
function loaded() {
  engines ??= Promise.all(bundles.map(load)).catch((error) => ((engines = undefined), Promise.reject(error)));
  return engines;
}

/* The names of a field to type in: id, what it is called, what it is called in other languages. */
const names = {};
function namesOf(field) {
  names[field.name] ??= fetch(field.dataset.names).then((answer) => answer.json());
  return names[field.name];
}

/* Those that have what is typed; of these the ones that begin with it come first. */
async function fitting(field) {
  const typed = field.value.trim().toLowerCase();
  const having = (await namesOf(field)).filter((one) => `${one[1]}\n${one[2]}`.toLowerCase().includes(typed));
  const begins = (one) => one[1].toLowerCase().startsWith(typed);
  return [...having.filter(begins), ...having.filter((one) => !begins(one))];
}

async function offer(field) {
  const before = field.value;
  const some = (await fitting(field)).slice(0, OFFERED);
  if (field.value !== before) return;
  field.list.replaceChildren(...some.map(([, name, other]) => element("option", { value: name, ...(other && { label: other }) })));
}

/* The keys that a field asks for: one that is chosen, or of a name that is typed every entry that has it. */
async function keys(field) {
  const typed = field.value.trim();
  if (!field.dataset.names) return [typed];
  const having = await fitting(field);
  const exact = having.filter((one) => one[1] === typed);
  return (exact.length ? exact : having).map((one) => one[0]);
}

const facets = [...form.querySelectorAll(".filters :is(select, input)")];

async function asked() {
  const filters = {};
  const address = {};
  const nobody = [];
  for (const field of facets.filter((one) => one.value.trim())) {
    const wanted = await keys(field);
    filters[field.name] = { any: wanted };
    address[field.name] = wanted.length === 1 ? wanted[0] : field.value.trim();
    if (!wanted.length) nobody.push(field.value.trim());
  }
  const query = form.elements.q.value.trim();
  return { query, filters, nobody, address: new URLSearchParams({ ...(query ? { q: query } : {}), ...address }).toString() };
}

/* Show what the page's address asks for: of a key in a field to type in, the name that it stands for. */
async function fill(given) {
  for (const field of form.elements) {
    if (!field.name || !given.has(field.name)) continue;
    const value = given.get(field.name);
    const one = field.dataset.names && (await namesOf(field)).find((name) => name[0] === value);
    field.value = one ? one[1] : value;
  }
}

/* Split what the index keeps of a page into its passages, each with the words that were found in it. */
function passages(data) {
  const words = data.content.split(/[\s\u200b]+/);
  const anchors = data.anchors.filter((anchor) => anchor.element === "p").sort((a, b) => a.location - b.location);
  const starts = anchors.length && anchors[0].location === 0 ? anchors : [{ id: "", location: 0 }, ...anchors];
  const found = new Set(data.locations);
  return starts.map((start, number) => {
    const end = number + 1 < starts.length ? starts[number + 1].location : words.length;
    const own = words.slice(start.location, end);
    const cut = own.indexOf(HIDDEN);
    const visible = cut < 0 ? own : own.slice(0, cut);
    const hits = own.map((_, index) => index).filter((index) => found.has(start.location + index));
    return { id: start.id, visible, hits };
  });
}

/* The passages that name who or what is asked for: `person:stalin p2 p5|place:seoul p2` says which do. */
function naming(data, filters) {
  const named = new Map((data.meta.named ?? "").split("|").map((one) => [one.split(" ")[0], one.split(" ").slice(1)]));
  const asked = Object.entries(filters).flatMap(([field, filter]) => filter.any.map((key) => `${field}:${key}`));
  return new Set(asked.flatMap((key) => named.get(key) ?? []));
}

/* The passages with the most of the words looked for, in their order; without words those that name who is asked for,
   else the first. */
function best(data, query, filters) {
  const all = passages(data);
  if (!query) {
    const ids = naming(data, filters);
    const named = all.filter((one) => ids.has(one.id));
    return named.length ? named.slice(0, PASSAGES) : all.filter((one) => one.visible.length).slice(0, 1);
  }
  const wanted = query.split(/\s+/).length;
  const whole = all.filter((one) => one.hits.length >= wanted);
  return (whole.length ? whole : all.filter((one) => one.hits.length)).slice(0, PASSAGES);
}

function element(name, attributes, ...content) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...content);
  return made;
}

/* Some words of a passage round the first that was found, those found marked. */
function excerpt(passage) {
  const seen = passage.hits.filter((hit) => hit < passage.visible.length);
  const from = Math.max(0, (seen[0] ?? 0) - 8);
  const parts = from > 0 ? ["… "] : [];
  passage.visible.slice(from, from + WORDS).forEach((word, index) => {
    parts.push(seen.includes(from + index) ? element("mark", {}, word) : word, " ");
  });
  if (from + WORDS < passage.visible.length) parts.push("…");
  return parts;
}

/* A document: its date and title, then the passages, each leading to its place in the text. */
function item({ language, data }, query, filters) {
  const page = data.url.replace(/^.*\//, "");
  const title = data.meta[`title-${form.dataset.lang}`] ?? page;
  const date = data.meta[`date-${form.dataset.lang}`] ?? "";
  const head = element("p", { class: "document" }, element("a", { href: page }, date || title), ` ${date ? title : ""}`);
  const contexts = element("ul", { class: "contexts" });
  for (const passage of best(data, query, filters)) {
    const address = passage.id ? `${page}#${passage.id}` : page;
    contexts.append(element("li", { lang: language }, element("a", { href: address }, ...excerpt(passage))));
  }
  return element("li", {}, head, contexts);
}

async function search() {
  const turn = ++latest;
  const { query, filters, nobody, address } = await asked().catch(failed);
  if (turn !== latest || address === undefined) return;
  history.replaceState(null, "", address ? `?${address}` : location.pathname);
  if (!address) return list.replaceChildren(), (count.textContent = "");
  try {
    const answers = (nobody.length ? [] : await loaded()).map(async ({ language, engine }) => {
      const answer = await engine.search(query || null, { filters });
      return answer.results.map((result) => ({ language, result }));
    });
    const all = (await Promise.all(answers)).flat().sort((a, b) => b.result.score - a.result.score);
    const first = all.slice(0, shown).map(async ({ language, result }) => ({ language, data: await result.data() }));
    const some = await Promise.all(first);
    if (turn !== latest) return;
    list.replaceChildren(...some.map((one) => item(one, query, filters)));
    if (all.length > shown) list.append(element("li", {}, more()));
    const none = nobody.length ? form.dataset.nobody.replace("{}", nobody.join(", ")) : form.dataset.none;
    count.textContent = all.length ? form.dataset.found.replace("{}", all.length) : none;
  } catch (error) {
    failed(error);
  }
}

function failed(error) {
  count.textContent = form.dataset.failed;
  console.error(error);
  return {};
}

function more() {
  const button = element("button", { type: "button" }, form.dataset.more);
  button.addEventListener("click", () => ((shown += DOCUMENTS), search()));
  return button;
}

function begin() {
  shown = DOCUMENTS;
  return search();
}

if (location.protocol !== "file:") {
  instead.hidden = true;
  form.hidden = false;
  form.addEventListener("submit", (event) => (event.preventDefault(), begin()));
  form.addEventListener("change", (event) => facets.includes(event.target) && begin());
  for (const field of facets.filter((one) => one.dataset.names)) {
    for (const event of ["focus", "input"]) field.addEventListener(event, () => offer(field));
  }
  if (location.search) fill(new URLSearchParams(location.search)).then(begin, failed);
}
