//! Reporting words told apart: which may be nouns, which open a clause, which tell what somebody thinks, which give a name.
//!
//! Lists of forms in lower case; a word that is on none is an ordinary one.

/// Whether `word` is one of the words of `list`, which are separated by blanks.
fn is_of(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|one| one == word)
}

/// Reporting words that are no noun in this form: "says", "believes"; "reports" and "claim" may be one.
const ONLY_VERBS: &str = "admit admits add adds agree agrees acknowledge acknowledges allege alleges announce announces argue argues \
     assert asserts accuse accuses assure assures believe believes concede concedes condemn condemns confirm \
     confirms contend contends continue continues criticize criticizes declare declares deny denies describe \
     describes explain explains felt held inform informs insist insists maintain maintains predict predicts puts \
     read recommend recommends said say says speaks spoke suggest suggests tell tells think thinks thought told \
     warn warns went write writes wrote";

/// Nouns for what somebody says.
const SAID: &str = "claim claims remark remarks comment comments statement statements warning warnings promise promises pledge vow \
     description argument arguments assertion assertions accusation accusations allegation allegations call calls \
     question answer suggestion contention belief insistence words phrase reference complaint criticism prediction \
     declaration announcement conclusion quip joke slogan motto mantra message order request appeal demand plea \
     tweet response responses reply reaction dictum adage";

/// Verbs behind which a new subject stands.
const CLAUSE_OPENERS: &str = "said says say saying added adds adding believes believed thinks thought claims claimed argues argued insists \
     insisted noted notes told tells suggested suggests stated states wrote writes warned warns hopes knows knew \
     means contends contended explained explains reported reports asserts asserted conceded admitted acknowledged \
     acknowledges declared predicted complained maintains maintained joked";

/// Verbs of what somebody thinks or goes on with.
const THOUGHT: &str = "think thinks thought thinking believe believes believed believing feel felt hold holds held continue continued \
     continues began went put puts read reads agree express worry worries worried";

/// Verbs that have as object whom or what is spoken of or to: in the passive that is their subject.
const WITH_OBJECT: &str = "asked told called dubbed labeled labelled branded described termed deemed characterized characterised reported said accused \
     criticized criticised condemned denounced mocked hailed praised informed reminded challenged pressed touted portrayed quoted urged blamed named";

/// Verbs that may stand before their subject between commas: "says Bee,".
const COMES_FIRST: &str = "said says wrote writes added adds noted notes argued argues explained explains recalled recalls";

/// How somebody's words or opinion are introduced: "in her view".
const VIEW: &str = "view words opinion telling phrase phrasing account parlance estimation";

/// Verbs that give somebody or something a name.
const NAMING: &str = "call called calls calling dub dubbed dubbing label labeled labelled labeling labelling brand branded branding \
     describe described describes describing termed deemed declared";

/// Whether a reporting word in this form may be a noun: "reports", "claim".
pub(super) fn is_noun_too(word: &str) -> bool {
    !word.ends_with("ed") && !is_of(ONLY_VERBS, word)
}

/// Whether it is a noun for what somebody says: behind an owner it reports ("Trump's claim that").
pub(super) fn is_said(word: &str) -> bool {
    is_of(SAID, word)
}

/// Whether a new subject stands behind the verb: "said the loophole was".
pub(super) fn opens_clause(word: &str) -> bool {
    is_of(CLAUSE_OPENERS, word)
}

/// Whether it tells what somebody thinks: where who says so is named too, the quotation is theirs.
pub(super) fn is_thought(word: &str) -> bool {
    is_of(THOUGHT, word)
}

/// Whether the subject of the verb in the passive is whom or what is spoken of: "was asked", "has been called".
pub(super) fn has_object(word: &str) -> bool {
    is_of(WITH_OBJECT, word)
}

/// Whether the verb may stand before its subject, and what follows it is nobody who is told.
pub(super) fn comes_first(word: &str) -> bool {
    is_of(COMES_FIRST, word)
}

/// Whether somebody who is told follows the verb: "told reporters".
pub(super) fn told_to(word: &str) -> bool {
    matches!(
        word,
        "told"
            | "tells"
            | "tell"
            | "assured"
            | "reminded"
            | "informed"
            | "urged"
            | "warned"
            | "asked"
    )
}

/// Whether it stands for somebody's words or opinion in "in her view".
pub(super) fn is_view(word: &str) -> bool {
    is_of(VIEW, word)
}

/// Whether a name stands behind it: "called him “…”".
pub(super) fn gives_name(word: &str) -> bool {
    is_of(NAMING, word)
}
