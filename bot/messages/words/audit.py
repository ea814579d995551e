"""What `audit verify` found: what each fault of the record means, and what to do (A2, V4)."""

SENTENCES = {
    "audit.sound": "ledger sound: {counted}",
    "audit.broken": "ledger BROKEN, {count} found: {counted}",
    "audit.behind": "ledger BEHIND its seals ({streams}): restored from a backup? {counted}",
    "audit.counted": "{rows} rows in {streams} streams, {seals} seals, {unsealed} rows not sealed yet",
    "audit.restored": "The database was restored from a backup. What was decided after the backup is gone from it; "
    "the seals that prove it are kept in {files}",
    "audit.no_key": "no sealing key was found, so the signatures of the seals were not checked",
    "audit.at": "  {stream} row {seq}: {meaning} [{why}]",
    "audit.more": "  and {count} more",
    "audit.then": "Nothing more is decided on a release that is named here. Keep a copy of the database as it is, compare it "
    "with the last backup, and find out who had write access.",
    "audit.why.gap": "a row before it was taken out or renumbered",
    "audit.why.chain": "the row was changed after it was written, or follows another one than it was written after",
    "audit.why.seal": "a seal signed another row in this place: the chain was written anew",
    "audit.why.missing": "rows from here on were taken away",
    "audit.why.head": "the head that is kept of the stream is not its last row",
    "audit.why.sealed": "the head that is kept of the stream claims more seals than there are",
    "audit.why.fold": "the state is not what the entries add up to",
    "audit.why.columns": "what the table says beside the state (phase, owner, service, times) is not what the entries add up to",
    "audit.why.no_state": "there are entries, and no state",
    "audit.why.unreadable": "the entry is none that any version of the bot wrote",
    "audit.why.schema": "a newer version of the bot wrote the entry: run the audit with that version",
    "audit.why.post": "the outbox says something else of this post than its receipt: that it went out, when, or as which message",
    "audit.why.no_receipt": "the outbox calls a post sent of which no entry tells",
    "audit.why.seal_chain": "a seal was taken out, renumbered or changed",
    "audit.why.seal_mac": "the signature is not of this key: the seal was changed or forged",
    "audit.why.seal_unreadable": "the seal cannot be read: it was changed",
    "audit.why.outside": "the seal in the file says something else than the one in the database",
    "audit.why.lost": "the file of seals has it, the database has not: seals were taken out of the database",
    "audit.why.line": "the line in the file of seals cannot be read",
}
"""code -> sentence."""
