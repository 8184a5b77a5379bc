//! What a word does around a quotation.
//!
//! A closed list for each sort of function word, the reporting words of `assets/language/cues.txt`, and two endings. No part-of-speech tagging.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::OnceLock;

use super::verbs::is_noun_too;
use crate::language::token::{Token, TokenKind};

/// What a word does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// A finite reporting word: "said".
    Finite,
    /// "saying", "adding".
    Participle,
    /// A pronoun that can be a subject.
    Pronoun,
    /// "his", "their".
    Owner,
    /// "him", "them", "which": stands for a noun and is no subject here.
    Object,
    /// Auxiliaries.
    Auxiliary,
    /// Words that stand between subject and verb.
    Adverb,
    /// Starts a clause.
    Clause,
    /// "and", "or".
    And,
    /// Before a noun that is no subject.
    Preposition,
    /// "the", "a", "one".
    Article,
    /// A noun that speaks: "spokesman", "officials", "statement".
    Actor,
    /// Another word that is likely a verb.
    Verb,
    /// "encouraging" behind a comma or a noun: opens a phrase of its own.
    Gerund,
    /// A comma, dash or bracket.
    Comma,
    /// Any other mark.
    Stop,
    /// "'s".
    Possessive,
    /// A number.
    Number,
    /// Another word with a capital.
    Capital,
    /// Another word.
    Small,
    /// A quotation, as one word.
    Quoted,
}

impl Part {
    /// Whether it can stand in a noun phrase.
    pub(super) const fn in_phrase(self) -> bool {
        matches!(
            self,
            Self::Owner
                | Self::Article
                | Self::Actor
                | Self::Possessive
                | Self::Number
                | Self::Capital
                | Self::Small
        )
    }

    /// Whether it can be the verb of a clause.
    pub(super) const fn is_verb(self) -> bool {
        matches!(self, Self::Finite | Self::Auxiliary | Self::Verb)
    }
}

/// FNV-1a: short keys, fixed lists, nothing an attacker could collide.
#[derive(Default)]
struct Fnv(u64);

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

type Lexicon = HashMap<&'static str, Part, BuildHasherDefault<Fnv>>;

const LISTS: [(Part, &str); 12] = [
    (Part::Pronoun, "he she they i we who it you"),
    (Part::Owner, "his her their my our your its whose"),
    (
        Part::Object,
        "him them me us himself herself themselves itself which what whom this these those there",
    ),
    (
        Part::Auxiliary,
        "is was are were be been being has had have having do does did will would can could may might must shall should cannot can't \
         couldn't didn't doesn't don't hasn't hadn't isn't wasn't weren't aren't won't wouldn't",
    ),
    (
        Part::Adverb,
        "also only then later once again further even often just still now never always ever not too already back instead soon yesterday today twice \
         first simply yet perhaps rather quite long sometimes meanwhile however therefore thus nonetheless nevertheless",
    ),
    (
        Part::Clause,
        "that but when after because while if although so where before though since until unless whether as than how why whereas once",
    ),
    (Part::And, "and or nor"),
    (
        Part::Preposition,
        "in of for from at on with by to during about against over near into under between among through upon within without toward towards \
         behind across above below around outside inside amid despite via per off like regarding concerning following including up out",
    ),
    (
        Part::Article,
        "the a an one another some many several both all most each every no two three four five other others",
    ),
    (
        Part::Actor,
        "spokesman spokeswoman spokesperson spokespeople official officials source sources minister ministers president presidents senator \
         senators secretary governor ambassador envoy envoys leader leaders aide aides adviser advisers advisor advisors analyst analysts \
         expert experts critic critics reporter reporters report reports statement email letter memo document documents poll campaign \
         committee group groups organization organisation government ministry office department agency company companies newspaper paper magazine \
         network article editorial candidate candidates lawmaker lawmakers voter voters supporter supporters protester protesters \
         republican republicans democrat democrats activist activists strategist strategists director chairman chairwoman \
         professor judge lawyer attorney lawyers witness witnesses police officer officers general colonel author writer host anchor \
         moderator woman man women men people person crowd audience wife husband mother father son daughter sister brother friend friends \
         mayor congressman congresswoman representative chief head member members nominee frontrunner billionaire businessman mogul \
         countries nations allies capitals sides parties states economist economists scientist scientists student students teacher \
         governments ministries agencies campaigns editors researchers authors scholars residents parents workers families \
         negotiators economies king queen prince pope diplomat diplomats negotiator resolution treaty agreement law ad advertisement sign banner headline tweet post video \
         website page team union board council court panel commission delegation army navy",
    ),
    (
        Part::Verb,
        "met went came got gave made took ran won lost kept left led let saw sent set sat stood spent sought sold built bought brought \
         broke chose cut drew drove fell felt found fought hit hurt knew met paid rose shot spoke struck threw wore joined helped wants want \
         needs need seems seem became becomes become calls makes takes gives gets goes comes knows sees tries uses works runs leads keeps \
         plans hopes expects sounds looks appears remains remained offers offered drew lists marks means meant shows showed leaves loves likes \
         hates attacks compares draws finds fears wonders wins seeks supports opposes sends",
    ),
    (Part::Participle, ""),
];

fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(|| {
        let mut words = Lexicon::default();
        for (part, list) in LISTS {
            for word in list.split_whitespace() {
                words.entry(word).or_insert(part);
            }
        }
        let cues = include_str!("../../../assets/language/cues.txt")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .flat_map(str::split_whitespace);
        for cue in cues {
            let part = if cue.ends_with("ing") {
                Part::Participle
            } else {
                Part::Finite
            };
            // "reports" is a noun and a verb; what stands before it decides, see `part`.
            words.insert(cue, part);
        }
        words
    })
}

/// Longer words are on no list.
const LONGEST: usize = 20;

/// The part of a list word, whatever its case.
fn listed(word: &str) -> Option<Part> {
    let mut lower = [0_u8; LONGEST];
    let lower = lower.get_mut(..word.len())?;
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    // An apostrophe may be curly; no list word has another character beyond ASCII.
    let lower = std::str::from_utf8(lower).ok()?;
    lexicon().get(lower).copied()
}

/// What the word of a token does; `after` is the part of the word before it.
pub(super) fn part(text: &str, token: Token, after: Option<Part>) -> Part {
    let spelled = token.range.of_text(text);
    match token.kind {
        TokenKind::Mark => {
            return match spelled {
                // "Sanders’ campaign".
                "'" | "’"
                    if token.joined
                        && after.is_some_and(Part::in_phrase)
                        && text
                            .get(..token.range.start as usize)
                            .is_some_and(|lead| lead.ends_with('s')) =>
                {
                    Part::Possessive
                }
                "," | "—" | "–" | "--" | "(" | ")" => Part::Comma,
                "-" | "%" | "$" | "&" | "/" | "#" | "@" | "'" | "’" | "‘" => Part::Small,
                _ => Part::Stop,
            };
        }
        TokenKind::Number => return Part::Number,
        TokenKind::Clitic => {
            // "it's", "that's", "how's": a verb; behind any other word what belongs to somebody.
            let is_verb = matches!(after, Some(Part::Pronoun | Part::Object | Part::Clause));
            return match spelled.as_bytes().last() {
                Some(b's') if !is_verb => Part::Possessive,
                _ => Part::Auxiliary,
            };
        }
        TokenKind::Address => return Part::Small,
        TokenKind::Word => {}
    }
    let capital = spelled.starts_with(char::is_uppercase);
    let noun_follows = matches!(
        after,
        Some(Part::Article | Part::Owner | Part::Possessive | Part::Preposition)
    );
    match listed(spelled) {
        // "Specifically, …", "Committed to …", "Holding signs": the first word of a sentence has its capital from there.
        None if capital && matches!(after, None | Some(Part::Stop)) && spelled.len() > 5 => {
            match spelled {
                _ if spelled.ends_with("ly") => Part::Adverb,
                _ if spelled.ends_with("ing") => Part::Gerund,
                _ if spelled.ends_with("ed") => Part::Verb,
                _ => Part::Capital,
            }
        }
        found
            if capital
                && (matches!(found, Some(Part::Finite | Part::Actor | Part::Verb) | None)
                    || (found == Some(Part::Participle) && after == Some(Part::Capital))) =>
        {
            Part::Capital
        }
        // "the reports", "in reports", "late-night tweets".
        Some(Part::Finite)
            if is_noun_too(spelled) && (noun_follows || after == Some(Part::Small)) =>
        {
            Part::Actor
        }
        Some(found @ (Part::Verb | Part::Participle))
            if noun_follows && (found == Part::Verb || after != Some(Part::Preposition)) =>
        {
            Part::Small
        }
        Some(part) => part,
        None if spelled.ends_with("ly") && spelled.len() > 4 => Part::Adverb,
        None if spelled.ends_with("ing")
            && spelled.len() > 5
            && matches!(
                after,
                None | Some(
                    Part::Comma
                        | Part::Capital
                        | Part::Actor
                        | Part::Pronoun
                        | Part::Object
                        | Part::Number
                        | Part::And
                )
            ) =>
        {
            Part::Gerund
        }
        None if spelled.ends_with("ed") && spelled.len() > 4 && !noun_follows => Part::Verb,
        None => Part::Small,
    }
}
