"""Everything with a foreign accent: chat platforms, evidence sources, the web. Adapters know ports, messages, flows, domain."""
