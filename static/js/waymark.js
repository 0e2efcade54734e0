/* Enhancement only: every page works without this file. One function per thing it makes quicker. */
(() => {
  "use strict";
  const root = document.documentElement;
  const each = (selector, use, within = document) => within.querySelectorAll(selector).forEach(use);

  // What a screen reader hears after an action. It stands in the page before it says anything, or it would stay silent.
  const voice = document.createElement("p");
  voice.className = "vh";
  voice.setAttribute("role", "status");
  document.body.append(voice);
  const say = (words) => { voice.textContent = words; };

  // Show what only works with scripts.
  const reveal = (within) => {
    each("[data-js], [data-print]", (el) => { el.hidden = false; }, within);
    if (navigator.clipboard) each("[data-copy]", (el) => { el.hidden = false; }, within);
    if (navigator.share) each("[data-share]", (el) => { el.hidden = false; }, within);
  };

  // Contents list: mark the section in view, close the sheet after a jump.
  const followContents = (contents) => {
    const links = [...contents.querySelectorAll("ol ol a")];
    const heads = links.map((link) => document.getElementById(link.hash.slice(1))).filter(Boolean);
    if (!heads.length) return;
    const chapters = [...contents.querySelectorAll(":scope > ol > li")];
    const mark = () => {
      const line = innerHeight * 0.3;
      const passed = heads.filter((head) => head.getBoundingClientRect().top < line);
      const { id } = passed.at(-1) ?? heads[0];
      for (const link of links) link.toggleAttribute("aria-current", link.hash === `#${id}`) && link.setAttribute("aria-current", "true");
      for (const chapter of chapters) chapter.classList.toggle("here", chapter.querySelector("[aria-current]") !== null);
    };
    let queued = false;
    addEventListener("scroll", () => {
      if (queued) return;
      queued = true;
      requestAnimationFrame(() => { queued = false; mark(); });
    }, { passive: true });
    mark();
    contents.addEventListener("click", (event) => {
      if (event.target.closest("a") && contents.matches(":popover-open")) contents.hidePopover();
    });
  };

  // Skill map: how many are ticked.
  const countTicks = (form) => {
    const out = form.querySelector("[data-n]");
    form.addEventListener("change", () => { out.textContent = form.querySelectorAll(":checked").length; });
  };

  // Copy, share, print.
  const copy = async (button) => {
    await navigator.clipboard.writeText(button.dataset.copy || location.href);
    button.lastChild.textContent = "Link copied";
    say("Link copied");
  };
  const share = async () => {
    const url = document.querySelector("link[rel=canonical]")?.href ?? location.href;
    try {
      await navigator.share({ title: document.title, url });
    } catch (error) {
      if (error.name !== "AbortError") throw error; // closing the sheet is not a failure
    }
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy], [data-share], [data-print]");
    if (!button) return;
    if (button.matches("[data-copy]")) copy(button);
    else if (button.matches("[data-share]")) share();
    else print();
  });

  // Theme: at once, and stored by the same form that works without scripts.
  const chooseTheme = (form) => {
    form.addEventListener("change", ({ target }) => {
      if (target.value) root.dataset.theme = target.value;
      else delete root.dataset.theme;
      fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual", keepalive: true });
    });
  };

  // Menus close like menus: Escape, or a click elsewhere.
  const closeMenus = (except) => each("details.menu[open]", (menu) => { if (!menu.contains(except)) menu.open = false; });
  document.addEventListener("click", (event) => closeMenus(event.target));
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && document.querySelector("details.menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  // A link to a folded answer opens it; paper shows every answer.
  const openTarget = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const folded = target && target.closest("details:not([open])");
    if (folded) folded.open = true;
  };
  addEventListener("hashchange", openTarget);
  let unfolded = [];
  addEventListener("beforeprint", () => {
    unfolded = [...document.querySelectorAll("main details:not([open])")];
    for (const details of unfolded) details.open = true;
  });
  addEventListener("afterprint", () => { for (const details of unfolded) details.open = false; });

  // Errors: the summary has the focus, its links lead into the fields.
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".error-summary a[href^='#']");
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    field.focus();
  });

  /* Partial updates. After 200 ms a line runs along the top and the old content dims. Afterwards the focus stays where
     it was; where that element is gone, it goes to the error summary, to [data-focus] or to the first control of the
     new content. Paging always goes to [data-focus], the heading of the new list. */
  const line = document.createElement("div");
  line.className = "progress-line";
  line.hidden = true;
  document.body.append(line);
  let timer;
  let lost = false;
  const busy = (target) => {
    timer = setTimeout(() => { line.hidden = false; target.setAttribute("aria-busy", "true"); }, 200);
  };
  const done = (target) => {
    clearTimeout(timer);
    line.hidden = true;
    target.removeAttribute("aria-busy");
  };
  const settleFocus = (fresh) => {
    const first = fresh.querySelector(".error-summary") ?? (lost && (fresh.querySelector("[data-focus]") ?? fresh.querySelector("button, a[href], input")));
    const inPlace = fresh.contains(document.activeElement) && document.activeElement !== document.body;
    if (first && (lost === "paging" || !inPlace)) first.focus();
    lost = false;
  };
  const failed = ({ detail }) => {
    detail.target.parentElement.querySelector(":scope > .banner[data-failed]")?.remove();
    const banner = document.createElement("p");
    banner.className = "banner banner--bad";
    banner.dataset.failed = "";
    banner.setAttribute("role", "alert");
    banner.textContent = detail.requestConfig.verb === "get"
      ? "We could not load that. What you see is from before. Try again."
      : "We could not do that, and nothing was changed. Load the page again and try once more.";
    detail.target.before(banner);
  };
  document.addEventListener("htmx:beforeRequest", ({ detail }) => {
    detail.target.parentElement?.querySelector(":scope > .banner[data-failed]")?.remove();
    busy(detail.target);
  });
  document.addEventListener("htmx:afterRequest", ({ detail }) => done(detail.target));
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (detail.requestConfig.elt.closest(".pager")) lost = "paging";
    else lost = detail.target.contains(document.activeElement);
  });
  // What the reader unfolded stays so in what is swapped beside the list: else a box in it would lose the focus.
  document.addEventListener("htmx:oobBeforeSwap", ({ detail }) => {
    for (const { id } of detail.target.querySelectorAll("details[open][id]")) detail.fragment.querySelector(`#${CSS.escape(id)}`)?.setAttribute("open", "");
  });
  document.addEventListener("htmx:afterSettle", ({ target }) => { reveal(target); settleFocus(target); });
  document.addEventListener("htmx:sendError", failed);
  document.addEventListener("htmx:responseError", failed);

  reveal(document);
  each(".toc", followContents);
  each("[data-count]", countTicks);
  each("form.theme", chooseTheme);
  openTarget();
  document.querySelector(".error-summary")?.focus();
})();
