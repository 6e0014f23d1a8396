/* The page of a register that is divided by letter: who comes for an entry by the address that it had here while the
   register was one page is led to the entry's own page, if there is one. A page opened as a file cannot ask whether. */

const lead = async () => {
  const id = decodeURIComponent(location.hash.slice(1));
  if (!id || document.getElementById(id)) return;
  const own = new URL(`${document.querySelector("main [data-register]").dataset.register}.${encodeURIComponent(id)}.html`, location.href);
  if (location.protocol === "file:" || (await fetch(own, { method: "HEAD" })).ok) location.replace(own);
};

addEventListener("hashchange", lead);
lead();
