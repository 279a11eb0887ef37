// A story's form as plain data, and back. The shape is that of `articles.drafts.keep`.

export const LABELS = "_labels";
const LEFT_OUT = new Set(["csrfmiddlewaretoken", "base", "draft_key"]);
const COUNTED = /^(.+)-(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS$/;
const ROW = /^(.+?)-(\d+)-(.+)$/;

/** Yield the fields whose content is somebody's work. */
function* fieldsOf(form) {
  for (const field of form.elements) {
    const { name, type } = field;
    if (!name || LEFT_OUT.has(name) || name.startsWith("_") || name.includes("__prefix__")) continue;
    if (["file", "submit", "button", "reset", "image", "fieldset"].includes(type) || field.disabled) continue;
    yield field;
  }
}

/**
 * Return what a form holds: {name: value or list}, and under LABELS what its choices are called.
 *
 * @param asServed  the lines and texts as the page brought them, whatever has been typed since
 */
export function read(form, asServed = false) {
  const content = {};
  const labels = {};
  for (const field of fieldsOf(form)) {
    const many = field.type === "select-multiple" || field.type === "checkbox";
    if (many) content[field.name] ??= [];
    for (const value of valuesOf(field, asServed)) {
      if (!(field.name in content)) content[field.name] = value;
      else content[field.name] = [...[].concat(content[field.name]), value];
    }
    if (field.classList.contains("admin-autocomplete")) {
      labels[field.name] = Object.fromEntries(
        [...field.selectedOptions].filter((option) => option.value).map((option) => [option.value, option.text]),
      );
    }
  }
  content[LABELS] = labels;
  return content;
}

function valuesOf(field, asServed = false) {
  if (field.type === "checkbox" || field.type === "radio") return field.checked ? [field.value] : [];
  if (field.options) return [...field.selectedOptions].map((option) => option.value);
  return [asServed && field.type !== "hidden" ? field.defaultValue : field.value];
}

/** Return a value as one text, in which an empty field and a missing one are the same. */
export function asText(value) {
  return [].concat(value ?? []).filter(Boolean).sort().join("\n").replaceAll("\r\n", "\n").trim();
}

/** Return the names of the fields in which two contents differ. */
export function differing(one, other) {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].filter(
    (name) => name !== LABELS && !COUNTED.test(name) && asText(one[name]) !== asText(other[name]),
  );
}

/** Return under which names of the form a draft's rows go; rows without a place are made. */
function placesOfRows(form, content) {
  const places = new Map();
  for (const counter of Object.keys(content).filter((name) => name.endsWith("-TOTAL_FORMS"))) {
    const prefix = counter.match(COUNTED)[1];
    const count = (kind) => Number(form.elements[`${prefix}-${kind}_FORMS`]?.value ?? 0);
    if (!form.elements[counter]) continue;
    const saved = count("INITIAL");
    const known = new Map();
    for (let n = 0; n < saved; n += 1) known.set(form.elements[`${prefix}-${n}-id`]?.value, n);
    let next = saved;
    for (let n = 0; n < Number(content[counter]); n += 1) {
      const id = content[`${prefix}-${n}-id`];
      if (id) {
        if (known.has(id)) places.set(`${prefix}-${known.get(id)}`, `${prefix}-${n}`);
        continue;
      }
      if (next >= count("TOTAL")) addRow(form, prefix);
      if (next < count("TOTAL")) places.set(`${prefix}-${next}`, `${prefix}-${n}`);
      next += 1;
    }
    for (let n = count("TOTAL") - 1; n >= next; n -= 1) {
      document.querySelector(`#${prefix}-${n} .inline-deletelink`)?.click();
    }
  }
  return places;
}

/** Add a row by the button of its group; a group without one hears of it and adds it itself. */
function addRow(form, prefix) {
  const button = document.querySelector(`#${prefix}-group .add-row a`);
  if (button) button.click();
  else form.dispatchEvent(new CustomEvent("bulletin:add-row", { bubbles: true, detail: { prefix } }));
}

/** Give a form back what it held. */
export function restore(form, content) {
  const places = placesOfRows(form, content);
  const seen = new Map();
  for (const field of [...fieldsOf(form)]) {
    if (COUNTED.test(field.name)) continue;
    const [, prefix, row, part] = field.name.match(ROW) ?? [];
    if (part === "id") continue;
    const from = places.get(`${prefix}-${row}`);
    const isRow = prefix && form.elements[`${prefix}-TOTAL_FORMS`];
    const name = isRow ? from && `${from}-${part}` : field.name;
    if (!name || !(name in content)) continue;
    const nth = seen.get(name) ?? 0;
    seen.set(name, nth + 1);
    set(field, [].concat(content[name]), content[LABELS]?.[name] ?? {}, nth);
  }
  form.dispatchEvent(new CustomEvent("bulletin:restored", { bubbles: true }));
}

/** Put values into a field, and tell whoever listens. */
function set(field, values, labels, nth) {
  const before = asText(valuesOf(field));
  if (field.type === "checkbox" || field.type === "radio") {
    field.checked = values.includes(field.value);
  } else if (field.options) {
    for (const value of values) {
      if (value && ![...field.options].some((option) => option.value === value)) {
        // A suggestion that was chosen is an option only once it has been.
        if (field.classList.contains("admin-autocomplete")) field.add(new Option(labels[value] ?? value, value));
      }
    }
    for (const option of field.options) option.selected = values.includes(option.value);
  } else {
    field.value = values[nth] ?? values[0] ?? "";
  }
  if (asText(valuesOf(field)) === before) return;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

/** Return what a field is called in the form. */
export function labelOf(form, name) {
  const field = form.elements[name];
  const one = field instanceof RadioNodeList ? field[0] : field;
  const label = one?.labels?.[0]?.firstChild?.textContent.trim() || one?.getAttribute("aria-label");
  const [, prefix, row] = name.match(ROW) ?? [];
  const rows = prefix && document.getElementById(`${prefix}-heading`)?.textContent.trim();
  return [rows && `${rows} ${Number(row) + 1}`, label ?? (rows ? "" : name)].filter(Boolean).join(" ");
}

/** Return a value in words: what is chosen by its name, not by its number. */
export function inWords(form, name, content) {
  const labels = content[LABELS]?.[name];
  const field = form.elements[name];
  const words = [].concat(content[name] ?? []).filter(Boolean).map((value) => {
    if (labels?.[value]) return labels[value];
    if (field?.type === "checkbox") return "✓";
    return (field?.options && [...field.options].find((option) => option.value === value)?.text) || value;
  });
  return words.join("、").replaceAll("\r\n", "\n");
}
