"""How long a plan takes: parse, verdict, plan and card in process, and the cold start of the sandbox."""
