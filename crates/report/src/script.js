// Zoom, cursor and toggles for the waveform figures. The page is complete without this.
(() => {
  "use strict";
  const COLUMNS = 1000, WIDTH = 10000, PITCH = 17, GAP = -32768, loaded = {};
  // Traces come as [start, rate, middle, step, codes]: value = middle + step × code.
  const load = id => loaded[id] ??= JSON.parse(document.getElementById(id).textContent).map(
    ([start, rate, middle, step, text]) => {
      const codes = new Int16Array(Uint8Array.from(atob(text), c => c.charCodeAt(0)).buffer);
      const value = i => i >= 0 && i < codes.length && codes[i] !== GAP ? middle + step * codes[i] : NaN;
      return { start, end: start + codes.length / rate, rate, length: codes.length, value };
    });
  const clamp = (v, low, high) => Math.min(Math.max(v, low), high);
  const percent = place => +(100 * place).toFixed(2) + "%";
  const minus = text => text.replace("-", "−");
  const set = (node, values) => Object.entries(values).forEach(([key, value]) => node.setAttribute(key, value));
  const figures = v => !Number.isFinite(v) ? "no value" : minus(
    Math.abs(v) >= 1000 ? v.toFixed(0) : v && Math.abs(v) < 1e-3 ? v.toExponential(2) : v.toPrecision(3));
  const stepFor = (span, target) => {
    const rough = span / target, power = 10 ** Math.floor(Math.log10(rough)), r = rough / power;
    return power * (r < 1.5 ? 1 : r < 3.5 ? 2 : r < 7.5 ? 5 : 10);
  };
  const ticks = (low, high, step) => {
    const list = [];
    const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
    for (let k = Math.ceil(low / step - 1e-6); k <= Math.floor(high / step + 1e-6); k++) {
      list.push({ place: (k * step - low) / (high - low), text: minus((k * step || 0).toFixed(decimals)) });
    }
    return list;
  };
  // Round limits around the extremes, so that the scale stays put while the view moves a little.
  const around = (low, high) => {
    if (low > high) return [0, 1, 0.2];
    const size = Math.max(Math.abs(low), Math.abs(high)), half = size > 1e-12 ? 0.05 * size : 0.5;
    if (high - low <= 1e-6 * size || high === low) [low, high] = [low - half, high + half];
    const step = stepFor(high - low, 3);
    return [Math.floor(low / step + 1e-6) * step, Math.ceil(high / step - 1e-6) * step, step];
  };
  // The samples that a view needs: all of them, or the extremes of each column and its gap.
  const sift = (trace, from, to) => {
    const first = clamp(Math.floor((from - trace.start) * trace.rate), 0, trace.length);
    const last = clamp(Math.ceil((to - trace.start) * trace.rate) + 1, first, trace.length);
    const count = last - first, dense = count > 2 * COLUMNS, kept = [];
    if (!dense) for (let i = first; i < last; i++) kept.push(i);
    else for (let c = 0; c < COLUMNS; c++) {
      const end = first + Math.floor((c + 1) * count / COLUMNS);
      let least = -1, most = -1, gap = -1;
      for (let i = first + Math.floor(c * count / COLUMNS); i < end; i++) {
        const v = trace.value(i);
        if (Number.isNaN(v)) gap = i;
        else if (least < 0) least = most = i;
        else if (v < trace.value(least)) least = i;
        else if (v > trace.value(most)) most = i;
      }
      kept.push(...[least, most, gap].filter(i => i >= 0).sort((a, b) => a - b));
    }
    return { kept, dense };
  };
  const path = (trace, kept, x, y) => {
    let out = "", length = 0;
    const lift = () => { if (length === 1) out += "h0"; length = 0; };
    for (const i of kept) {
      const v = trace.value(i);
      if (Number.isNaN(v)) lift();
      else out += `${length++ ? " " : "M"}${Math.round(x(trace.start + i / trace.rate))} ${Math.round(y(v))}`;
    }
    lift();
    return out;
  };

  const setUp = figure => {
    const { source, from, to, seconds, unit } = figure.dataset, stack = figure.querySelector(".stack");
    const home = { from: +from, to: +to }, view = { ...home };
    const traces = load(source).filter(trace => trace.length), finest = Math.max(...traces.map(t => t.rate));
    const start = Math.min(home.from, ...traces.map(t => t.start)), end = Math.max(home.to, ...traces.map(t => t.end));
    let cursor = NaN, queued = false, grip = null, talk;
    const span = () => view.to - view.from;
    const place = t => (t - view.from) / span();
    const time = t => `${minus((t / seconds).toFixed(span() > 20 * seconds ? 1 : 2))} ${unit}`;
    const panels = [...stack.querySelectorAll(".panel")].map(element => {
      const svg = element.querySelector("svg.chart");
      svg.insertAdjacentHTML("beforeend", `<rect class="brush off" y="0" height="100%"/>
        <line class="cursor off" y1="0" y2="100%"/>`);
      return {
        svg, height: +svg.getAttribute("height"), title: svg.querySelector("title").textContent,
        unit: element.querySelector(".unit")?.textContent ?? "", reading: element.querySelector(".reading"),
        rungs: svg.querySelector(".rungs"), posts: svg.querySelector(".posts"),
        keys: [...element.querySelectorAll(".key li")],
        paths: [...svg.querySelectorAll("path[data-trace]")].map(node => (
          { node, name: node.dataset.name, trace: load(source)[+node.dataset.trace], shown: true })),
        brush: svg.querySelector(".brush"), line: svg.querySelector(".cursor"),
      };
    });
    const tools = document.createElement("div"), hint = document.createElement("p");
    tools.className = "tools";
    tools.innerHTML = "Earlier ◀,Later ▶,Zoom out −,Zoom in +,Reset Reset".split(",").map(text => {
      const name = text.slice(0, text.lastIndexOf(" ")), sign = text.slice(name.length + 1);
      return `<button type="button" aria-label="${name}" title="${name}">${sign}<\/button>`;
    }).join("") + `<span class="now"><\/span><span class="unseen" aria-live="polite"><\/span>`;
    stack.before(tools);
    set(hint, { class: "hint", id: `${source}-${from}-hint` });
    hint.textContent = "Drag to zoom in, double-click to reset; once the picture has the focus, turn the wheel, or "
      + "use the keys: ← or → moves, + or − zooms, Home and End jump, 0 resets, Shift with ← or → reads values.";
    figure.append(hint);
    const [now, live] = tools.querySelectorAll("span");
    const say = text => { clearTimeout(talk); talk = setTimeout(() => { live.textContent = text; }, 200); };

    const drawPanel = panel => {
      for (const p of panel.paths) p.sifted = p.shown ? sift(p.trace, view.from, view.to) : { kept: [] };
      const seen = panel.paths.flatMap(p => p.sifted.kept.map(p.trace.value)).filter(Number.isFinite);
      const [low, high, step] = around(Math.min(...seen), Math.max(...seen));
      const y = v => 10 * panel.height * (high - v) / (high - low), x = t => WIDTH * place(t);
      panel.rungs.innerHTML = ticks(low, high, step).map(tick => {
        const at = +(panel.height * (1 - tick.place)).toFixed(2);
        return `<line x1="0" x2="100%" y1="${at}" y2="${at}"/><text x="-8" y="${at}" dy=".35em">${tick.text}<\/text>`;
      }).join("");
      for (const p of panel.paths) {
        const { kept, dense } = p.sifted;
        p.node.setAttribute("d", path(p.trace, kept, x, y));
        p.node.classList.toggle("dense", Boolean(dense));
        const tail = kept.slice(-Math.ceil(kept.length / 20)).map(p.trace.value).filter(Number.isFinite);
        p.end = tail.length ? y((Math.min(...tail) + Math.max(...tail)) / 2) / 10 : panel.height / 2;
      }
      // Names beside their lines, moved apart where they would overlap.
      const order = panel.keys.map((li, k) => ({ li, y: panel.paths[k].end })).sort((a, b) => a.y - b.y);
      let above = -Infinity, below = panel.height + PITCH / 2;
      for (const name of order) above = name.y = Math.max(name.y, above + PITCH);
      for (const name of order.reverse()) {
        name.y = Math.min(name.y, below);
        below = name.y - PITCH;
        name.li.style.top = name.y + "px";
      }
    };
    const drawMark = node => {
      const from = +node.dataset.from, to = +node.dataset.to, left = clamp(place(from), 0, 1);
      const x = percent(left), flip = left + +node.dataset.width > 1;
      node.classList.toggle("off", to < view.from || from > view.to);
      if (node.tagName === "rect") set(node, { x, width: percent(clamp(place(to), 0, 1) - left) });
      else if (node.tagName === "line") set(node, { x1: x, x2: x });
      else set(node, { x, dx: flip ? -5 : 5, "text-anchor": flip ? "end" : "start" });
    };
    // Draws the cursor and returns in words what it reads.
    const drawCursor = () => {
      const seen = cursor >= view.from && cursor <= view.to, x = seen ? percent(place(cursor)) : 0;
      now.textContent = seen ? time(cursor) : `${time(view.from)} to ${time(view.to)}`;
      return `${time(cursor)}: ` + panels.map(panel => {
        panel.line.classList.toggle("off", !seen);
        set(panel.line, { x1: x, x2: x });
        const shown = panel.paths.filter(p => p.shown).map(({ trace, name }) => (
          { name, value: figures(trace.value(Math.round((cursor - trace.start) * trace.rate))) }));
        const text = shown.map(s => shown.length > 1 ? `${s.name} ${s.value}` : s.value).join(" · ");
        panel.reading.textContent = seen ? text : "";
        return `${panel.title} ${text} ${panel.unit}`;
      }).join("; ");
    };
    const draw = () => {
      queued = false;
      const posts = ticks(view.from / seconds, view.to / seconds, stepFor(span() / seconds, 6))
        .map(t => ({ x: percent(t.place), text: t.text }));
      const lines = posts.map(({ x }) => `<line x1="${x}" x2="${x}" y1="0" y2="100%"/>`).join("");
      for (const panel of panels) {
        drawPanel(panel);
        panel.posts.innerHTML = lines;
      }
      stack.querySelector(".post-labels").innerHTML =
        posts.map(({ x, text }) => `<text x="${x}" y="14">${text}<\/text>`).join("");
      stack.querySelectorAll("svg [data-from]").forEach(drawMark);
      drawCursor();
    };
    const redraw = () => { if (!queued) queued = Boolean(requestAnimationFrame(draw)); };
    const show = (from, to, quiet) => {
      const wide = clamp(to - from, Math.min(8 / finest, end - start), end - start);
      view.from = clamp((from + to - wide) / 2, start, end - wide);
      view.to = view.from + wide;
      redraw();
      if (!quiet) say(`Showing ${time(view.from)} to ${time(view.to)}`);
    };
    const pan = (part, quiet) => show(view.from + part * span(), view.to + part * span(), quiet);
    const zoom = (factor, about) => {
      if (!(about >= view.from && about <= view.to)) about = (view.from + view.to) / 2;
      show(about - (about - view.from) * factor, about + (view.to - about) * factor);
    };
    const reset = () => show(home.from, home.to);
    const moveCursor = sign => {
      const sample = 1 / finest, by = sign * sample * Math.max(1, Math.round(span() / 200 / sample));
      const to = cursor >= view.from && cursor <= view.to ? cursor + by : (view.from + view.to) / 2;
      cursor = clamp(start + Math.round((to - start) / sample) * sample, start, end - sample);
      if (cursor < view.from || cursor > view.to) pan(sign * 0.25, true);
      say(drawCursor());
    };
    const hide = () => { cursor = NaN; drawCursor(); };
    const actions = [() => pan(-0.25), () => pan(0.25), () => zoom(2, cursor), () => zoom(0.5, cursor), reset];
    tools.querySelectorAll("button").forEach((button, k) => button.addEventListener("click", actions[k]));
    const keys = {
      ArrowLeft: actions[0], ArrowRight: actions[1], "-": actions[2], "+": actions[3], "=": actions[3], 0: reset,
      Home: () => show(start, start + span()), End: () => show(end - span(), end), Escape: hide,
    };
    const readers = { ArrowLeft: () => moveCursor(-1), ArrowRight: () => moveCursor(1) };
    set(stack, { tabindex: 0, role: "application", "aria-describedby": hint.id,
      "aria-label": "Waveforms, to be explored with the keyboard" });
    stack.addEventListener("keydown", event => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.target !== stack) return;
      const act = event.shiftKey && readers[event.key] || keys[event.key];
      if (act) event.preventDefault();
      act?.();
    });

    const timeAt = event => {
      const box = panels[0].svg.getBoundingClientRect();
      return view.from + span() * clamp((event.clientX - box.left) / box.width, 0, 1);
    };
    const brush = (a, b) => panels.forEach(panel => set(panel.brush,
      { class: b > a ? "brush" : "brush off", x: percent(place(a)), width: percent(place(b) - place(a)) }));
    const release = event => {
      const to = timeAt(event), dragged = grip && Math.abs(event.clientX - grip.x) > 8;
      if (dragged && event.type === "pointerup") show(Math.min(grip.time, to), Math.max(grip.time, to));
      grip = null;
      brush(0, 0);
    };
    stack.addEventListener("wheel", event => {
      if (!event.ctrlKey && document.activeElement !== stack) return;
      event.preventDefault();
      if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) pan(event.deltaX / 1000);
      else zoom(1.002 ** clamp(event.deltaY, -300, 300), timeAt(event));
    }, { passive: false });
    stack.addEventListener("pointerdown", event => {
      if (event.button || event.target.closest("button")) return;
      grip = { time: timeAt(event), x: event.clientX };
      stack.setPointerCapture(event.pointerId);
    });
    stack.addEventListener("pointermove", event => {
      cursor = timeAt(event);
      if (grip) brush(Math.min(grip.time, cursor), Math.max(grip.time, cursor));
      drawCursor();
    });
    stack.addEventListener("pointerup", release);
    stack.addEventListener("pointercancel", release);
    stack.addEventListener("pointerleave", hide);
    stack.addEventListener("dblclick", reset);
    panels.forEach(panel => panel.keys.forEach((li, k) => {
      li.innerHTML = `<button type="button" aria-pressed="true">${li.innerHTML}<\/button>`;
      li.firstChild.addEventListener("click", () => {
        panel.paths[k].shown = !panel.paths[k].shown;
        set(li.firstChild, { "aria-pressed": panel.paths[k].shown });
        redraw();
      });
    }));
    drawCursor();
  };
  document.querySelectorAll("figure.waves").forEach(setUp);
})();
