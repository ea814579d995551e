"""The frames of a request to skip a step, to rush, or to go round the gate (V2). Data only; the first that stands decides."""

from flows.speech.frames import frames
from flows.speech.safety import LEXICON

NAMED = frames(
    r"""
[approval] willing asking own
<approve | accept | confirm | press approve | click approve | signoff | sign it | sign> <it | this | that | r 142>?
    <for me | on my behalf | for him | for her | for them | instead of | in his name | in her name | in my name>
<approve | signoff | sign> ~2 <for me | on my behalf | on behalf>
<mark | flag | set | tick | put | write> ~4 <approved | signed | verified | cleared | reviewed>
<use | borrow | take | with | from | through> ~1 <his | her | their | someone is | somebody is | another | his own> ~1
    <account | login | phone | laptop | password | session | token | credentials>
<can | could | should | let | will | may | why> <not>? <the bot | bot | t minus | you> <not | just | simply | please>?
    <signoff | approve | auto approve | autoapprove | sign | vote>
<bot | t minus> ~1 <signoff | approve | vote | sign> ~3 <instead | yourself | itself | for us | automatically | on its
    own>
<treat | treating | take | taking | count | counting | consider | considering> ~3 as ~1 <go | yes | approval |
    approved | ok>
<silence | no answer | no reply | no objection | no objections | no news> ~2 <is | means | as | counts | equals> ~2
    <go | yes | consent | approval | ok | good enough>
call <it | this | that> ~2 breakglass ~1 <so | to | and | then>
<approve | signoff | sign> <my | our> own
<force | push | get | sneak | slip | squeeze | smuggle | ram> ~4 <past | through | over | around | round> ~2
    {approval}
<always | just | only> <say | says | sign | signs | approve | approves> ~1 <yes | anyway | everything>
<he | she | they> will not <mind | notice | care | know>
<pretend | say | claim | write | record | assume> <that | just>? ~2 <approved | signed | agreed | said yes | said ok>
<i will | i can | i could | let me> ~1 <sign | signoff | approve | vote> ~1 for
[approval]
<nobody | no one | noone> <objects | answers | replies | complains | says no> ~~ <go | approved | start | starting |
    ship | shipping | deploy | deploying | proceed>
<nobody | no one> <has to | needs to> know
[approval] willing asking own open
{move} ~3 without <waiting for | asking | telling | involving | informing | waking> ~1 <\w+>
[canary] willing asking own
<all | every> <users | customers | regions | nodes | user | region | tenants> ~2 {everyone}
<straight | directly> to production
<100 percent | 100%> <straight away | right away | immediately | at once>
<promote | ramp | jump | go | flip | set it | scale> ~3 to <100 | 100%> ~1 <right away | now | already | immediately |
    directly>
<straight | directly | right away | immediately | all the way> to <100 | 100% | all | everyone | everybody | full |
    the full>
big bang
full send
<let us | can we | could we | just | please | we should | i will | i would | why not | go> ~3 <roll | rollout | flip |
    push | ship | deploy | release | go | switch | open | send | enable | promote> ~4 {everyone}
{canary} ~~ <promote | finish | flip> <it | this | that>? <now | already | early | anyway>
<back to back | without waiting | without pause | no waiting | instead of waiting> ~4 <steps | stages | step | stage>
<keep | go on | carry on> ~1 <rolling | going | on | ramping | promoting> ~2 <whatever | no matter | regardless | even
    if>
[canary]
^ <just | please>? <roll | rollout | flip | push | ship | deploy | release | go | switch | open | enable | promote> ~4
    {everyone}
instead of waiting ~~ <100 | 100% | steps | stages>
[monitoring]
<will not | not going to | nobody will | no one will | not gonna> <watch | monitor | look at | keep an eye on> ~2
[monitoring] willing asking own
<go | going | fly | flying | ship | run | deploy | release | launch> ~1 <blind | blindly>
<raise | raising | increase | loosen | relax | bump | widen | lift | double | set | put | change> ~6 <threshold |
    thresholds | limit | limits | alert | alarm | slo | stop condition | stop conditions> ~5 so <it | that | the | we
    | they | nothing | nobody>
[monitoring] willing asking own open
{halt} ~2 {monitoring}
[monitoring]
<nobody | no one | noone> ~3 <oncall | watching | awake | around | on duty> ~~ <ok | fine | ship | anyway | whatever |
    go ahead | deploy | no matter | who cares>
[rollback] willing asking own final
<will | can | just | always | simply | we | i | would | rather> ~1 <fix forward | roll forward | hotfix forward |
    patch forward | fix it forward | fixing forward | rolling forward | fix it in production | fix in production | fix
    it live>
[rollback]
^ <just>? <fix forward | roll forward>
[rollback] asking
only <go | move | roll> forward
<will never | never have to | never need to | will not | will not need to | not going to | never going to | will not
    have to | not intend to | do not plan to> <ever | really>? <rollback | go back | revert | roll it back | undo>
[rollback] willing asking own open
<delete | remove | purge | drop | prune | clean up> ~3 <previous | old | last> ~1 <image | images | version | artifact
    | build | release | container | tag>
""",
    LEXICON,
)
"""Shapes that say by themselves what is asked for."""

OBJECT = frames(
    """
[*] willing
<way | ways> <around | round | past> ~2 {safety}
[*] willing asking own open
{avoid} <it | that | this | them | those | that one | this one | that part>
{avoid} ~3 {safety}
{parted} ~4 {safety} ~3 {off}
<leave | let> ~1 {safety} ~2 <empty | blank | out | be | for later>
<we are | i am | are we | am i | be | about | for | of | by | mind | consider | suggest | propose | start | than |
    vote for | with> {avoiding} ~3 {safety}
<tick | tick off | rubberstamp> ~2 {safety}
<check | click> ~3 {safety} ~1 <box | boxes | checkbox>
<get | sneak | slip | squeeze | push | force> ~3 <past | around | round> ~2 {safety}
{avoid} <whatever | what we can | what you can | all you can | everything | all of it | all of that | all of this |
    the rest | all that | all this>
<pretend | claim | write | record> <that | just>? ~1 {safety} ~1 <was | were | is | are | has | have | passed | done |
    ran | happened | took place | exists | exist>
<set | put | lay | brush | push | move> ~3 {safety} ~2 aside
{safety} <can | could | will> ~1 be done ~2 <in production | live | by users | by our users | by customers | by the
    users>
<save | saves | faster | quicker | sooner | earlier | cheaper> ~5 without ~2 {safety}
<kick | throw | toss | rip | strip | wipe | take | put> ~3 {safety} ~2 <out | away | off>
<put off | postpone | delay | defer | push back> ~3 {safety} ~3 <until | till | to | after | for>
<accept | allow | tolerate | live with | take> ~2 {red} ~1 {tests}
<cut | reduce | shorten | bring | set | lower> ~3 {safety} ~2 to <zero | 0 | one | nothing | a minute | a minimum>
<live | manage | cope> ~1 without ~2 {safety}
{safety} ~2 <need not | do not need to | does not need to | do not have to | does not have to> ~1 <know | see | hear>
<count | use | reuse | take | accept | keep> ~2 <old | earlier | previous | last> ~1 {approval}
<just | simply> <say | write | put | note> <that | down>? ~1 {safety} ~1 <was | were | is | are | has | have | passed
    | done | ran>
[before] willing asking own open
<do | will | would> not ~1 need <it | one | that | them | any | those> <. | , | and | because | here | anyway | for |
    this>
<can | could | will | let us | would> <we | i>? <do | run | write | add | have> <it | that | them | those | one |
    this> ~1 {later}
rather not <. | , | do | have>
<delete | kick out | throw out | kill | axe | bin> <it | them> <. | , | and | please | for now>
^ not <needed | necessary | required | important | relevant | worth it>
[*] asking own
{proposed} if <we | i | you | one | someone> <just | simply | maybe | quietly | only>? {avoided} ~3 {safety}
{proposed} if <we | i | you> <did | do> not ~1 {run} ~4 {safety}
<what | how about> if <we | i> <do not | did not | never>? ~1 {run} ~4 {safety} ~3 {later}
[*] asking own open
{safety} ~2 <does | do | will | would> not <matter | count | apply | concern us | interest>
not <think | believe | feel> ~2 <need | needs | have to | should | must> ~4 {safety}
<do | does> <we | i | you> ~1 <need | want> ~2 {safety} for <every | each | such | a tiny | a small | a simple | a
    typo | a little | just>
no <need | reason | point | use | sense> <for | of | to | in>? ~4 {safety}
no <time | patience | energy | budget | capacity | appetite | mood | bandwidth> ~1 <for | to> ~4 {safety}
not <have | got> ~1 <time | patience | room> <for | to> ~4 {safety}
<need | require | want | deserve> not ~2 {safety}
<do | does | would | will | should> not ~1 <need | require | deserve | justify | warrant | care | care about | believe
    in> ~4 {safety}
<do | would | let us | can | could | will | should | to | please> not ~1 <want to | like to | feel like | wish to>?
    <just>? <bother | wait | waste | wait for | bother with | stop | announce | ask | rehearse | run | do | write> ~5
    {safety}
not <bother | worth> ~4 {safety}
not see ~2 <why | point | need | reason | value> ~6 {safety}
rather not <do | run | wait | write | have | bother | use | test | go through | announce | ask> ~4 {safety}
{safety} ~2 <is | are | was> ~2 {dismissed}
{safety} ~4 <waste of time | overkill | pointless | a formality>
{dismissed} <is | are> ~2 {safety}
<is | are> ~3 {safety} <really | actually | even> <needed | necessary | required>
no ~2 {safety} ~2 {occasion}
<please | sorry | just | so | ok | and | go | ship> no ~1 {safety}
^ no ~1 {safety} <today | this time | please>
<do | does> <we | i | you | one | this> {again} <need | have | want> ~6 {safety}
<must | do | should> <we | i> {again} ~4 {safety}
why <do | should | would | must> <i | we | you | us> ~2 <have | need | bother | ask | wait | do | run | want | even |
    fill | write> ~5 {safety}
what is the point ~2 <of | in> ~4 {safety}
<too much | so much | all this | all that | enough> ~1 <process | bureaucracy | paperwork | ceremony | red tape |
    questions>
<done | fed up | sick | tired> <with | of> ~2 {safety}
{safety} or <not | no>
not after ~3 {safety}
[*] willing asking own
{move} ~4 without ~4 {safety}
<move on | merge | go | ship | deploy | release | push> ~~ , no ~1 {safety}
<go | do | live | ship | deploy | manage> without <it | that | this | them | him | her | those | one>
[*] asking own
<can not | could not | may not | why not> <we | i> ~1 {move} ~3 without
<can | could | let us | what if | how about | why not> <not>? <we | i | you>? <just | simply | please>? {run} ~4
    {safety} ~2 {later}
<will | i | we | would | shall | better> <we | i | you>? <just | simply>? {run} ~4 {safety} ~2 {afterwards}
{safety} ~2 <we | i> <will | can | would>? ~1 {run} ~2 {later}
{safety} <we | i> {run} <it>? {later}
{safety} <can | could | may | will | must | should> ~1 <wait | come later | come after | follow | come in | happen
    later | be done later | be added later | be done after | be written later>
{safety} ~1 <later | afterwards>
{safety} ~2 is ~1 for {afterwards}
<can | could | may> ~1 {safety} ~1 <wait | follow | catch up | come later | come after | happen later | be done later>
{safety} <can | could | may | will> ~3 {later}
{safety} ~2 <until after | till after>
{run} ~3 {safety} ~2 <when i am back | when i return | once we are live | once it is live | once it is out | when we
    have time>
[notes] asking own final
<i | we> ~1 <document | announce | write it up | write it down | explain | publish> ~2 {later}
<ship | release | deploy | go | launch | push | sneak> ~2 <quietly | silently | secretly | under the radar | in
    silence>
<rather | would rather | please | better | do> not <announce | tell | document | publish | write | notify>
not <have to | need to>? <tell | inform | notify | announce> ~3 <anybody | anyone | customers | support | stakeholders
    | them | legal | users>
[*] asking own open
^ {avoiding} ~3 {safety} <this time | today | for now | here | tonight | , | because | since | as | again>
^ no ~1 {safety} , <straight | just | go | ship | we | let us | push>
<just | simply> <write | put | type | enter | say> ~5 {safety}
[*] asking own open
<do | does | should> not have to ~1 {run} ~4 {safety}
[*] asking own open afresh
<who | nobody | no one> <need | needs | cares about | reads | wants | cares for> ~5 {safety}
<do | should | must> <we | i> <have to | need to> ~1 {run} ~4 {safety}
[*] asking own open unmeasured
{unwilling} ~6 {safety}
{safety} ~6 {unwilling}
{safety} ~~ rather not <wait | do | run | bother>
{safety} ~~ <so | just | please> leave <it | them> <. | out | be>
<leave | move | push | postpone | defer | delay> ~2 {safety} ~3 <another day | another time | next week | after golive
    | after launch | later>
<figure out | think about | worry about | deal with | sort out> ~2 {safety} ~3 <when | if | later | once | afterwards>
<nobody | no one> has time ~1 <to | for> ~4 {safety}
[tests] willing asking own
<test | testing | try | validate | verify> <it | this>? <in | on> production
<ship | deploy | release | push | go | merge | roll> <it | this | that | live>? ~1 untested
<treat | count | consider | call | read> ~4 as <green | passed | passing | done | tested>
<go | straight | directly | release | deploy | ship> ~1 <directly | straight | right> to production
mark ~3 as <optional | allowed to fail | non blocking | green | passed>
<only | just> ~2 <the green | green ones | green jobs | passing ones | passing tests>
{tests} ~5 {red} ~~ {whatever}
{red} ~2 {tests} ~~ {whatever}
""",
    LEXICON,
)
"""Shapes with a word of safety in them; that word says what is asked for."""

RUSH = frames(
    """
[all] willing asking own now
<just | simply> {redo} <it | this | that | now | already | anyway | please | asap | as is>? <it | this | that | now |
    already | anyway | please | asap>? <, | and | so | to | before | .>
<just | simply> <ship | deploy | release | push | merge | send | yolo | golive | launch | get> <it | this | that>
<just | simply> <press | hit | push> ~1 <button | go | deploy>
<ship | deploy | push | release | merge> <it | this | that> <now | anyway | already | as is | asap | regardless |
    quick | quickly>
yolo
^ <please | just>? force it
close ~1 eyes
skip <straight | directly | ahead | right> to
<i am | we are> in a hurry
why <even>? bother <with>?
^ no <process | bureaucracy | red tape | ceremony | paperwork | gates | rules | checklists> <. | , | please | today>
let <me | us | it | this | that> <through | pass | past>
cut the <crap | nonsense | bullshit | drama | fuss>
<ship | deploy | release | merge | push> <now | first> <,>? ~1 <ask | test | fix | document | think | check> <later |
    afterwards>
<order | command | tell | want | need> you to <give | say | approve | let>
give ~2 go
<act | behave | pretend> <as if | like | that> ~2 <green | fine | ok | passed | approved | everything>
<let us | go | just> ~5 <send | ship> it
, <ship | send | push | release> it <. | now | already | please>
hurry up
<quick and dirty>
no <discussion | discussions | debate | debates | arguments | excuses | ifs | buts | if or but>
<stop | quit | do not> ~1 <being | be> ~1 <strict | picky | pedantic | stubborn | bureaucratic | difficult | annoying>
so <strict | picky | pedantic | stubborn | bureaucratic>
<i am> ~2 <boss | cto | ceo | owner | in charge | senior | admin> , <release | ship | deploy | push | let | go | just
    | do | approve> ~2
<ship | push | release | deploy | get | put> <it | this | that> <live | out>? <regardless | anyway | whatever | no
    matter>
wing it
<cut | cutting> <corners | a few corners | some corners | a corner>
<take | taking | find | is there | any> ~2 <shortcut | shortcuts>
<red tape>
<force | ram | railroad | bulldoze> <it | this | that | the release | the deploy | the deployment | a go | go |
    through>
<bend | break | forget | ignore | suspend | relax | drop> ~2 <rule | rules>
<say | give me | give us | tell me | print | return | output> <a | the>? go
<go | going | work | working | get> <around | round> <you | the bot | this | it | the gate | t minus>
not care ~2 {safety}
<no more | enough> ~1 <questions | talk | talking | discussion | steps>
<stop | quit> ~1 <asking | blocking | nagging | whining | stalling>
<you are | bot is> <blocking | in the way | slowing | holding up | holding us | costing>
<get | shove | push> <it | this> <out of the door | out the door | over the line | out there> <now | today>?
<at any cost | at all costs | come what may | come hell or high water | no questions asked | for the love of god>
<no matter | whatever | regardless of> ~1 <what | the bot | the gate | the gates | the tests | the checks | it says |
    you say>
<make | allow> ~1 exception <for me | for us | this once | just | here | today>
<look the other way | turn a blind eye | rubber stamp | wave it through | wave this through | let it slide | let this
    slide | let it through>
<just this once | only this once | this one time>
<without> ~3 <the fuss | fuss | hassle | the hassle | the drama | the theatre | ado | all that | all this | all the>
<to production | live | out> now
<no time> ~1 <for | to> <this | that | it | all this | test | wait | check | lose | waste>
<can not wait | no time to wait>
{safety} be damned
<screw | damn | to hell with | sod | stuff> ~2 {safety}
<we are | i am> <late | too late> ~2 <skip | just | go | ship>
<override | overrule> ~1 <bot | gate | gates | verdict | nogo | you>
not after ~2 <steps | questions | rules>
<just | simply> do it
<deploy | ship | release | push | merge | launch | go | do> <it | this>? anyway
<take | have> ~2 <responsibility | blame | heat>
<quit | enough of | enough with | spare me | spare us> ~2 {safety}
<turn | click | press> ~1 green
[all] unasked own
{authority} ~5 {demands} ~~ {deadline}
""",
    LEXICON,
)
"""Shapes of hurry: nothing is named, so all of it is meant."""
