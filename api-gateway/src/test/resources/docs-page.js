"use strict";
// Opens the page of the API's documentation as a browser does, unfolds an operation, and prints what a reader then sees.
// Needs jsdom, which draws nothing: it has no layout, and does not enforce the page's policy.
const { JSDOM, ResourceLoader, VirtualConsole } = require("jsdom");

const [url, unfolded] = process.argv.slice(2);
const loaded = [url];
const failures = [];

class Loader extends ResourceLoader {
  fetch(resource, options) {
    loaded.push(resource);
    return super.fetch(resource, options);
  }
}

const output = new VirtualConsole();
output.on("error", (...words) => failures.push(words.join(" ")));
output.on("jsdomError", (error) => {
  // What jsdom itself lacks is no failure of the page.
  if (error.type !== "not implemented" && error.type !== "css parsing") {
    failures.push(`${error.type}: ${error.detail ?? error.message}`);
  }
});

function likeABrowser(window) {
  window.fetch = (resource, options) => {
    const absolute = new URL(resource.url ?? resource, window.location.href).href;
    loaded.push(absolute);
    return fetch(absolute, options);
  };
  Object.assign(window, { Headers, Request, Response });
}

async function seen(look) {
  while (!look()) {
    await new Promise((again) => setTimeout(again, 50));
  }
}

async function read() {
  const { window } = await JSDOM.fromURL(url, {
    runScripts: "dangerously",
    resources: new Loader(),
    pretendToBeVisual: true,
    virtualConsole: output,
    beforeParse: likeABrowser,
  });
  const page = window.document;
  const texts = (selector) => [...page.querySelectorAll(selector)].map((found) => found.textContent);
  await seen(() => page.querySelector(".opblock, .errors-wrapper, .loading-container .failed-config"));
  page.querySelector(`#${unfolded} .opblock-summary-control`)?.click();
  await seen(() => page.querySelector(`#${unfolded} .responses-table, .errors-wrapper`));
  process.stdout.write(JSON.stringify({
    title: page.querySelector(".info .title")?.firstChild.textContent,
    operations: [...page.querySelectorAll(".opblock-summary")].map((one) =>
      `${one.querySelector(".opblock-summary-method").textContent} ${one.querySelector("[data-path]").dataset.path}`),
    parameters: texts(`#${unfolded} .parameter__name`),
    statuses: texts(`#${unfolded} .response-col_status`),
    example: page.querySelector(`#${unfolded} .body-param__example`)?.textContent,
    errors: texts(".errors-wrapper"),
    loaded,
    failures,
  }));
}

read().then(() => process.exit(0), (failure) => {
  console.error(failure);
  process.exit(1);
});
