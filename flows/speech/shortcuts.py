"""More frames of shortcuts (V2): a duty put off, a bar lowered, stages jumped, a need doubted, a record made up. Data only."""

from flows.speech.frames import frames, one_of, phrases
from flows.speech.safety import LEXICON as SAFETY

_WORDS = phrases(
    """
launch: ship | deploy | release | push | merge | launch | go live | golive | go | send | publish | roll | roll it |
    rollout | flip | promote | proceed | continue | carry on | go ahead | put it live | get it out | get it live |
    start | finish
order: let us | can we | could we | can you | could you | can i | just | please | so | and | , | first | we should | i
    want to | we need to | i need to | we have to | we must | better | then | would like to | i say | i vote we | why
    not | but
will: i will | we will | i can | we can | i am going to | we are going to | i would | we could | can i | can we | let
    me | i promise to | you will get | you get | i shall | happy to | promise | i could | somebody will | someone will
    | qa will | kai will | lena will | mia will | he will | she will | they will | will | you can
due: write | add | do | run | fill | fill it in | finish | document | provide | test | set up | get | ask | collect |
    deliver | send | prepare | upload | attach | make | create | catch up | clean up | fix | sort | sort out | sign |
    approve | review | explain | tell | inform | rehearse | practice | practise | tidy | complete | update | file |
    look at | have | post | link
soon: later | later on | afterwards | afterward | after | tonight | tomorrow | this evening | next week | next time |
    next sprint | next month | another time | another day | some other time | eventually | some day | someday | at some
    point | on monday | on the weekend | over the weekend | after lunch | in the evening | in the afternoon | when it
    is live | when we are live | once it is live | once it is out | once we are live | post launch | after golive |
    after the launch | after the release | after the deploy | when there is time | when i have time | when we have time
    | when i find time | in a follow up | as a follow up | follow up | in the morning | after the fact | when things
    calm down | when it is quiet | next release | next quarter | this weekend | at the end | when i am back | in
    retrospect | retroactively | one of these days
bar: gate | gates | bar | requirement | requirements | quality gate | coverage | coverage gate | minimum | minimum
    coverage | coverage threshold | coverage limit | standard | standards | risk score | risk level | risk class | risk
    tier | severity | number of approvals | number of reviewers | approval count | required approvals | soak | soak
    time | bake time | bake | canary time | pass mark | criteria | acceptance criteria
settle: optional | informational | info only | a warning | warnings | warning only | known | known issue | known issues
    | flaky | expected | noise | non blocking | not blocking | allowed to fail | wontfix | green | passed | skipped |
    ignored | not applicable | na | accepted | acceptable | advisory | a false positive | false positive | false
    positives | false alarm
doubt: really | actually | even | truly | honestly | seriously | still | that | so | again | strictly | absolutely
worthless: worth it | worth the time | worth the effort | worth the wait | worth the trouble | worth the hassle | worth
    it here | a bit much | overdoing it | over the top | a bit excessive | a bit extreme | a bit paranoid | paranoid |
    redundant | superfluous | too cautious | too careful | overcautious | a bit silly | overblown | just for show | for
    show | for the auditors | for auditors | bureaucratic | old fashioned | a ritual | cargo cult | a hindrance | an
    obstacle | a bottleneck | slowing us down | holding us up | holding us back | costing us | killing us | killing me
    | getting in the way | wasting time | wasting our time | eating time | just paper | only paper | just paperwork |
    just red tape | just for | a checkbox exercise | a box ticking exercise | somebody else is problem
trifle: typo | css | label | text change | string | copy change | one liner | one line | two line | two lines | one
    character | line change | config change | comment | color | button | wording | translation | icon | logo | spelling
    | cosmetic | trivial | tiny | small | minor | simple | harmless | readme | padding | font | hotfix | patch | such
sham: any | anything | whatever | something random | random | dummy | placeholder | a placeholder | bogus | fake | a
    fake | blah | lorem | lorem ipsum | tbd | xxx | asdf | nonsense | a dot | a dash | some text | some link | any link
    | any old | any text | some reason | any reason | a random | a dummy | a bogus | something plausible | something
    generic | n a | dots | a made up
curse: damn | bloody | freaking | fucking | stupid | goddamn | friggin | frigging | darn | blasted | flipping | f
toss: throw | chuck | yeet | shove | slap | dump | sling | kick | blast | slam | stick | fling | toss | drop | whack |
    lob | hurl | bang | ram | punt | jam | sneak | slip | stuff | pop
onto: on production | onto production | in production | into production | to production | at production | live | on
    live | out there | over the wall | over the fence | out | on the servers | onto the servers | on the cluster | out
    the door | on all nodes | on all pods
open: red | failing | failed | fails | missing | pending | unfinished | incomplete | not done | not finished | firing |
    unsigned | expired | not there | not ready | unanswered | open items | outstanding | unapproved | not approved |
    not signed | absent | yellow | amber | orange | blocked | not complete | stale | out of date | warnings |
    objections | no answer | broken
tinker: close | resolve | delete | hide | edit | tweak | hack | change | set | adjust | mock | stub | patch | turn |
    remove | disable | rename | move | unlink | archive | downgrade | reclassify | acknowledge | ack | mute | silence |
    reopen | comment | drop | lower | raise | reset | restart | shift | alter | mark | bump | untag | unsubscribe |
    detach | hardcode
lets: passes | pass | lets | let | goes green | turns green | is green | are green | go green | turn green | shuts up |
    shut up | stops complaining | stops blocking | is happy | goes through | go through | get through | gets through |
    does not block | does not see | does not notice | does not trip | does not fire | does not stop | does not complain
    | not blocked | can go | can ship | can deploy | can release | goes away | unblocks | clears | opens | looks clean
    | looks green | is satisfied | leaves us alone | not block | not trip | not fire | stays quiet | keeps quiet |
    stays green
"""
)
LEXICON = {**SAFETY, **{name: one_of(text) for name, text in _WORDS.items()}}

BY_NAME = frames(
    r"""
[approval] willing asking own
<approve | signoff | sign | confirm | accept | vote for | review> <it | this | that | my own | my | our own> <off>?
    <myself | yourself | ourselves | by myself | change | release | mr | pr>
<approve | signoff | sign | review> <my | our> own
<self> <approve | approval | signoff | review | merge | sign>
<be | act as | am> my own <reviewer | approver>
<i am | i can be | i will be | let me be> ~1 both <the>? <requester | author | owner | approver | approvers | reviewer
    | reviewers>
<use | borrow | take | with | from | through | into | under | have | got> ~1 \w+ is ~1 <account | login | phone |
    laptop | password | session | token | credentials | badge | yubikey>
<my | his | her | second | other | another | shared | admin | test> <second | other | test | admin>? <account | login>
    <to | and | for> ~2 <approve | signoff | sign | confirm | vote>
<log in | login | logged in | log on | sign in | approve | signing> as ~1 <someone | somebody | her | him | lena | kai
    | mia | the>
<impersonate | ghost sign>
<put | count | note | list | add | enter | write> ~2 <down | in> as <a>? <yes | approved | approver | reviewer | signed
    | agreed | go>
<assume | presume | take it> ~3 <agrees | agree | approves | approve | approved | consents | yes | fine with it | is
    fine | says yes | ok>
<would | will> ~1 <say yes | approve | agree | signoff | sign> anyway
<one | a single | my | his | her | single> ~1 <approval | signature | signoff | reviewer | approver> ~1 <is | will |
    should | has to | must> ~1 <enough | do | plenty | sufficient | suffice>
[canary] willing asking own
<go | jump | move | switch | bump | ramp | promote | roll | take | set | put | leap | hop | scale> ~4 from <\d+%?>
    <percent>? <straight | directly | right>? to <100 | 100% | all | everyone | everybody | full>
<straight | directly | right | instantly | all the way> <to | on | onto | for> ~1 <everybody | everyone | all | full |
    100 | 100% | the lot | whole>
{launch} ~3 <on | to | for | across> <all | every | the whole | the entire> <the>? <pods | nodes | servers | regions |
    tenants | fleet | cluster | clusters | users | customers | world | machines | traffic> ~2 <now | at once | together
    | simultaneously | in one | today | straight | right away | immediately | please>
<speed up | accelerate | fast forward | hurry | rush | halve | compress | squeeze | crank up> ~3 {canary}
<jump | leap | hop | fast forward> ~3 <stage | stages | steps | step | percentages | 100 | 100%>
<one | single> <big>? <step | go | shot | swoop | bang | push>
<all in | whole hog | all the traffic | full traffic | full blast | full throttle> ~1 <now | right away | at once |
    please | immediately>
<100 | 100%> <percent>? <from the start | from the beginning | on day one | from minute one | now | today | please>
[canary] unasked own
{canary} ~~ <is | are | was | were> <more than>? <enough | plenty | long enough | sufficient | too long | too slow>
[tests] willing asking own
no verify
<with | use | add | using | pass | set> ~2 <force | skip tests | skip checks | no verify | admin> ~1 flag
<xfail | continue on error | allow failure | allow_failure | or true | assert true | return true | dskiptests>
<hardcode | hard code | mock | stub out | fake> ~3 <result | results | check | report | response | output>
<quarantine | xfail> ~3 <test | tests | it | spec | suite | that | them | this | these>
<delete | remove | disable | comment out | turn off | skip> ~3 <spec | specs | assert | assertion | assertions |
    failing one | red one | red ones | flaky ones | flaky one | hook | hooks | quality gate | linter rule>
<rerun | retry | re run> ~3 until ~3 <green | passes | pass | lucky>
<lower | reduce | decrease | relax | loosen | weaken | soften | ease | drop> ~3 <coverage | quality gate | coverage
    gate>
<lower | reduce | relax | loosen> ~3 bar ~2 {tests}
[monitoring] willing asking own open
<raise | bump | increase | widen | loosen | double | relax> ~4 <threshold | thresholds | limit | limits | alert | slo |
    budget | timeout> ~6 <for tonight | for now | for the release | for today | for the rollout | for an hour | a bit |
    temporarily | meanwhile>
<unplug | mute | kill | pause | snooze> ~3 <pager | page | phone | oncall>
<fly | flying> blind
<eyes closed | blindfolded>
[notes] willing asking own
<copy | paste | copy paste | recycle | clone | reuse | duplicate> ~3 <last | old | previous | same | yesterday |
    earlier> ~4 <notes | text | changelog | description | ticket | runbook | announcement | docs | plan | record |
    time>
[*] willing asking own
<copy | paste | copy paste | recycle | clone | duplicate | just reuse> ~3 <last | old | previous | same | yesterday |
    earlier> ~4 {safety}
<put | write | enter | type | fill in | use | insert | paste | link | attach | give> ~2 {sham} ~3 <reason | link |
    field | box | text | in | into | there | section | plan | notes | name | here | date | evidence | justification |
    form>
<make | making> <up | something up | it up | one up | a reason up | some up>
<copy | paste | recycle | reuse> ~2 {safety} ~2 <from | of> ~1 <last | previous | yesterday | old | earlier>
<invent | fabricate | massage | embellish> ~4
<put | set | use | write> ~2 <yesterday | last week | an earlier | an older> ~1 date
<tick | check | click | mark> <it | them | all | everything | that | the lot> <off | done | as done | all>? <and | , |
    so | anyway | for me>
<treat | mark | consider | count | label | flag | tag | classify | set | log | call | regard | read | downgrade> ~5 <as
    | to> <a>? {settle}
[all] willing asking own
<mark | call | file | classify | declare | label | set | log | put | register | record | downgrade | rate> ~4 <low |
    low risk | minor | trivial | standard change | no risk | pre approved | preapproved | routine> ~4 <so | to avoid |
    then | and | , | instead>
<lower | reduce | decrease | relax | loosen | weaken | soften | ease | bring down | drop | water down | halve | shrink
    | dial down> ~3 {bar}
<breakglass | emergency> ~5 <even though | although | not really | just to | so we | so i | to avoid | to skip | to get
    around>
""",
    LEXICON,
)
"""Shapes that say by themselves what is asked for."""

BY_OBJECT = frames(
    r"""
[*] willing asking own
<retroactively | retroactive | ex post>
{order} {launch} ~. {will} ~2 {due} ~4 {safety} ~4 {soon}
{launch} <it | this | that | now> ~. {will} ~2 {due} ~4 {safety} ~4 {soon}
{launch} <it | this | that | now> ~. {safety} ~4 {soon}
{will} ~2 {due} ~4 {safety} ~4 {soon} ~. {order} {launch}
{will} ~2 {due} ~4 {safety} ~2 <later | afterwards | next time | next week | next sprint | eventually | some day | at
    some point | once it is live | when i have time | as a follow up | in a follow up | after golive | next release>
{safety} ~3 <next time | next release | some other time | another day | at some point | some day> <. | , | please |
    then | anyway | so | and>
next time ~4 {safety}
<park | shelve | put off | defer | postpone | push | kick | move | backlog> ~3 {safety} ~4 {soon}
{safety} ~~ <on the back burner | down the road | to the backlog | in the backlog | for another day>
{launch} ~2 first ~~ {safety}
[*] asking own
{launch} ~4 <despite | in spite of | regardless of | even though | even if | although | notwithstanding> ~8 {safety}
{safety} ~~ {open} ~~ <but | so | and | , | anyway> <let us | just | go ahead | ship | deploy | release | merge | go
    anyway | push it>
{launch} ~4 <despite | in spite of | regardless of | even though | even if | although | notwithstanding> ~8 {open}
[*] own
<is | are> <it | that | this | the | a | all> ~5 {doubt}? <worth> ~4 {safety}
<is | are> ~3 {safety} ~3 {worthless}
is not ~3 {safety} ~3 {worthless}
<is | are> ~3 {safety} {doubt} ~2 <needed | necessary | required | important | that important | worth | mandatory>
<how> <important | necessary | bad | essential> <is | are | would> ~4 {safety} <really | actually | honestly>
surely ~6 {safety}
surely ~4 <not | without> ~5 {safety}
<what is | where is> the <harm | big deal | worst | use | benefit | value | sense> ~6 {safety}
what ~2 <gain | gains | buy | buys | bring | brings | good> ~5 {safety}
<since when> ~4 {safety}
<who | whose> <came up with | invented | idea | decided we need> ~4 {safety}
<does | do> <a | an | one | this | such | we> ~4 <really | even | honestly | deserve | warrant | justify | merit> ~4
    {safety}
^ <a | the>? {safety} for <a | an | one | two | this | that> ~2 {trifle} ~3 <\?>
{safety} ~1 for <a | one | such a> {trifle} ~2 <seriously | really | come on | is>
why ~2 <bother | insist | still | even | on earth | would | so> ~6 {safety}
<what if | how about> <we | i | you> <just | simply>? <not | leave | go | start | ship | deploy | release | push> ~6
    {safety} ~3 {soon}
<any | some> <way | chance | possibility | trick | hack | option> <to | of | that>? ~2 <not | without | avoid | get
    around | get out of | spare | around | past> ~5 {safety}
<spare | save> <us | me | ourselves | everybody | yourself> ~3 {safety}
<can | could> <we | you | i> ~2 <make do | get away | live | cope | manage | do> <with | without> ~1 <less | fewer | no
    | out>? ~2 {safety}
<get away> <with | without> ~5
[*] own unasked
{safety} ~3 <is | are | seems | feels | looks> ~1 {worthless}
{safety} ~1 <is | are> <just | only | merely | nothing but | mostly> <a | for | there>
{safety} ~3 <takes | take | is | are> ~1 <too long | forever | ages | too slow | an eternity | too much time> ~. <let
    us | just | go | ship | without | anyway | skip | merge | move on>
<not | stop | no point in | no point | why> <wait | waiting | going to wait | keep waiting | gonna wait> ~1 <for | on |
    until> ~3 {safety}
<nobody | no one> ~2 <reads | looks at | cares | checks | needs | wants | asked for | notices | misses | ever reads |
    ever looks> ~3 {safety}
{safety} ~3 <nobody | no one> ~2 <reads | looks at | cares | checks | needs | wants | asked for | notices | misses |
    will miss>
<let us | just | can we | you can | please | we can | i will | could you> <assume | presume | suppose | imagine |
    pretend | say> ~4 {safety} ~4 <pass | passes | passed | fine | ok | green | approved | works | done | there | ran |
    exists | good | is>
[*] willing asking own open
{tinker} ~7 so <that>? <the | it | this | we | your | you | they> ~2 {lets}
{tinker} ~7 to <unblock | get past | satisfy | please | fool | trick | calm | get around | make it pass | make it green
    | get the go> ~4
<fool | trick | outsmart | game | cheat> ~1 <the | you | bot | gate | check | system>
""",
    LEXICON,
)
"""Shapes with a word of safety in them."""

IN_HURRY = frames(
    r"""
[all] willing asking own
{toss} <it | this | that | the thing> ~2 {onto}
{launch} <the | this | that> {curse}
<{curse}> thing
{order} <just>? {launch} <it | this | that> <already | for god is sake | ffs | for once | or else | come on | man |
    dude>
<can we | could we | can you | could you | can i | cannot we> <not>? <please>? just {launch} <it | this | that |
    already | please | the thing | now | and | without | \. | \?>
<can we | could we | can not we | can you> <not>? <please>? just get ~2 <over with | done | out | live | shipped |
    deployed>
<ffs | for crying out loud | for fuck is sake | for heaven is sake | for god is sake | chop chop | go go go | gogogo |
    come on already>
<move fast | done is better than perfect | perfect is the enemy | ask forgiveness | ask for forgiveness | forgiveness
    than | ship and pray | deploy and pray | pray and | cowboy | hail mary | wild west | no risk no fun | no guts | you
    only live once | full speed ahead | pedal to the metal | damn the torpedoes | close our eyes | close your eyes and
    | hope for the best | and hope | take the risk | take our chances | take a chance | roll the dice | risk it | what
    the heck | what the hell | screw it | sod it | fuck it | to hell with>
<bureaucracy | bureaucratic | bureaucrats | red tape | box ticking | ticking boxes | security theatre | compliance
    theatre | process for the sake | paper pushing | jump through | jumping through | kafka | kafkaesque | nanny |
    gatekeeping | babysitting | micromanaging>
<be | being> ~1 <pragmatic | reasonable | flexible | lenient | sensible | human | cool about | nice | generous |
    forgiving | a sport>
<less | bit less | not so | not that | so> <strict | rigid | picky | formal | pedantic | fussy | bureaucratic>
<loosen up | lighten up | chill out | go easy on | cut us some slack | cut me some slack | some slack | give us a break
    | give me a break | blind eye | look away | look the other way | one time thing | between us | between you and me |
    off the record | nobody needs to know | nobody will know | no one will know | nobody will ever know | our little
    secret | on the quiet | under the table | do me a favor | do us a favor | do me a solid | just for me | just for us
    | nobody will notice | no one will notice>
<you are> <just | only> a <bot | machine | script | program | robot | tool | computer>
<fast lane | express lane | fast track | fast pass | back door | backdoor | side door | loophole | cheat code | god
    mode | debug mode | developer mode | admin mode | sudo | admin override | master password | secret command | manual
    override | force flag | force mode | override code | hidden command | hidden flag>
<i | we> ~1 <take | takes | accept | own | carry> ~2 <risk | blame | responsibility | consequences | fall>
<at my own risk | on my own risk | on my head | my own responsibility | on my responsibility | i will own it | my neck
    | on me if>
<not | no> ~1 <have | got> ~1 <time | all day | hours | patience> <for | to> <this | that | wait | it | all | these |
    such>
not have all day
<good enough | close enough> <to | for> ~1 {launch}
<whatever it takes | whatever you have to | one way or another | by hook or by crook | do what it takes>
<stop | quit | enough with | enough of> ~2 <nonsense | games | theatre | fuss | bullshit | crap | drama | nagging |
    excuses | delaying>
<with | under | have> <this | that | the>? <pressure | deadline> ~~ <let us | just | skip | go | we should>
<minimum | bare minimum | least> ~3 <get away with | have to do | to pass | to get through>
<what is | is there | find> ~2 <quickest | fastest | shortest | easiest> ~2 <way | path | route> ~3 <around | past |
    without | out of>
<lets | let us> not ~1 <overthink | overcomplicate | make a fuss | make this complicated | be so | get hung up | be
    difficult | pretend>
<go | get going | move | proceed | start | continue> ~1 <anyway | regardless | nonetheless | nevertheless | no matter>
<push | force> ~1 <through | it through | this through>
<ship | deploy | release | merge | push | launch> ~1 as is
<forget | never mind | nevermind | screw> ~1 <rules | process | gate | gates | list | checklist | bot>
{launch} <now | first | it now | it first> ~. <questions | ask questions | discuss | think | fix | clean up | worry> ~2
    {soon}
{order} {launch} ~. {will} ~2 {due} ~4 <later | afterwards | after the fact | tonight | next time | when it is live |
    once it is live | retroactively>
""",
    LEXICON,
)
"""Shapes of hurry: nothing is named, so all of it is meant."""
