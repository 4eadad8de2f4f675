// What is pressed and entered before the page is awake. The server's page is there at once, the script that makes it work a
// moment later, and what is done in between would be lost: a button without its listener does nothing, and a field takes back
// the value that it was rendered with. So it is held, and done again once the page is awake. Forms that post work without script, and are left alone.
(() => {
  // Such a page never wakes.
  if (window.realmkeepTooOld) return;
  const presses = new Set();
  const entries = new Map();
  const works = (form) => form?.method === "post";

  const hold = (event, element) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    presses.add(element);
    element.setAttribute("aria-busy", "true");
  };
  const clicked = (event) => {
    const button = event.target.closest?.("button");
    if (button && !works(button.form)) hold(event, button);
  };
  // A form without a button of its own, sent by the Enter key.
  const sent = (event) => {
    if (!works(event.target)) hold(event, event.target);
  };
  const entered = ({ target }) => {
    if (target.type !== "file") entries.set(target, { value: target.value, checked: target.checked });
  };

  const listeners = { click: clicked, submit: sent, input: entered, change: entered };
  for (const [name, listener] of Object.entries(listeners)) addEventListener(name, listener, true);

  const awake = () => {
    for (const [name, listener] of Object.entries(listeners)) removeEventListener(name, listener, true);
    for (const [field, { value, checked }] of entries) {
      if (!field.isConnected) continue;
      if (["checkbox", "radio"].includes(field.type)) field.checked = checked;
      else field.value = value;
      for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
    }
    for (const element of presses) {
      element.removeAttribute("aria-busy");
      if (!element.isConnected) continue;
      if (element instanceof HTMLFormElement) element.requestSubmit();
      else element.click();
    }
  };
  addEventListener("realmkeep:awake", awake, { once: true });
})();
