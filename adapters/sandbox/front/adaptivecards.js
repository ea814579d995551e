// What the bundle carries: Microsoft's own renderer of Adaptive Cards, and the reader of the Markdown that cards may hold.
// `make assets` builds it into static/vendor; a test says that the committed bundle equals a fresh one.

// The table registers itself where its module is carried: nothing else asks for it by name.
export { AdaptiveCard, HostConfig, Table } from "adaptivecards";
export { default as markdownIt } from "markdown-it";
