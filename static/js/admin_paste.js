// Pasting into the rich text of Wagtail's editor (Draftail). What was copied elsewhere is read by
// admin_paste_reading.js; text goes where the cursor is, and what cannot stand inside a text —
// headings of the page and tables — follows as blocks of its own.
(() => {
  const words = document.currentScript.dataset;
  const { read, plain } = window.pasteReading;
  const ours = new WeakSet();

  document.addEventListener(
    "paste",
    (event) => {
      const editor = event.target.closest?.(".Draftail-Editor");
      const html = event.clipboardData?.getData("text/html");
      // What was copied inside the editor itself is already clean.
      if (!editor || !html || ours.has(event) || html.includes("data-editor=") || html.includes("data-draftjs-conductor")) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      paste(editor, event.target, read(html));
    },
    true,
  );

  function paste(editor, target, { parts, pictures }) {
    const child = findChild(editor);
    const types = child?.sequence.blockDef.childBlockDefsByName ?? {};
    const may = { heading: "heading" in types, table: "table" in types, text: child?.type };
    const segments = split(parts, child ? may : {});
    let last = null;
    if (segments.length > 1 || segments[0]?.kind === "heading" || segments[0]?.kind === "table") {
      last = putBlocks(child, target, segments, may);
    } else if (segments.length) insertText(target, segments[0].parts);
    say(editor, last, report(parts, pictures, may));
  }

  // In the place of what is selected, in the order in which it was copied: what stood behind the
  // cursor comes after the last block.
  function putBlocks(child, target, segments, may) {
    const startsWithText = segments[0].kind === "text";
    const endsWithText = segments.at(-1).kind === "text";
    const { before, after, moves } = cut(child.block.getState(), startsWithText, endsWithText);
    let tail = null;
    if (hasText(after)) {
      child.sequence.splitBlock(child.index, before, after, moves);
      tail = child.sequence.children[child.index + 1];
    } else child.block.setState(before);
    if (startsWithText) insertText(target, segments[0].parts);
    if (tail && endsWithText) insertText(contentOf(tail.element), segments.at(-1).parts);
    const between = segments.slice(startsWithText ? 1 : 0, tail && endsWithText ? -1 : undefined);
    const made = between.map((segment, at) => child.sequence.insert(toBlock(segment, may), child.index + 1 + at));
    if (!startsWithText && !hasText(before)) child.sequence.deleteBlock(child.index);
    return made.at(-1);
  }

  // The text before and after the selection; no empty line is left where a block is put.
  function cut(state, keepsEnd, keepsStart) {
    const selection = state.getSelection();
    const { stateBefore } = splitAt(state, selection.getStartKey(), selection.getStartOffset());
    const { stateAfter, shouldMoveCommentFn } = splitAt(state, selection.getEndKey(), selection.getEndOffset());
    const before = keepsEnd ? stateBefore : withoutEmpty(stateBefore, "last", "butLast");
    const after = keepsStart ? stateAfter : withoutEmpty(stateAfter, "first", "rest");
    return { before: state.constructor.moveSelectionToEnd(before), after, moves: shouldMoveCommentFn };
  }

  function splitAt(state, key, offset) {
    return window.draftail.splitState(state.constructor.acceptSelection(state, cursorAt(state, key, offset)));
  }

  function cursorAt(state, key, offset) {
    return state.getSelection().merge({ anchorKey: key, anchorOffset: offset, focusKey: key, focusOffset: offset, isBackward: false });
  }

  function withoutEmpty(state, edge, others) {
    const content = state.getCurrentContent();
    const lines = content.getBlockMap();
    if (lines.size === 1 || lines[edge]().getLength()) return state;
    const blockMap = lines[others]();
    const selectionAfter = cursorAt(state, blockMap.first().getKey(), 0);
    return state.constructor.push(state, content.merge({ blockMap, selectionAfter }), "remove-range");
  }

  function hasText(state) {
    return state.getCurrentContent().hasText();
  }

  function contentOf(element) {
    return element.querySelector(".public-DraftEditor-content");
  }

  // Parts that stay in the text, and between them those that become blocks.
  function split(parts, may) {
    const segments = [];
    for (const part of parts) {
      if (part.type === "table" && may.table) segments.push({ kind: "table", part });
      else if (part.type === 1 && may.heading) segments.push({ kind: "heading", part });
      else {
        if (segments.at(-1)?.kind !== "text") segments.push({ kind: "text", parts: [] });
        segments.at(-1).parts.push(...(part.type === "table" ? asLines(part) : [inText(part, may)]));
      }
    }
    return segments;
  }

  function inText(part, may) {
    if (typeof part.type !== "number") return part;
    const level = may.heading ? part.type + 1 : part.type + 2;
    return { ...part, type: `h${Math.min(level, 4)}` };
  }

  // Where no table can stand, its rows become list items that can be read.
  function asLines(table) {
    return table.rows.map((row) => ({
      type: "ul",
      depth: 0,
      runs: row.filter((cell) => cell.length).flatMap((cell, at) => (at ? [{ text: " · ", bold: false, href: "" }, ...cell] : cell)),
    }));
  }

  function insertText(target, parts) {
    const data = new DataTransfer();
    data.setData("text/html", toHtml(parts));
    data.setData("text/plain", parts.map((part) => plain(part.runs)).join("\n"));
    const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
    ours.add(event);
    target.dispatchEvent(event);
  }

  function toHtml(parts) {
    const root = document.createElement("div");
    const lists = [];
    for (const part of parts) {
      const isItem = part.type === "ul" || part.type === "ol";
      const depth = isItem ? part.depth + 1 : 0;
      while (lists.length > depth || (lists.length === depth && depth && lists.at(-1).localName !== part.type)) lists.pop();
      while (lists.length < depth) {
        const list = document.createElement(part.type);
        (lists.at(-1)?.lastElementChild ?? lists.at(-1) ?? root).append(list);
        lists.push(list);
      }
      const element = document.createElement(isItem ? "li" : part.type);
      element.append(...part.runs.map(toNode));
      (lists.at(-1) ?? root).append(element);
    }
    return root.innerHTML;
  }

  function toNode(run) {
    let node = document.createDocumentFragment();
    run.text.split("\n").forEach((line, at) => node.append(...(at ? [document.createElement("br"), line] : [line])));
    for (const [name, wanted] of [["strong", run.bold], ["a", run.href]]) {
      if (!wanted) continue;
      const around = document.createElement(name);
      if (name === "a") around.setAttribute("href", run.href);
      around.append(node);
      node = around;
    }
    return node;
  }

  function toBlock(segment, may) {
    if (segment.kind === "heading") return { type: "heading", value: plain(segment.part.runs), id: null };
    if (segment.kind === "table") return { type: "table", value: toTable(segment.part), id: null };
    return { type: may.text, value: toRaw(segment.parts), id: null };
  }

  // The first row names the columns; a column with links takes texts with links.
  function toTable({ rows, caption }) {
    const [head, ...body] = rows;
    const types = head.map((_cell, x) => (body.some((row) => row[x].some((run) => run.href)) ? "rich_text" : "text"));
    const value = (cell, x) => (types[x] === "text" ? plain(cell) : toRaw([{ type: "p", depth: 0, runs: cell }]));
    return {
      columns: head.map((cell, x) => ({ type: types[x], heading: plain(cell) })),
      rows: body.map((row) => ({ values: row.map(value) })),
      caption,
    };
  }

  // Draft.js' own form of a text.
  function toRaw(parts) {
    const names = { p: "unstyled", ul: "unordered-list-item", ol: "ordered-list-item", h2: "header-two", h3: "header-three", h4: "header-four" };
    const entityMap = {};
    const blocks = parts.map((part) => {
      const block = { text: "", type: names[part.type], depth: part.depth ?? 0, inlineStyleRanges: [], entityRanges: [], data: {} };
      for (const run of part.runs) {
        const range = { offset: block.text.length, length: run.text.length };
        if (run.bold) block.inlineStyleRanges.push({ ...range, style: "BOLD" });
        if (run.href) {
          const key = Object.keys(entityMap).length;
          entityMap[key] = { type: "LINK", mutability: "MUTABLE", data: { url: run.href } };
          block.entityRanges.push({ ...range, key });
        }
        block.text += run.text;
      }
      return block;
    });
    return JSON.stringify({ blocks, entityMap });
  }

  // The innermost block of a StreamField that holds the editor. Wagtail hangs the whole field's
  // block at the element it was drawn into.
  function findChild(editor) {
    let place = editor;
    while (place && !place.rootBlock) place = place.parentElement;
    return place ? search(place.rootBlock, editor) : null;
  }

  function search(block, editor) {
    for (const child of block.children ?? []) {
      if (!child.element?.contains(editor)) continue;
      const inner = search(child.block, editor);
      if (inner) return inner;
      const isText = !child.block.children && !child.block.childBlocks;
      return isText && child.sequence.blockDef.childBlockDefsByName ? child : null;
    }
    for (const inner of Object.values(block.childBlocks ?? {})) {
      const found = search(inner, editor);
      if (found) return found;
    }
    return null;
  }

  function report(parts, pictures, may) {
    const tables = parts.filter((part) => part.type === "table").length;
    const told = [];
    if (tables) told.push(may.table ? words.tables : words.tablesAsLines);
    if (may.heading && parts.some((part) => part.type === 1)) told.push(words.headings);
    if (pictures) told.push(words.pictures);
    return told;
  }

  function say(editor, last, told) {
    for (const old of document.querySelectorAll(".paste-report")) old.remove();
    if (!told.length) return;
    const place = document.createElement("div");
    place.className = "paste-report";
    place.setAttribute("role", "status");
    const list = document.createElement("ul");
    for (const line of told) list.append(Object.assign(document.createElement("li"), { textContent: line }));
    place.append(list);
    const box = editor.isConnected ? editor.closest("[data-field-wrapper], .w-field__wrapper") ?? editor : last?.element;
    box?.after(place);
  }
})();
