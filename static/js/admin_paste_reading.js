// What a person copied in 한글, Word, Naver, Google Docs or on a page, read as plain parts:
// paragraphs, headings, list items and tables made of runs of text. Fonts, colours and sizes,
// scripts and pictures stay behind. Pure: it looks at nothing but the HTML it is given.
(() => {
  const DROPPED = "style, script, meta, link, title, xml, iframe, object, embed, svg, math, input, button, select, textarea, noscript, template";
  const BLOCKS = new Set("P DIV LI UL OL TABLE BLOCKQUOTE H1 H2 H3 H4 H5 H6 SECTION ARTICLE HEADER FOOTER MAIN ASIDE NAV FIGURE FIGCAPTION DL DT DD PRE HR BODY CENTER ADDRESS TR TD TH TBODY".split(" "));
  const SAFE_LINK = /^(https?:|mailto:|tel:)/i;
  const WORD_NUMBER = /^\s*\(?(\d{1,3}|[a-z]{1,4}|[가-하])[.)]/i;
  const BULLET = /^\s*[○●❍◯•·ㆍ∙▪◦]\s*/;
  const DASH = /^\s*[-–]\s+/;

  function read(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    const names = styleNames(page);
    const pictures = page.querySelectorAll("img, v\\:imagedata").length;
    for (const node of page.querySelectorAll(DROPPED)) node.remove();
    const reader = { parts: [], line: null, names, fromHwp: names.size > 0 || !!page.querySelector("[class^=HStyle]") };
    readChildren(page.body, reader, {});
    closeLine(reader);
    const parts = reader.fromHwp ? listsOfHwp(reader.parts) : reader.parts;
    return { parts: oneKindPerList(rankHeadings(parts)), pictures };
  }

  // 한글 names its styles in the sheet: .HStyle2 {style-name:"개요 1"; …}
  function styleNames(page) {
    const names = new Map();
    for (const sheet of page.querySelectorAll("style")) {
      for (const [, name, words] of sheet.textContent.matchAll(/\.(HStyle\d+)\b[^{]*\{[^}]*style-name:\s*"([^"]+)"/g)) {
        names.set(name, words);
      }
    }
    return names;
  }

  function readChildren(node, reader, state) {
    for (const child of node.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) addText(child.nodeValue, reader, state);
      else if (child.nodeType === Node.ELEMENT_NODE) readElement(child, reader, state);
    }
  }

  function readElement(node, reader, state) {
    const style = (node.getAttribute("style") || "").toLowerCase();
    if (/display:\s*none|mso-hide:\s*all/.test(style)) return;
    if (/mso-list:\s*ignore/.test(style)) return; // The number or bullet, written out.
    if (node.tagName === "BR") return addBreak(reader);
    if (node.tagName === "TABLE") return readTable(node, reader, state);
    if (!BLOCKS.has(node.tagName)) return readChildren(node, reader, inlineState(node, style, state));
    closeLine(reader);
    readChildren(node, reader, blockState(node, style, reader, state));
    closeLine(reader);
  }

  function inlineState(node, style, state) {
    const inner = { ...state };
    const weight = /font-weight:\s*(\w+)/.exec(style)?.[1];
    if (weight) inner.bold = weight === "bold" || weight === "bolder" || Number(weight) >= 600;
    else if (node.tagName === "B" || node.tagName === "STRONG") inner.bold = true;
    const href = node.tagName === "A" ? node.getAttribute("href") || "" : "";
    if (SAFE_LINK.test(href.trim())) inner.href = href.trim();
    return inner;
  }

  function blockState(node, style, reader, state) {
    const inner = inlineState(node, style, state);
    const list = /mso-list:\s*l\d+\s+level(\d)/.exec(style);
    if (/^H[1-6]$/.test(node.tagName)) inner.type = Number(node.tagName[1]);
    else if (node.classList.contains("MsoTitle")) inner.type = 1;
    else if (hwpLevel(node, reader)) inner.type = hwpLevel(node, reader);
    else if (node.matches(".se-sectionTitle, .se-section-sectionTitle")) inner.type = 2;
    else if (list) Object.assign(inner, { type: wordList(node), depth: Number(list[1]) - 1 });
    else if (node.tagName === "UL" || node.tagName === "OL") {
      Object.assign(inner, { list: node.tagName.toLowerCase(), depth: state.list ? (state.depth ?? 0) + 1 : 0 });
    } else if (node.tagName === "LI") inner.type = state.list || "ul";
    return inner;
  }

  function wordList(node) {
    const mark = [...node.querySelectorAll("[style]")].find((one) => /mso-list:\s*ignore/i.test(one.getAttribute("style")));
    return mark && WORD_NUMBER.test(mark.textContent) ? "ol" : "ul";
  }

  function hwpLevel(node, reader) {
    const words = reader.names.get([...node.classList].find((name) => name.startsWith("HStyle"))) || "";
    if (/^(큰 ?)?제목/.test(words)) return 1;
    const outline = /^개요 ?(\d)/.exec(words);
    return outline ? Math.min(Number(outline[1]) + 1, 6) : 0;
  }

  function addText(words, reader, state) {
    // In one form, without what only typesetting needs.
    const text = words.normalize("NFC").replace(/[\u200b\ufeff\u00ad\u2060]/g, "").replace(/[\s\u00a0]+/g, " ");
    if (!text || (text === " " && !reader.line)) return;
    const line = openLine(reader, state);
    const last = line.runs.at(-1);
    const run = { text, bold: !!state.bold && typeof line.type !== "number", href: state.href || "" };
    if (last && last.bold === run.bold && last.href === run.href) last.text += text;
    else line.runs.push(run);
  }

  function addBreak(reader) {
    const line = reader.line;
    if (!line) return;
    if (line.runs.at(-1)?.text.endsWith("\n")) {
      closeLine(reader); // An empty line between two: they are paragraphs.
    } else line.runs.push({ text: "\n", bold: false, href: "" });
  }

  function openLine(reader, state) {
    reader.line ??= { type: state.type || "p", depth: Math.min(state.depth ?? 0, 3), runs: [] };
    return reader.line;
  }

  function closeLine(reader) {
    const line = reader.line;
    reader.line = null;
    if (!line) return;
    const runs = trim(line.runs);
    if (runs.length) reader.parts.push({ ...line, runs });
  }

  function trim(runs) {
    const kept = runs.map((run) => ({ ...run, text: run.text.replace(/ *\n */g, "\n") }));
    for (const end of [0, -1]) {
      while (kept.length) {
        const run = kept.at(end);
        run.text = end ? run.text.trimEnd() : run.text.trimStart();
        if (run.text) break;
        kept.splice(end, 1);
      }
    }
    return kept.filter((run) => run.text);
  }

  // A table of one column is a box around text: in 한글 that is how titles are framed.
  function readTable(node, reader, state) {
    closeLine(reader);
    const rows = [...node.rows].filter((row) => row.closest("table") === node);
    const widest = Math.max(0, ...rows.map((row) => row.cells.length));
    if (widest < 2 || rows.length < 2) {
      for (const row of rows) for (const cell of row.cells) readChildren(cell, reader, { ...state }), closeLine(reader);
      return;
    }
    const grid = rows.map(() => []);
    rows.forEach((row, y) => {
      let x = 0;
      for (const cell of row.cells) {
        while (grid[y][x]) x += 1;
        for (let down = 0; down < Math.max(1, cell.rowSpan) && y + down < rows.length; down += 1) {
          for (let right = 0; right < Math.max(1, cell.colSpan); right += 1) {
            grid[y + down][x + right] = down || right ? [] : readCell(cell, reader);
          }
        }
      }
    });
    const width = Math.max(...grid.map((row) => row.length));
    for (const row of grid) for (let x = 0; x < width; x += 1) row[x] ??= [];
    reader.parts.push({ type: "table", caption: node.caption?.textContent.trim() || "", rows: grid });
  }

  function readCell(cell, outer) {
    const reader = { parts: [], line: null, names: outer.names };
    readChildren(cell, reader, {});
    closeLine(reader);
    const runs = [];
    for (const part of reader.parts) {
      const own = part.type === "table" ? part.rows.flat(2) : part.runs;
      if (runs.length && own.length) runs.push({ text: " ", bold: false, href: "" });
      runs.push(...own.map((run) => ({ ...run, text: run.text.replace(/\n/g, " ") })));
    }
    return runs;
  }

  // 한글 writes its lists as paragraphs that begin with a sign; a single one may mean anything.
  function listsOfHwp(parts) {
    const isItem = (part) => part?.type === "p" && BULLET.test(plain(part.runs));
    const isBelow = (part) => part?.type === "p" && DASH.test(plain(part.runs));
    const marks = parts.map((part, at) => {
      if (isItem(part)) return 0;
      let before = at - 1;
      while (isBelow(part) && isBelow(parts[before])) before -= 1;
      return isBelow(part) && isItem(parts[before]) ? 1 : null;
    });
    return parts.map((part, at) => {
      const alone = marks[at - 1] == null && marks[at + 1] == null;
      if (marks[at] == null || alone) return part;
      const [first, ...rest] = part.runs;
      const text = first.text.replace(marks[at] ? DASH : BULLET, "");
      return { ...part, type: "ul", depth: marks[at], runs: trim([{ ...first, text }, ...rest]) };
    });
  }

  // Wagtail ends a numbered list where bullets stand inside it and begins again at 1; so what is
  // inside takes the kind of what is around it.
  function oneKindPerList(parts) {
    let kind = null;
    return parts.map((part) => {
      if (part.type !== "ul" && part.type !== "ol") kind = null;
      else if (!part.depth || !kind) kind = part.type;
      return kind ? { ...part, type: kind } : part;
    });
  }

  // Whatever levels were used, the highest is 1, the next 2, all below 3.
  function rankHeadings(parts) {
    const used = [...new Set(parts.map((part) => part.type).filter((type) => typeof type === "number"))].sort();
    return parts.map((part) =>
      typeof part.type === "number" ? { ...part, type: Math.min(used.indexOf(part.type) + 1, 3) } : part,
    );
  }

  function plain(runs) {
    return runs.map((run) => run.text).join("");
  }

  window.pasteReading = { read, plain };
})();
