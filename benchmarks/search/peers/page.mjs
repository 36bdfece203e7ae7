// The page of every library in the trial: a field, and a list of what is found, the same for all.
export const serve = async open => {
  const opened = open();
  const list = document.querySelector("#hits");
  let asked = "";
  window.search = async query => (await (await opened)(query)).map(hit => hit.address);
  const show = async query => {
    asked = query;
    const hits = query ? await (await opened)(query) : [];
    if (asked !== query) return;
    list.replaceChildren(
      ...hits.slice(0, 10).map(hit => {
        const item = document.createElement("li");
        const link = item.appendChild(document.createElement("a"));
        link.href = hit.address;
        link.textContent = hit.shown;
        item.appendChild(document.createElement("p")).textContent = hit.text.slice(0, 300);
        return item;
      }),
    );
  };
  const field = document.querySelector("#field");
  field.addEventListener("input", () => show(field.value));
  field.value = new URLSearchParams(location.search).get("q") || "";
  show(field.value);
};
