/* What the page does in the browser itself: the time, tabs, ticks, print, saving a conversation. */
() => {
    const TICKS = "alfred-ticks";

    const now = () => {
        const date = new Date();
        return new Date(date - date.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
    };

    const save = (kept) => {
        const open = kept && kept.kept && kept.kept[0];
        const text = JSON.stringify((open && open.conversation) || { turns: [] }, null, 1);
        const link = document.createElement("a");
        link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
        link.download = "alfred-conversation.json";
        link.click();
        URL.revokeObjectURL(link.href);
        return [];
    };

    const show = (side) => {
        document.body.dataset.side = side;
        for (const tab of document.querySelectorAll("#alfred-sides [role=tab]")) {
            const chosen = tab.dataset.side === side;
            tab.setAttribute("aria-selected", String(chosen));
            tab.tabIndex = chosen ? 0 : -1;
            if (chosen) delete tab.dataset.news;
        }
    };

    /* Ticks belong to a plan's title, so that the next plan of the same party keeps them. */
    const ticks = () => JSON.parse(localStorage.getItem(TICKS) || "{}");
    const party = () => document.querySelector("#alfred-board h2")?.textContent || "";
    const tick = (box) => {
        const all = ticks();
        const items = new Set(all[party()] || []);
        box.checked ? items.add(box.dataset.item) : items.delete(box.dataset.item);
        delete all[party()];
        all[party()] = [...items];
        localStorage.setItem(TICKS, JSON.stringify(Object.fromEntries(Object.entries(all).slice(-40))));
    };
    const restore = () => {
        const items = new Set(ticks()[party()] || []);
        for (const box of document.querySelectorAll("#alfred-board [data-item]")) box.checked = items.has(box.dataset.item);
    };

    const label = () => {
        const names = { "alfred-notice": ["role", "alert"], "alfred-whole": ["role", "status"] };
        for (const [id, [name, value]] of Object.entries(names)) document.getElementById(id)?.setAttribute(name, value);
        document.getElementById("alfred-board")?.setAttribute("aria-live", "off");
    };

    const watch = (board) => {
        let drawn = "";
        new MutationObserver(() => {
            const title = party() + board.querySelectorAll("*").length;
            if (title === drawn) return;
            drawn = title;
            restore();
            const tab = document.getElementById("alfred-tab-plan");
            if (tab && party() && document.body.dataset.side !== "plan") tab.dataset.news = "";
        }).observe(board, { childList: true, subtree: true });
    };

    /* Gradio puts a nameless button inside each fold, itself a button, and calls a row of buttons a list. */
    const tidy = (chat) => {
        for (const inner of chat.querySelectorAll("[role=button] button:not([inert])")) inner.inert = true;
        chat.querySelector(".examples[role=list]")?.removeAttribute("role");
    };

    /* The latest request stays on top, so that the answer is seen from its beginning, until the visitor scrolls.
       A step still grows after it was drawn, while it unfolds. */
    const follow = (chat) => {
        let before = 0;
        let pinned = false;
        const pin = () => {
            const latest = [...chat.querySelectorAll(".user-row")].at(-1);
            if (!pinned || !latest) return;
            const log = chat.querySelector("[role=log]");
            log.scrollTop += latest.getBoundingClientRect().top - log.getBoundingClientRect().top - 8;
        };
        const unfolding = new ResizeObserver(pin);
        for (const moved of ["wheel", "touchmove", "keydown", "pointerdown"]) {
            chat.addEventListener(moved, () => { pinned = false; }, { passive: true });
        }
        new MutationObserver(() => {
            const requests = chat.querySelectorAll(".user-row").length;
            pinned = pinned || requests > before;
            before = requests;
            for (const part of chat.querySelector("[role=log]")?.children || []) unfolding.observe(part);
            pin();
            tidy(chat);
        }).observe(chat, { childList: true, subtree: true });
        tidy(chat);
    };

    document.addEventListener("click", (event) => {
        const control = event.target.closest("[data-alfred]");
        if (control?.dataset.alfred === "print") window.print();
        if (control?.dataset.alfred === "side") show(control.dataset.side);
    });
    document.addEventListener("change", (event) => {
        if (event.target.matches("#alfred-board [data-item]")) tick(event.target);
    });
    document.addEventListener("keydown", (event) => {
        if (!event.target.matches("#alfred-sides [role=tab]") || !["ArrowLeft", "ArrowRight"].includes(event.key)) return;
        const other = document.querySelector("#alfred-sides [role=tab][aria-selected=false]");
        show(other.dataset.side);
        other.focus();
    });

    window.alfred = { now, save };
    show("talk");
    label();
    follow(document.getElementById("alfred-chat"));
    const board = document.getElementById("alfred-board");
    if (board) { watch(board); restore(); }
}
