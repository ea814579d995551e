// Runs before the first paint, so that a chosen colour scheme never flashes. "" follows the system.
document.documentElement.dataset.theme = localStorage.getItem("theme") ?? "";
