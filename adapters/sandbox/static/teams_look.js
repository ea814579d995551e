// Draws an Adaptive Card with Microsoft's own renderer, in the host configuration of Teams. Its actions do nothing here.

import { h, link } from "./dom.js";
import { nameOf } from "./state.js";
import { clockOf } from "./times.js";

let bundle = null;

export async function drawTeams(payload, message) {
  bundle ??= await import("./vendor/adaptivecards.js");
  const { AdaptiveCard, HostConfig, markdownIt } = bundle;
  const markdown = markdownIt({ html: false, linkify: false, breaks: true });
  AdaptiveCard.onProcessMarkdown = (text, result) => {
    result.outputHtml = markdown.render(text);
    result.didProcess = true;
  };
  const card = new AdaptiveCard();
  card.hostConfig = new HostConfig(dark() ? DARK : LIGHT);
  card.onExecuteAction = () => {};
  card.parse(cardOf(payload));
  const drawn = card.render() ?? h("p", {}, "The renderer drew nothing.");
  // A picture of what Teams shows: nothing in it takes the focus, but links open as everywhere.
  for (const control of drawn.querySelectorAll("button, [role='button'], [tabindex]")) control.tabIndex = -1;
  for (const anchor of drawn.querySelectorAll("a")) anchor.replaceWith(link(anchor.textContent, anchor.href));
  return h(
    "div",
    { class: "teams" },
    h("span", { class: "teams-avatar", "aria-hidden": "true" }, "T−"),
    h("div", {}, h("p", { class: "teams-head" }, h("b", {}, nameOf(message.author)), h("span", {}, clockOf(message.posted_at))), h("div", { class: "teams-card" }, drawn)),
  );
}

// The card itself, or the one that an activity carries.
const cardOf = (payload) => payload.attachments?.find((a) => a.contentType?.includes("adaptive"))?.content ?? payload.card ?? payload;

const dark = () => getComputedStyle(document.documentElement).colorScheme === "dark" || (getComputedStyle(document.documentElement).colorScheme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);

const colours = (ink, soft, accent, good, warning, attention) => {
  const pair = (normal, subtle = normal) => ({ default: normal, subtle });
  return { default: pair(ink, soft), dark: pair(ink, soft), light: pair(soft), accent: pair(accent), good: pair(good), warning: pair(warning), attention: pair(attention) };
};

function config(background, emphasis, foreground) {
  const style = (backgroundColor) => ({ backgroundColor, foregroundColors: foreground });
  return {
    fontFamily: "Segoe UI, Inter, system-ui, sans-serif",
    supportsInteractivity: true,
    fontSizes: { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 },
    fontWeights: { lighter: 200, default: 400, bolder: 600 },
    lineHeights: { small: 16, default: 20, medium: 20, large: 24, extraLarge: 32 },
    spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
    separator: { lineThickness: 1, lineColor: emphasis },
    containerStyles: { default: style(background), emphasis: style(emphasis), good: style(emphasis), attention: style(emphasis), warning: style(emphasis), accent: style(emphasis) },
    actions: { maxActions: 6, spacing: "default", buttonSpacing: 8, actionsOrientation: "horizontal", actionAlignment: "left", showCard: { actionMode: "inline" } },
    factSet: { title: { weight: "bolder", maxWidth: 150, wrap: true }, value: { wrap: true }, spacing: 12 },
    table: { cellSpacing: 8 },
  };
}

const LIGHT = config("#ffffff", "#f0f0f0", colours("#242424", "#616161", "#4f52b2", "#0e700e", "#835b00", "#b10e1c"));
const DARK = config("#292929", "#3d3d3d", colours("#ffffff", "#adadad", "#9ea2ff", "#5ec75a", "#ffce64", "#f2898f"));
