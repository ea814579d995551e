"""The lexicon and the frames of vague claims (Q7). Data only."""

from collections.abc import Mapping

from flows.speech.frames import frames, one_of, phrases

_WORDS = phrases(
    """
be: is | are | was | were | be | been | am | has been | have been | will be | would be | should be | must be | stays |
    got | went | goes | remains | runs | ran | works | worked | behaves | performs | became | gets | keeps | comes out
    | came out | feels | looks | sounds | seems
seem: look | looks | looked | looking | seem | seems | seemed | feel | feels | felt | sound | sounds | appear |
    appears | appeared
goodish: promising | clean | in order | tidy | ready | complete | correct | green | right | plausible | there |
    finished | done | convincing | spot on | on point | as they should | as it should | as planned | as usual
good: within normal range | within range | in the normal range | within limits | as good as done | fine | good | ok |
    great | alright | stable | healthy | safe | solid | rock solid | smooth | smoothly | acceptable | decent |
    reasonable | sensible | normal | usual | happy | nice | perfect | excellent | awesome | cool | sound | reliable |
    robust | harmless | trivial | easy | simple | straightforward | minimal | small | tiny | minor | negligible | low
    | low enough | short | quick | fast | fast enough | good enough | manageable | covered | under control | well |
    bulletproof | battle tested | a piece of cake | piece of cake | a breeze | a no brainer | sufficient | in good
    shape | reversible | as expected | as usual | gtg | good to go | uptodate | not bad | not too bad | not that high
    | not that bad | bearable | tolerable | satisfactory | unproblematic | painless | risk free | safe enough |
    insignificant | moderate | okayish | uneventful | uncritical | a non issue | no issue | better | faster | fast
    again | fairly quick | mature | well tested | proven | compatible | backward compatible | calm
bad: slow | slower | laggy | sluggish | flaky | unstable | weird | strange | bad | terrible | heavy | high |
    odd | funny | hit and miss | choppy | sticky | unresponsive | a mess | snappy | jumpy | shaky | bumpy | worse
very: very | really | pretty | quite | totally | completely | all | so | rather | fairly | super | just | mostly |
    basically | practically | almost | more or less | kind of | sort of | a bit | a little | somewhat | reasonably |
    perfectly | absolutely | still | also | probably | generally | usually | always | largely | relatively | not great
    | too | overall | currently | now | already | surely | definitely | certainly | only | actually | quickly |
    extremely | incredibly | surprisingly | a tad | nearly | a lot | a good deal | way | far | much | noticeably |
    significantly | considerably | sometimes | often | occasionally | at times | now and then | from time to time
hedge: i doubt | we doubt | i think | i guess | i believe | i suppose | i hope | i reckon | i assume | i imagine | i
    expect | i would say | we think | we believe | we guess | we hope | we assume | we expect | we reckon | afaik |
    iirc | imo | imho | as far as i know | as far as i can tell | as far as i saw | as far as i see | as far as i
    remember | as far as we know | to my knowledge | to the best of my knowledge | if i remember correctly | if i
    remember | in theory | in principle | theoretically | by my reckoning | in my opinion | in my experience | more or
    less | pretty sure | fairly sure | quite sure | almost sure | i am sure | we are sure | i am confident | is
    confident | are confident | am confident | feel confident | fairly confident | pretty confident | quite confident
    | very confident | 99% sure | 90% sure | 95% sure | 80% sure | 100% sure | fingers crossed | touch wood | knock on
    wood | famous last words | from what i hear | from what i have heard | rumour has it | i bet | my gut | gut
    feeling | i have a good feeling | have a good feeling | i am positive | no doubt | without a doubt | as i recall |
    i recall | or something | give or take | i take it | one would think | at a guess | my guess is | must have been
trust: trust me | believe me | do not worry | i promise | promise | i swear | honest | take my word for it | rest
    assured | nothing to worry about | nothing to be afraid of | no need to worry | do not be afraid | you have my
    word | nothing can go wrong | nothing will go wrong | nothing will break | nothing can break | what could go wrong
    | what can go wrong | what could possibly go wrong | no cause for concern | no reason to worry | i would be
    surprised if it broke | i would be surprised | can not imagine | can not see why | not see why it would | not see
    why it should
likely: probably | presumably | supposedly | hopefully | apparently | most likely | likely | surely | maybe | perhaps
    | seemingly
thing: response time | part | side | it | everything | all | things | numbers | figures | response times | times |
    latency | latencies | p95 | p99 | error rate | errors | metrics | graphs | charts | logs | version | app |
    application | site | page | service | system | cluster | db | database | api | data | data change | change |
    migration | rollback | restore | revert | deploy | deployment | release | test | tests | build | ci | pipeline |
    staging | production | dashboards | dashboard | alerts | monitoring | load | traffic | memory | cpu | disk | queue
    | queues | lag | replica lag | backup | backups | capacity | headroom | downtime | risk | impact | patch | fix |
    performance | perf | throughput | qa | canary | schema | query | queries | code | script | procedure | runbook |
    server | servers | nodes | pods | flags | flag | rollout | update | upgrade | hotfix | feature | login | checkout
    | search
trouble: problem | problems | issue | issues | trouble | troubles | complaint | complaints | surprise | surprises |
    error | errors | hiccup | hiccups | incident | incidents | drama | glitch | glitches | concern | concerns | risk |
    risks | failure | failures | bad news | regressions | red flags | red flag | impact | downtime | fuss | outage |
    outages | big deal | anomalies | hassle | difficulty | difficulties
tried: tested | checked | verified | tried | validated | looked at | looked into | looked over | reviewed | went
    through | clicked around | clicked through | played with | played around | had a look | had a look at | took a
    look | ran through | smoke tested | poked at | eyeballed | skimmed | glanced at | proofread | rehearsed |
    exercised | walked through
who: i | we | he | she | they | somebody | someone | qa | dev | devs | the devs | the team | team | dev team | qa team
    | the guys | ops | colleague | a colleague | people | the vendor | vendor | the supplier | others | everyone |
    everybody | support | kai | lena | mia | the dba | dba | our dba | the others | the developers | developers | an
    intern | engineering
assured: said | says | told me | told us | assured us | assured me | assures us | promised | promises | claims |
    confirmed | confirms | thinks | believes | guarantees | guaranteed | swears | reckons | is happy | was happy | is
    fine | were happy | approves
work: work | hold | pass | go through | go well | be | survive | cope | do | succeed | go smoothly | run | last |
    suffice | handle | help | be covered | fire | trigger | kick in | catch it
place: on my machine | on my laptop | on my box | on my computer | on my end | on my side | for me | locally | on
    localhost | on my dev box | in my browser | in dev | on dev | here | on our side | on the test box | in chrome |
    in my environment
once: last time | before | in the past | recently | a while ago | some time ago | a long time ago | the other day |
    last year | last week | last month | once | already | many times | a hundred times | a thousand times | always |
    every time | countless times | for years | for ages | lately | a few times | several times | often | so far |
    until now | yesterday | earlier
"""
)
LEXICON: Mapping[str, str] = {name: one_of(text) for name, text in _WORDS.items()}

CLAIMS = frames(
    """
[trust]
<well | just>? {trust}
[hedge]
{hedge}
[claim]
{likely} ~4 <{good} | {bad} | {work} | works | nothing | breaks | tested | passed | covered | holds | goes>
not great , not terrible
<{thing} | we | they>? {seem} <to be | to work | like>? <it is | it | they are>? <{very}>? <{very}>? <{good} | {bad}>
    <to me | to us | from here | enough>?
<works | worked> <as expected | as designed | as intended>
<loads | responds | starts | restores | recovers | deploys | reverts> <{very}>? <quickly | fast | instantly | in no
    time>
nothing to <report | see | add | fear>
<might | may | must> be <some | a few | a couple of | enough>? <alerts | tests | dashboards | backups | monitors |
    logs>
<is | are | was | looks | seems> <{very}>? <a no brainer | piece of cake | a piece of cake | a breeze | a non issue |
    rock solid | bulletproof | battle tested | trivial | harmless | negligible | straightforward | under control | as
    good as done>
{seem} to <work | pass | hold | be working | behave>
{seem} <{very}>? {goodish}
{thing} <works | behaves | runs | performs | responds | behaved> <{very}>? <normally | properly | correctly | nicely |
    well | fine | as expected>
<was | is | has been | were | been> working <{once} | now | again | fine | for me | here>
{thing} ~1 <is | are> <{very}>? in order
<that | this> is <{very}>? <easy | simple | quick | trivial | safe | straightforward> to
{seem} like <it works | it is working | it works now>
<it | that | this | everything | all | we | they | things | that one> <{very}>? works <{very}>? <fine | ok | well |
    now | again | great>? <for me | on my machine>?
works <fine | ok | well | great | like a charm>? {place}
<works | worked | runs | ran | run> <fine | ok | well | like a charm | without problem | without problems | smoothly |
    perfectly>
works <like a charm | flawlessly | as designed>
<should | shall | would | will | must | ought to> <{very}>? <be | work | be able to> <{very}>? <{good}>
<should | would | ought to | will> <probably | just | all | easily | hopefully>? {work} <ok | fine | well | it>
<should | ought to | must | will> ~1 be <there | around | somewhere | available | enabled | configured> <. | , | and |
    already | by now>
can not be <that | so | too> <bad | hard | wrong | slow | difficult>
<is | are | am | feel | feels> <{very}>? <comfortable | at ease | relaxed> with
^ worked <for me | fine | ok | here | so far | on my>
<should | ought to> <probably | just | all | easily | hopefully | still>? <be {good} | be {bad} | be it | work>
{thing} <should | ought to> <probably | just | all | easily | hopefully | still>? {work}
^ <should | ought to> <probably | just | all | easily | hopefully | still>? {work}
<sensible | reasonable | decent | adequate | appropriate | suitable> <values | limits | levels | thresholds | numbers
    | settings>
<is | are | am | be | feel | feels> <{very}>? <confident | certain | positive | optimistic | sure it | sure that>
, <mostly | basically | partly | somewhere | sort of>
<been | running | is running | are running> <{very}>? <fine | ok | well | good | smoothly | stable>
<should | would | will | can | could | do | does> not <be | cause | make | have | expect | see | affect | matter |
    hurt | foresee | break> ~2 <{trouble} | much | anything | anybody | anyone | users | difference>
<should | would | will> not <hurt | matter | break | fail | take long | take much>
<no | without | zero | not | hardly | barely | free of | few> <any>? <major | big | real | serious | known | visible |
    new | obvious | further>? {trouble} <so far | at all | yet | until now | with it | on staging>?
<never | not ever> ~1 <had | have | seen | failed | fails | broke | broken | crashed | went wrong | let us down | been
    | caused | happened> ~3 <{trouble} | before | so far | it | this | . | ,>
<has | have | did | does> not <crashed | broken | failed | crash | fail | break | complained | exploded> <yet | so far
    | again>?
<nothing | nobody | no one> ~1 <weird | strange | wrong | dramatic | unusual | suspicious | special | serious | bad |
    to see | reported | complained | noticed | major | big | critical | fancy | exploded | broke | failed> <anything>?
not <heard | got | received | had | see | seen | notice | noticed | find | found | spot | spotted> ~1 <anything | any>
    <weird | strange | wrong | unusual | bad | {trouble}>?
<lgtm | sgtm | all good | all fine | all ok | all green | all set | we are good | i am good | good to go | no biggie |
    no sweat | easy peasy | so far so good | as good as it gets | rock solid | piece of cake | not a big deal | not a
    problem | good enough>
everything <is | was | looks | went | goes>? <{very}>? <{good} | there | passed | covered>
<under control>
<can | could> <be | easily | quickly | simply> <{very}>? <rolled back | restored | reverted | undone | restore |
    revert | rollback> <quickly | easily | fast | any time | anytime | in no time | at any time | in a moment>?
<can | could> <rollback | go back | revert | restore | undo it | undo> ~1 <quickly | easily | fast | any time |
    anytime | in no time | whenever>
<in no time | in a jiffy | in a heartbeat | in a moment | takes a moment | takes a second | very quickly | only a
    moment>
{who} ~1 {assured} <that>? <it | this | they | the>? ~2 <{good} | ok | compatible | supported | it>
{who} <assured us | assured me | promised | guarantees | guaranteed | swears>
{who} <have | has | had | already | also>? {tried} <it | this | that | them | everything | the important stuff | stuff
    | manually | {once} | quickly | briefly | a bit | by hand | myself | ourselves | .>
<it | this | that | everything | all> <was | is | has been | got | were> ~1 {tried} <manually | {once} | quickly | by
    hand>?
<done | did | do> <this | it | that | something similar | similar things | the same> ~2 {once}?
<did | done> <something similar | similar | the same>
<same | like> <as>? <always | last time | every time | usual>
<the | all the | most> <important | main | critical | relevant | usual> <stuff | things | parts | bits | cases |
    paths>
<mostly | basically | practically | almost | nearly | largely | partly | partially | more or less | kind of | sort of>
    <all>? <green | tested | done | passing | passed | complete | ready | there | covered | finished | automated |
    working>
<have | got | are | were> <some | a few | several | a couple of | various | enough | plenty of | lots of | a lot of |
    a bunch of> <{trouble} | alerts | alert | tests | dashboards | monitoring | backups | capacity | checks | docs |
    headroom | logs | metrics>
<alerts | tests | dashboards | monitors | backups> , some
<alerts | tests | dashboards | monitors | backups | docs> ~2 somewhere
can <easily>? <handle | cope | manage | take> <it | that | this | the load | with it | with that | with the load>
<only | just> <a | one> <small | tiny | minor | trivial | simple | quick | little | one line | cosmetic> <change | fix
    | patch | one | thing | tweak>
a <very | really | pretty>? <small | tiny | minor | trivial | simple | little | cosmetic> <change | fix | patch |
    tweak>
<{thing} | we | they> ~1 {be} <{very}>? <{very}>? <{good} | {bad}> <enough | now | again | so far | lately | honest>?
<a bit | kind of | kinda | pretty | somewhat | really | very> <slow | sluggish | laggy | flaky>
<nobody | no one | none of us> <has | have | had | ever>? <seen | noticed | reported | found | saw> ~2 <{trouble} |
    anything>
not tested but ~3 {good}
""",
    LEXICON,
)
"""Shapes of claims that carry no measure; the first that stands is quoted."""
