"""The label sets of the heads, in the order of their outputs; written beside the weights as `labels.json`."""

from typing import get_args

from dragoman.record import EventType, Factuality

TYPES: tuple[str, ...] = get_args(EventType)
FACTUALITIES: tuple[str, ...] = get_args(Factuality)
MODES: tuple[str, ...] = tuple(
    f"{kind}/{mode}"
    for kind, modes in {
        "CONSULT": "visit third-party multilateral phone",
        "RETREAT": "withdraw release return disarm ceasefire access resign",
        "REQUEST": "assist change yield meet",
        "ACCUSE": "disapprove investigate allege",
        "REJECT": "assist change yield meet",
        "THREATEN": "restrict ban arrest relations rights expel territory violence",
        "PROTEST": "demo riot strike hunger boycott obstruct",
        "SANCTION": "convict expel withdraw discontinue",
        "MOBILIZE": "troops weapons police militia",
        "COERCE": "seize restrict ban censor curfew arrest deport withhold misinformation cyber",
        "ASSAULT": "abduct beat torture execute sexual assassinate destroy primitive firearms explosives suicide-attack "
        "aerial drone heavy-weapons crowd-control cleansing massacre unconventional",
    }.items()
    for mode in modes.split()
)
CONTEXTS: tuple[str, ...] = tuple(
    "military intelligence economic diplomatic legal human_rights humanitarian nuclear cyber terrorism election media "
    "migration territory environment health resource peacekeeping".split()
)
SECTORS: tuple[str, ...] = tuple(
    "GOV LEG JUD MIL COP SPY PTY OPP REB PRM UAF CRM IGO NGO BUS JRN CVL LAB EDU MED REL REF ELI SOC UNK".split()
)
EVENT_ROLES = ("actor", "recipient", "asserter", "when", "where")
STATEMENT_ROLES = ("content", "speaker", "cue", "addressee", "via")
ATTRIBUTION_ROLES = ("content", "source", "cue")
LINKS = ("same_as", "disputes")
