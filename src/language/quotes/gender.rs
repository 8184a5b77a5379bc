//! Whether a person is spoken of as "he" or "she", as far as the text or a well-known first name says.

use std::collections::HashMap;
use std::sync::OnceLock;

/// How a person is spoken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gender {
    He,
    She,
}

/// Titles that stand before a name.
const HE_TITLES: &str = "Mr. Mr Sir Lord King Prince Sheikh Rabbi Imam Congressman Chairman Spokesman spokesman chairman congressman actor businessman";
const SHE_TITLES: &str = "Mrs. Mrs Ms. Ms Miss Madam Madame Mme Dame Lady Queen Princess Congresswoman Chairwoman Spokeswoman spokeswoman chairwoman congresswoman actress \
     businesswoman";

/// First names of which nearly all bearers are of one gender.
const HE_NAMES: &str = "Aaron Abdul Abraham Adam Ahmed Alan Albert Alexander Alexei Ali Andrew Anthony Antonio Antony Barack Ben Benjamin Bernard Bernie Bill Bob Boris Brian Carl Carlos \
     Charles Chris Christopher Chuck Daniel David Dennis Dmitry Donald Douglas Edward Emmanuel Eric Ernest Francis Frank Franklin Fred Gary George Gerald Gordon Greg Gregory \
     Hans Harold Harry Henry Hiroshi Howard Hugh Ibrahim Igor Ivan Jack Jacob Jake James Jared Jason Javier Jeff Jeffrey Jeremy Jerry Jim Jimmy Joe Joel John Jonathan Jorge Jose \
     Joseph Josh Joshua Juan Justin Karl Keith Ken Kenneth Kevin Larry Lawrence Luis Luke Manuel Marco Mario Mark Martin Matthew Michael Mick Miguel Mike Mitch Mohamed Mohammed \
     Mustafa Nathan Neil Nicholas Nikolai Olaf Oliver Omar Oscar Patrick Paul Pavel Pedro Peter Philip Rafael Ralph Raymond Rex Richard Rick Robert Roger Ron Ronald Rudy Ryan \
     Samuel Scott Sean Sebastian Sergei Sergey Simon Stefan Stephen Steve Steven Stuart Ted Terry Theodore Thomas Tim Timothy Tom Tony Victor Viktor Vincent Vladimir Walter William \
     Xavier Yusuf Zach";
const SHE_NAMES: &str = "Abigail Aisha Alexandra Alice Alicia Allison Amanda Amina Amy Ana Andrea Angela Anita Ann Anna Anne Annette Barbara Beatrice Betty Bridget Camille Carly Carmen Carol \
     Caroline Catherine Cecile Charlotte Chelsea Cheryl Christina Christine Claire Clara Claudia Cynthia Daniela Deborah Debbie Denise Diana Diane Donna Dorothy Edith Elaine Eleanor \
     Elena Elizabeth Ellen Emily Emma Erin Esther Eva Evelyn Fatima Fiona Florence Frances Giorgia Gloria Grace Greta Hannah Heather Heidi Helen Hillary Huma Ingrid Irene Isabel \
     Ivanka Jacqueline Jane Janet Janice Jeanne Jennifer Jessica Jill Joan Joanna Josephine Joyce Judith Judy Julia Julie Karen Kate Katherine Kathleen Kathryn Katie Kayleigh \
     Kellyanne Kristen Kristina Laura Lauren Leila Linda Lisa Liz Loretta Louise Lucia Lucy Madeleine Margaret Maria Marie Marina Marion Martha Mary Megan Megyn Melania Melanie \
     Melissa Michelle Miriam Monica Nancy Naomi Natalie Natasha Nicole Nikki Nina Nora Olga Olivia Pamela Patricia Paula Penelope Petra Phyllis Priti Rachel Rebecca Renee Rita Rosa \
     Rose Ruth Sabine Samantha Sandra Sara Sarah Sharon Sheila Shirley Sofia Sonia Sophia Sophie Stephanie Susan Suzanne Sylvia Tamara Tanya Teresa Theresa Tulsi Ursula Valerie \
     Vanessa Vera Veronica Victoria Virginia Wendy Yasmin Yolanda Yvonne Zeynep";

fn table(he: &'static str, she: &'static str) -> HashMap<&'static str, Gender> {
    let of = |list: &'static str, gender| {
        list.split_ascii_whitespace()
            .map(move |word| (word, gender))
    };
    of(he, Gender::He).chain(of(she, Gender::She)).collect()
}

/// What the words right before a name, and the first word of the name in full, say.
pub(super) fn gender(lead: &str, name: &str) -> Option<Gender> {
    static TITLES: OnceLock<HashMap<&'static str, Gender>> = OnceLock::new();
    static NAMES: OnceLock<HashMap<&'static str, Gender>> = OnceLock::new();
    let titles = TITLES.get_or_init(|| table(HE_TITLES, SHE_TITLES));
    let names = NAMES.get_or_init(|| table(HE_NAMES, SHE_NAMES));
    let title = lead.split_whitespace().next_back().unwrap_or_default();
    // A lone name may be a family's.
    let first = name.split_once(' ').map(|(first, _)| first);
    let told = titles.get(title).or_else(|| names.get(first?));
    told.copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_come_before_first_names() {
        assert_eq!(gender("said Ms. ", "Jordan Bee"), Some(Gender::She));
        assert_eq!(gender("", "Antony Blinken"), Some(Gender::He));
        assert_eq!(gender("the minister ", "Kim Yo Jong"), None);
        assert_eq!(gender("", "Charlotte"), None, "a town as well");
    }
}
