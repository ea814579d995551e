// What the bundle carries: Microsoft's own renderer of Adaptive Cards, and the reader of the Markdown that cards may hold.
// `make assets` builds it into static/vendor; a test says that the committed bundle equals a fresh one.

export { AdaptiveCard, HostConfig } from "adaptivecards";
export { default as markdownIt } from "markdown-it";
