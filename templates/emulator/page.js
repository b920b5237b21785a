// Text from the service only ever becomes text nodes: nothing here builds HTML from it.

const by = (id) => document.getElementById(id);
const state = { chosen: null, call: null, resource: null, account: null, parents: [], index: null, faults: [], seen: "" };

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

async function ask(method, path, body) {
  const headers = {};
  const token = sessionStorage.getItem("trunkline-admin");
  if (token) headers["X-Trunkline-Admin"] = token;
  const answer = await fetch(path, {
    method, headers, body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (answer.status === 403 && !ask.refused) {
    ask.refused = true;
    const given = prompt("Admin token");
    if (given) {
      sessionStorage.setItem("trunkline-admin", given);
      ask.refused = false;
      return ask(method, path, body);
    }
  }
  const text = await answer.text();
  const value = text ? JSON.parse(text) : null;
  if (!answer.ok) throw new Error(value?.error ?? `status ${answer.status}`);
  return value;
}

async function attempt(work) {
  try {
    await work();
    by("message").textContent = "";
  } catch (error) {
    by("message").textContent = error.message;
  }
}

async function refresh() {
  state.index = await ask("GET", "./");
  const { api, version, base, clock, accounts, objects, defects } = state.index;
  document.title = `${api} emulator`;
  by("title").textContent = `${api} ${version}`;
  by("base").textContent = `serves ${base || "/"}`;
  by("clock").textContent = `clock ${new Date(clock).toISOString().slice(0, 19)}Z`;
  by("defects").textContent = defects.length ? `· defects: ${defects.join(", ")}` : "";
  if (by("account").children.length === 0) {
    by("account").append(...accounts.map((name) => element("option", { textContent: name })));
  }
  state.account = by("account").value;
  state.resource ??= Object.keys(objects)[0] ?? null;
  by("resources").replaceChildren(...Object.entries(objects).map(([name, counts]) => {
    const button = element("button", { type: "button", textContent: `${name} (${counts[state.account]})` });
    button.dataset.resource = name;
    button.setAttribute("aria-pressed", String(name === state.resource));
    button.onclick = () => { state.resource = name; state.parents = []; choose(); askForParents(); attempt(refresh); };
    return element("li", {}, button);
  }));
  await Promise.all([showObjects(), showRequests(), showFaults()]);
}

function askForParents() {
  const names = state.index.parents[state.resource] ?? [];
  by("parents").hidden = names.length === 0;
  by("parents").replaceChildren(...names.map((name, number) => {
    const input = element("input", { name, required: true });
    input.onchange = () => { state.parents[number] = input.value; attempt(showObjects); };
    return element("label", {}, `${name} `, input);
  }));
}

async function showObjects() {
  const wanted = state.index.parents[state.resource] ?? [];
  const given = state.parents.filter(Boolean);
  let kept = { objects: [], ids: [] };
  if (state.resource && given.length === wanted.length) {
    const query = new URLSearchParams([["account", state.account], ...given.map((p) => ["parent", p])]);
    query.append("ids", "true");
    kept = await ask("GET", `objects/${encodeURIComponent(state.resource)}?${query}`);
  }
  const { objects } = kept;
  const columns = [...new Set(objects.flatMap((object) => Object.keys(object)))];
  const table = by("objects");
  table.tHead.replaceChildren(element("tr", {}, ...columns.map((c) => element("th", { textContent: c }))));
  table.tBodies[0].replaceChildren(...objects.slice(0, 200).map((object) => {
    const row = element("tr", { tabIndex: 0 }, ...columns.map((column) => {
      const value = object[column];
      const text = typeof value === "string" ? value : JSON.stringify(value) ?? "";
      return element("td", { textContent: text, title: text });
    }));
    row.onclick = () => choose(object, kept.ids[objects.indexOf(object)]);
    row.onkeydown = ({ key }) => { if (key === "Enter") row.onclick(); };
    return row;
  }));
  by("none").textContent = objects.length === 0 ? "nothing yet"
    : objects.length > 200 ? `and ${objects.length - 200} more` : "";
}

// The object in the text field: what is saved or deleted.
function choose(object, id) {
  state.chosen = id ?? null;
  by("chosen").textContent = id ?? "";
  by("save").disabled = by("forget").disabled = id === undefined;
  if (object !== undefined) by("document").value = JSON.stringify(object, null, 2);
}

function about(more) {
  return { account: state.account, parents: state.parents.filter(Boolean), ...more };
}

async function change(method) {
  const object = JSON.parse(by("document").value || "{}");
  const id = method === "PUT" ? { id: state.chosen } : {};
  const made = await ask(method, `objects/${encodeURIComponent(state.resource)}`, about({ object, ...id }));
  if (method === "PUT") choose(made, state.chosen);
  await refresh();
}

async function forget() {
  const query = new URLSearchParams([["account", state.account], ["id", state.chosen],
    ...state.parents.filter(Boolean).map((p) => ["parent", p])]);
  await ask("DELETE", `objects/${encodeURIComponent(state.resource)}?${query}`);
  choose();
  await refresh();
}

// A call as it would be sent: what the fields hold now.
function composed() {
  const { method, path, headers, query, body } = state.call;
  const sent = { headers: Object.fromEntries(headers), path, query: new URLSearchParams(query) };
  for (const input of by("parameters").querySelectorAll("input")) {
    const { place, name } = input.dataset;
    if (place === "path") sent.path = sent.path.replace(`{${name}}`, encodeURIComponent(input.value));
    else if (input.value === "") continue;
    else if (place === "header") sent.headers[name] = input.value;
    else if (place !== "cookie") sent.query.append(name, input.value);
  }
  const text = by("body").value;
  if (body && text) sent.headers["Content-Type"] = body.media_type;
  const asked = sent.query.toString();
  const url = new URL(sent.path + (asked ? `?${asked}` : ""), location.origin).href;
  return { method, url, headers: sent.headers, body: body && text ? text : undefined };
}

async function prepare() {
  const query = new URLSearchParams([["account", state.account ?? ""]]);
  state.call = await ask("GET", `operations/${encodeURIComponent(by("operation").value)}?${query}`);
  by("parameters").replaceChildren(...state.call.parameters.map((p) => {
    const input = element("input", { value: p.value, required: p.required && p.in === "path" });
    Object.assign(input.dataset, { place: p.in, name: p.name });
    return element("label", {}, `${p.name}${p.required ? " *" : ""} `, input);
  }));
  by("body-label").hidden = !state.call.body;
  by("body").value = state.call.body?.text ?? "";
  by("response").hidden = true;
}

async function send() {
  const { method, url, headers, body } = composed();
  const response = await fetch(url, { method, headers, body });
  const shown = [...response.headers].map(([name, value]) => `${name}: ${value}`);
  let text = await response.text();
  try { text = JSON.stringify(JSON.parse(text), null, 2); } catch { /* not JSON: as it is */ }
  by("response").textContent = [`${response.status} ${response.statusText}`, ...shown, "", text].join("\n");
  by("response").hidden = false;
  await refresh();
}

function curl() {
  const quote = (text) => `'${text.replaceAll("'", "'\\''")}'`;
  const { method, url, headers, body } = composed();
  return ["curl", ...(method === "GET" ? [] : ["-X", method]), quote(url),
    ...Object.entries(headers).flatMap(([name, value]) => ["-H", quote(`${name}: ${value}`)]),
    ...(body === undefined ? [] : ["-d", quote(body)])].join(" ");
}

async function python() {
  const parameters = [...by("parameters").querySelectorAll("input")].map((input) =>
    ({ in: input.dataset.place, name: input.dataset.name, value: input.value }));
  const body = state.call.body ? by("body").value : "";
  const path = `operations/${encodeURIComponent(by("operation").value)}`;
  return (await ask("POST", path, { parameters, body })).python;
}

async function showRequests() {
  const requests = (await ask("GET", "requests")).reverse();
  const shown = requests.filter((r) => !by("refused").checked || r.status >= 400).slice(0, 200);
  const seen = JSON.stringify([shown.length, shown[0], by("refused").checked]);
  if (seen === state.seen) return;
  state.seen = seen;
  by("requests").replaceChildren(...shown.map((request) => {
    const path = request.path + (request.query ? `?${request.query}` : "");
    const status = element("b", { textContent: request.status, className: request.status < 400 ? "good" : "bad" });
    const lines = [
      ...request.headers.map(([name, value]) => `${name}: ${value}`),
      ...(request.body ? ["", request.body] : []),
      ...(request.answer ? ["", `answered ${request.status}`, request.answer] : []),
    ];
    return element("li", {}, element("details", {},
      element("summary", {}, `${request.at.slice(11, 19)} `, status, ` ${request.method} ${path}`),
      element("pre", { textContent: lines.join("\n") })));
  }));
}

// What the server does wrong on purpose, and what else it could.
async function showDefects(change) {
  const known = change === undefined ? await ask("GET", "defects") : await ask("PUT", "defects", change);
  const given = known.filter(({ on }) => on).map(({ id }) => id);
  if (change !== undefined) await refresh();
  by("mistakes").replaceChildren(...known.filter(({ on }) => on).map(({ id, does }) => {
    const off = element("button", { type: "button", textContent: "Switch off" });
    off.onclick = () => attempt(() => showDefects(given.filter((other) => other !== id)));
    return element("li", {}, element("span", { textContent: `${id}: ${does}` }), off);
  }));
  const chosen = by("mistake").value;
  by("mistake").replaceChildren(...known.filter(({ on }) => !on).map(({ id, does }) =>
    element("option", { value: id, title: does, textContent: id, selected: id === chosen })));
  const tell = () => { by("does").textContent = by("mistake").selectedOptions[0]?.title ?? ""; };
  by("mistake").onchange = tell;
  tell();
  by("defect").onsubmit = (event) => {
    event.preventDefault();
    attempt(() => showDefects([...given, by("mistake").value]));
  };
}

async function showFaults() {
  state.faults = await ask("GET", "faults");
  by("faults").replaceChildren(...state.faults.map((fault, number) => {
    const off = element("button", { type: "button", textContent: "Switch off" });
    off.onclick = () => attempt(async () => {
      await ask("PUT", "faults", state.faults.filter((_, n) => n !== number).map(rule));
      await showFaults();
    });
    const what = [fault.kind, fault.kind === "status" ? fault.status : "",
      fault.kind === "latency" ? `${fault.seconds} s` : "", fault.method, fault.path,
      fault.probability < 1 ? `with probability ${fault.probability}` : "",
      fault.times ? `at most ${fault.times}×` : "", `— struck ${fault.hits}×`];
    return element("li", {}, element("span", { textContent: what.filter(Boolean).join(" ") }), off);
  }));
}

// A rule as it is sent: what has been counted and what is not set stay out.
function rule({ hits, ...rest }) {
  return Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null));
}

by("account").onchange = () => { choose(); attempt(async () => { await refresh(); await prepare(); }); };
by("object").onsubmit = (event) => { event.preventDefault(); attempt(() => change("POST")); };
by("save").onclick = () => attempt(() => change("PUT"));
by("forget").onclick = () => attempt(forget);
by("operation").onchange = () => attempt(prepare);
by("anew").onclick = () => attempt(prepare);
by("call").onsubmit = (event) => { event.preventDefault(); attempt(send); };
by("copy").onclick = () => attempt(() => navigator.clipboard.writeText(curl()));
by("copy-python").onclick = () => attempt(async () => navigator.clipboard.writeText(await python()));
by("refused").onchange = () => attempt(showRequests);
by("reset").onclick = () => attempt(async () => { await ask("POST", "reset"); await refresh(); });
by("clear").onclick = () => attempt(async () => { await ask("DELETE", "requests"); await showRequests(); });
by("fault").elements.kind.onchange = ({ target }) => {
  for (const label of by("fault").querySelectorAll("[data-kind]")) {
    label.hidden = label.dataset.kind !== target.value;
  }
};
by("fault").onsubmit = (event) => {
  event.preventDefault();
  const made = {};
  for (const input of event.target.elements) {
    if (!input.name || input.value === "" || input.closest("[data-kind][hidden]")) continue;
    made[input.name] = input.type === "number" ? Number(input.value) : input.value;
  }
  attempt(async () => {
    await ask("PUT", "faults", [...state.faults.map(rule), made]);
    await showFaults();
  });
};

attempt(async () => {
  await refresh();
  askForParents();
  by("operation").replaceChildren(...(await ask("GET", "operations")).map(({ id, method, path }) =>
    element("option", { value: id, textContent: `${method} ${path}` })));
  if (by("operation").value) await prepare();
  await showDefects();
});
setInterval(() => { if (!document.hidden) attempt(refresh); }, 2000);
