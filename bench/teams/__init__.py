"""An echo over the checked route of Teams beside a bare botbuilder echo as shipped."""
