"""The sandbox: a chat platform of our own, in the browser and over HTTP, on loopback only (spec of the sandbox)."""
