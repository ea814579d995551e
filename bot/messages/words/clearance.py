"""What a pipeline is told that asks whether it may deploy (A4), and the command that checks a record."""

SENTENCES = {
    "clearance.go": "GO: deploy this build as planned.",
    "clearance.underway": "GO: the rollout is under way.",
    "clearance.early": "GO was given, and the release starts later: deploy from {from} on.",
    "clearance.lost": "{word}: the go was given, and what it stood on has changed.",
    "clearance.no_go": "{word}: do not deploy.",
    "clearance.without_go": "STARTED WITHOUT GO: do not go on before somebody decided.",
    "clearance.unwell": "The rollout is not well: do not go on before somebody decided.",
    "clearance.none": "There is no open release of {service} {version} to {environment}: plan it with /release plan.",
    "clearance.no_release": "There is no release {release}.",
    "clearance.several": "{service} {version} to {environment} is planned more than once ({releases}): ask for one of them.",
    "clearance.which": "Ask for /go/R-142, or for /go?service=…&version=…&environment=…: all three.",
    "clearance.no_token": "Authorization: expected the bearer token of T_MINUS_GO_TOKEN; of a sandbox, of its file go-token.",
    "clearance.bad_key": "T_MINUS_GO_KEY: expected a private key of the kind Ed25519 in PEM "
    "(openssl genpkey -algorithm ed25519)",
    "clearance.half": "T_MINUS_GO_KEY and T_MINUS_GO_TOKEN go together: the one signs, the other says who may ask",
    "clearance.genuine": "genuine: {release}, {service} {version} to {environment}, go by {by} at {at}, holds until {until}",
    "clearance.forged": "refused: the record is not signed with that key, or was changed",
    "clearance.unsigned": "refused: nobody signed this record; it is of a rehearsal in a sandbox, and clears nothing",
    "clearance.old": "refused: the record holds no more; ask for a new one",
    "clearance.not_read": "refused: {path} cannot be read as {what}",
    "clearance.other": "refused: the record is of {field} {found}, not {wanted}",
}
"""code -> sentence."""
