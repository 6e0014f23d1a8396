// What a document's page does beyond showing itself: the counterpart of a sentence is marked, a name shows its card, and
// a change of view keeps the reader's place. The page is whole without it. A plain script and no module, because browsers
// do not run modules from a folder (file:), where the edition is to be readable too.

(() => {
  "use strict";

  // Sentences and their counterparts

  const partners = new Map();
  for (const group of JSON.parse(document.getElementById("page-links")?.textContent ?? "[]")) {
    for (const id of group) partners.set(id, group);
  }

  const mark = (ids, source) => {
    for (const old of document.querySelectorAll(".counterpart, .current")) old.classList.remove("counterpart", "current");
    for (const id of ids) {
      const passage = document.getElementById(id);
      passage?.classList.add(passage.closest(".witness") === source.closest(".witness") ? "current" : "counterpart");
    }
  };

  // The linked sentences at a place of the text: the sentence round it, or, for the link of a passage, those in it.
  const groupsAt = (place) => {
    for (let node = place; node?.closest; node = node.parentElement) {
      if (partners.has(node.id)) return partners.get(node.id);
    }
    if (!place.matches(".permalink")) return [];
    return [...place.parentElement.querySelectorAll("[id]")].flatMap((node) => partners.get(node.id) ?? []);
  };

  const atTarget = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target?.closest(".witness")) mark(groupsAt(target), target);
  };

  const text = document.querySelector(".witnesses");
  for (const event of ["pointerover", "focusin"]) {
    text?.addEventListener(event, ({ target }) => mark(groupsAt(target), target));
  }
  text?.addEventListener("pointerleave", atTarget);
  addEventListener("hashchange", atTarget);
  atTarget();

  // Cards beside names

  const card = document.createElement("dl");
  card.className = "namecard";
  card.popover = "manual";
  card.id = "page-card";
  document.querySelector("main").append(card);
  let waiting = 0;
  let named = null;

  const hide = () => {
    clearTimeout(waiting);
    if (card.matches(":popover-open")) card.hidePopover();
    named?.removeAttribute("aria-describedby");
    named = null;
  };

  const show = (link, entry) => {
    if (named === link) return;
    hide();
    named = link;
    const doubt = link.dataset.doubt ?? "";
    card.replaceChildren(...[...entry.children].map((child) => child.cloneNode(true)));
    if (doubt) card.append(Object.assign(document.createElement("dd"), { className: "doubt", textContent: doubt }));
    link.setAttribute("aria-describedby", card.id);
    card.showPopover();
    place();
  };

  const place = () => {
    const at = named.getBoundingClientRect();
    if (at.bottom < 0 || at.top > innerHeight) return hide();
    const below = at.bottom + 6 + card.offsetHeight < innerHeight || at.top < card.offsetHeight + 12;
    card.style.left = `${Math.max(8, Math.min(at.left, document.documentElement.clientWidth - card.offsetWidth - 8))}px`;
    card.style.top = `${below ? at.bottom + 6 : at.top - card.offsetHeight - 6}px`;
  };

  const entryOf = (link) => {
    const [, register, id] = link?.getAttribute("href").match(/([\w-]+)\.([^/]+)\.html$/) ?? [];
    return document.getElementById(`page-${register}-${id}`);
  };

  for (const link of document.querySelectorAll("a.name[title]")) {
    if (!entryOf(link)) continue;
    link.dataset.doubt = link.title.split(" · ").slice(1).join(" · ");
    link.removeAttribute("title"); // its words are on the card
  }

  const later = (act, milliseconds) => {
    clearTimeout(waiting);
    waiting = setTimeout(act, milliseconds);
  };
  const linkAt = (target) => target.closest?.("a.name");

  document.addEventListener("pointerover", ({ target, pointerType }) => {
    if (pointerType === "touch") return;
    const link = linkAt(target);
    if (card.contains(target)) clearTimeout(waiting);
    else if (link && entryOf(link)) later(() => show(link, entryOf(link)), 250);
    else if (named) later(hide, 300);
    else clearTimeout(waiting);
  });
  document.addEventListener("focusin", ({ target }) => {
    const link = linkAt(target);
    if (link && target.matches(":focus-visible") && entryOf(link)) show(link, entryOf(link));
    else if (!card.contains(target)) hide();
  });
  document.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") hide();
  });
  addEventListener("scroll", () => named && place(), { passive: true });

  // Views: the sentence at the top of the window stays there, or its counterpart, where it is hidden

  const views = document.querySelector(".views");
  const isShown = (passage) => passage.getClientRects().length > 0;
  let kept = null;

  const keep = () => {
    const top = views.getBoundingClientRect().bottom;
    const passages = [...text.querySelectorAll(".s[id], .line[id], .seg[id], .p[id], p[id]")];
    const passage = passages.find((one) => isShown(one) && one.getBoundingClientRect().bottom > top);
    kept = passage && views.getBoundingClientRect().top < 1 ? { passage, top: passage.getBoundingClientRect().top } : null;
  };

  const restore = () => {
    if (!kept) return;
    const ids = partners.get(kept.passage.id) ?? partners.get(kept.passage.querySelector(".s")?.id) ?? [];
    const found = [kept.passage, ...ids.map((id) => document.getElementById(id))].find((one) => one && isShown(one));
    if (found) scrollBy({ top: found.getBoundingClientRect().top - kept.top, behavior: "instant" });
  };

  const remember = (store) => {
    for (const input of views.querySelectorAll("input")) {
      if (store && input.checked) sessionStorage.setItem(`despatch-${input.name}`, input.value);
      else if (!store && sessionStorage.getItem(`despatch-${input.name}`) === input.value) input.checked = true;
    }
  };

  if (views) {
    for (const event of ["pointerdown", "keydown"]) views.addEventListener(event, keep);
    views.addEventListener("change", () => {
      restore();
      try { remember(true); } catch { /* a browser may refuse to store anything */ }
    });
    try { remember(false); } catch { /* or to give it back */ }
  }

  // The same passage in the other interface language

  for (const link of document.querySelectorAll(".languages a")) {
    link.addEventListener("click", () => { link.hash = location.hash; });
  }
})();
