"""Whether words are about releases at all (V3): what belongs to the subject, what is small talk. The longer side wins."""

import re

from flows.speech.frames import one_of, phrases
from flows.speech.safety import OBJECTS, VERBS
from flows.speech.spelling import plain

_WORDS = phrases(
    """
work: meeting | account | access | example | happens | images | against | irresponsible | bored | behaves | alarming |
    numbers | ops | depends | compiles | quality | infra | consumers | toggling | toggle | switch | impact | informed |
    aware | available | instructions | live | out the door | deploy | deploys | deployed | deploying | deployment |
    deployments | release | releases | released | releasing | ship | ships | shipped | shipping | rollout | rolled |
    launch | version | versions | production | build | builds | artifact | digest | commit | commits | merge | merged |
    mr | pr | branch | tag | flag | flags | toggle | migration | migrations | schema | table | tables | column |
    columns | index | database | db | replica | query | queries | latency | p50 | p95 | p99 | rps | error | errors |
    rate | budget | traffic | load | capacity | cpu | memory | disk | pod | pods | node | nodes | cluster | kubernetes
    | helm | argo | spinnaker | kubectl | service | services | endpoint | api | timeout | timeouts | retry | queue |
    cache | incident | incidents | outage | sev1 | sev2 | inc | evidence | verdict | risk | risks | score | plan |
    plans | planned | owner | deputy | hold | held | resume | cancel | decline | approve | approved | approves |
    exception | exceptions | card | timeline | reminder | window | maintenance | blackout | downtime | hotfix | patch |
    fix | fixed | bug fix | regression | feature flag | config | configuration | secret | certificate | scan | coverage
    | test | tests | tested | staging | env | environment | region | regions | customers | users | status | lesson |
    audit | export | preview | start | started | finish | done | ready | block | blocks | blocked | missing | required
    | question | questions | answer | answered | accept | accepted | link | links | log | logs | metric | metrics |
    dashboard | go | nogo | breakglass | signed | sign | signs | reviewer | reviewers | approver | approvers | postpone
    | move | moved | minutes | utc | cet | cest | est | pst | jst | release notes | t minus | r | drill | bot says |
    health | step | steps | percent | high | medium | low | critical | must | should items | requester | roster |
    catalogue | catalog | channel | thread | stakeholders | t | progress | deadline | who approves | on it | eta | vote
    | roll call | observe | observed | backlog | sprint | gate | gates | rule | rules | policy | support | vendor |
    legal | compliance | notice | app | login | checkout | payments | checks | verify | verified | dependency |
    dependencies | upstream | downstream | image | registry | manual | automated | pipeline | job | jobs | runner | run
    | runs | failed | failing | fails | green | red | rush | hurry | notification | notifications | mention | mentions
talk: holidays | back hurts | ticket to | jazz | scarf | vegetarian | canteen | football table | foosball | yoghurt |
    yogurt | fridge | elevator | kitchen | fever | drinks | aurora | plant | star wars | legal advice | raised the rent
    | sick what | watch the game | watched the game | cute | hurts | team won | jokes | times table | lullaby | dentist
    | bank holiday | mars | eat | ate | eaten | food | mum | mom | landlord | neighbour | neighbor | baby | babies |
    vacation | poem | haiku | song | sing | music | joke | jokes | laugh | funny story | weather | rain | sunny | snow
    | lunch | dinner | breakfast | pizza | sushi | beer | pint | coffee | tea | cake | recipe | cook | cooking |
    restaurant | movie | film | series | netflix | tv | game last night | match | football | soccer | goalkeeper |
    tennis | basketball | world cup | olympics | gym | yoga | cycling | running shoes | holiday plans | vacation |
    flight | flights | hotel | beach | trip | birthday | wedding | party | christmas | happy new year | happy easter |
    cat | dog | pet | kids | daughter | son | girlfriend | boyfriend | wife | husband | mother | father | gift | gifts
    | present for | horoscope | zodiac | astrology | politics | election | president | prime minister | minister |
    parliament | bitcoin | crypto | stocks | stock market | lottery | capital of | rhymes | rhyme | translate |
    translation | homework | css | javascript | react hooks | regex | excel | powerpoint | printer | headphones | phone
    to buy | laptop should i | learning | essay | summarise | summarize this article | article | climate | dice | coin
    | toss | riddle | quiz | trivia | story | novel | book | chatgpt | gpt | openai | siri | alexa | are you human |
    are you a robot | are you real | do you like | do you dream | do you love | do you sleep | love you | marry |
    feeling | feelings | lonely | sad | mondays | meaning of life | god | religion | philosophy | gif | meme | memes |
    dance | guitar | piano | paint | garden | doctor | headache | cold | salary | pay rise | raise for me | expense |
    expenses | tax | taxes | finance | mortgage | rent | parking | car | bike | train ticket | metro | performance
    review | job interview | cv | resume for | career | nice day | good night | good evening | how are you | how is it
    going | what is up | fancy a | weekend | who won | hair | tall is | how old | how far is | solve | equation |
    favourite | favorite | hungry | thirsty | bored | boring | sleepy | tired | invented | discovered | dinosaurs |
    planet | moon | universe | aliens | space | history of | shakespeare | celebrity | actor | singer | concert |
    podcast | video game | playstation | chess | poker | sudoku | knitting | fashion | shoes | buy | tell me something |
    write me a | cover letter | your name | real person | painted | airport |
    new phone | my phone | in french | in german | in spanish | in italian | train strike | the train
"""
)
_SUBJECT = " | ".join((_WORDS["work"], VERBS["authority"], *OBJECTS.values(), VERBS["avoid"], VERBS["avoiding"]))
_ON = re.compile(rf" (?:{one_of(_SUBJECT)}|\d\S*|[a-z]+\d\S*)(?= )")
_OFF = re.compile(rf" {one_of(_WORDS['talk'])}s?(?= )")


def off_subject(text: str, *, names: bool = False) -> bool:
    """True where the words are surely about something else. Thanks, short words and doubts are not.

    `names`: a service or a person of the catalogue is named, which counts as one word of the subject.
    """
    words = plain(text, quotes=True).words.replace(",", " ")
    on = len(_ON.findall(words)) + names
    off = len(_OFF.findall(words))
    return bool(off) and (off > on or on <= 1)
