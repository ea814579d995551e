"""Vague claims are not evidence (Q7): finds the phrase that is not accepted, so that it can be quoted."""

import re

_PHRASES = re.compile(
    r"""(?ix)
    \b(?:
      (?:it|this|that|everything|all|things|tests?|build|ci|rollback|monitoring|staging|prod|they|we)?[\ ']*
        (?:s|is|are|re)?\ *
        (?:looks?|looking|seems?|seemed|feels?)\ (?:to\ (?:be|work)\ )?(?:like\ )?(?:it'?s\ )?
        (?:all\ |pretty\ |quite\ |really\ |totally\ )?(?:fine|good|ok(?:ay)?|great
            |alright|all\ right|green|stable|healthy|safe|working|it\ works)(?:\ to\ me)?
    | (?:it\ )?works?(?:\ fine|\ ok)?\ (?:on|for)\ (?:my\ (?:machine|laptop|box|computer)|me)
    | (?:it\ |this\ |that\ |everything\ |we\ |they\ |rollback\ |tests?\ )?(?:should
        |would|ought\ to|will\ probably|shall)\ (?:probably\ |just\ |all\ )?(?:be
        |work|pass)(?:\ (?:just\ )?(?:ok(?:ay)?|fine|good|green|safe|enough|alright
        |all\ right))?
    | (?:probably|presumably|supposedly|hopefully|i\ guess|i\ hope|fingers\ crossed)\b[^.,;!?\n]{0,40}
    | [^.,;!?\n]{0,40}\b(?:i\ (?:think|guess|believe|suppose|hope|reckon|assume)
        |afaik|iirc|as\ far\ as\ i\ know|if\ i\ remember)
    | (?:it'?s|it\ is|they'?re|everything'?s|everything\ is|all\ is|all)\ (?:all\ )?
        (?:fine|good|ok(?:ay)?|slow|fast|fast\ enough|stable|safe|ready)
    | (?:it'?s|it\ is|feels?|a\ bit|kind\ of|kinda|pretty|somewhat)\ (?:a\ bit\ |pretty\ |kind\ of\ |kinda\ |really\ |very\ )?
        (?:slow|sluggish|laggy)
    | (?:no|without)\ (?:problems?|issues?)(?:\ so\ far)?
    | trust\ me | don'?t\ worry | no\ worries | nothing\ (?:can|will|could)\ (?:go\ wrong|break|happen) | what\ could\ go\ wrong
    | (?:it'?s\ |just\ |only\ )+a\ (?:small|tiny|minor|trivial|simple|quick)\ (?:change|fix|patch|one)
    | (?:we'?ve|we\ have|i'?ve|i\ have)\ (?:always\ )?done\ (?:this|it|that)\ (?:before|a\ hundred\ times|many\ times|always)
    | (?:tests?|build|ci|pipeline|everything)\ (?:is|are|was|were)?\ *(?:mostly
        |basically|practically|almost|more\ or\ less|kind\ of)\ \w+
    | good\ enough | more\ or\ less | as\ usual | same\ as\ (?:always|last\ time)
        | never\ (?:failed|had\ a\ problem)(?:\ before)?
    | (?:somebody|someone)\ (?:tested|checked)\ (?:it|this|that)
    | (?:we|i)\ tested\ (?:it|this|that)(?:\ (?:already|a\ while\ ago|recently|some\ time\ ago|once|before))?
    | not\ tested\ but\ [^.,;!?\n]{1,30}
    )""",
)
_EDGE = " \t\r\n.,;:!?-–'\""


def vague_phrase(text: str) -> str | None:
    """The phrase that is no evidence, as it was written; None where there is none."""
    found = _PHRASES.search(text[:2000])
    if found is None:
        return None
    phrase = " ".join(found.group(0).split()).strip(_EDGE)
    return phrase or None
