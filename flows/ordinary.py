"""Words that people wrap their requests in: none of them is the name of a service, and alone they say nothing about a change."""

import re

ORDINARY = frozenset(
    re.findall(
        r"\S+",
        """
    a about above after afternoon again all also am an and any anyone are around as asap at bang be been before
    behind big bit blue blue-green bot both bring build but by call can canary change check cheers ci click come
    commit could cut day days deploy deploying deployment do does doing done down each early env environment evening
    every everyone everything feature first fix flag folks for friday from fyi get getting give go going good got
    green guys have he hello help her hey hi hotfix hours how i i'd i'll if in include including into is it its just
    kick kindly later let let's lets like little live look make maybe me minutes monday morning move much my need
    needs new next no noon not now of off ok okay on once one only onto open or our out over owner patch percent
    plan planning please pls plz prepare prod production push pushing put ready release release-bot releasing roll
    rollback rolling rollout run saturday schedule scheduled see service set sha ship shipping should small so some
    soon staged staging start starting state strategy sunday t-minus tag team thank thanks that the their them then
    there these they thing things this those three thursday thx time to today together tomorrow tonight too trying
    tuesday two ty under until up update upgrade upgrading us use version via wait want wanted wants was way we we'd
    we'll wednesday week were what when where which while who will with without work would yes yet you your
        """,
    )
)
"""Never taken for a service's name."""

FILLER = frozenset(
    re.findall(
        r"\S+",
        """
    a afternoon all an and around at be build by can canaries canary cheers commit could deploy do does env
    environment everyone folks for from get go going good hello hey hi i in is it its just let's lets like me
    morning my need new next now of ok okay on our out owner percent plan planning please pls plz release roll
    rollback rollout service ship so some start starting tag team thank thanks that the this thx to today tomorrow
    ty us version via want we will with would you
        """,
    )
)
"""Small talk and words of the grammar; what is left without them is what the change is about."""
