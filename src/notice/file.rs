//! A notice as a file: front matter between `+++` lines, then a part per language, each begun by `<!-- fr -->`.

use std::collections::BTreeSet;

use super::front::Front;
use super::prose::Prose;
use crate::text::InputError;
use crate::text::Lang;

/// What begins and ends the front matter.
const FENCE: &str = "+++";

/// One notice.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Notice {
    /// The file, as messages name it.
    pub path: String,
    /// Its facts.
    pub front: Front,
    /// What people wrote, in the order of the file.
    pub prose: Vec<Prose>,
}

impl Notice {
    /// Reads the text of a notice; `path` is its name in messages.
    ///
    /// # Errors
    /// Says line and column of what is no front matter, an unknown key, no day, an id that cannot be one, a language
    /// written twice, or a notice that covers nothing.
    pub fn parse(path: &str, text: &str) -> Result<Self, InputError> {
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let fault = |message: &str| InputError::new(path, text, None, message.to_owned());
        let open = text.lines().next().map(str::trim_end) == Some(FENCE);
        let start = text.find('\n').map_or(text.len(), |at| at + 1);
        let end = text[start..].match_indices(FENCE).map(|(at, _)| start + at).find(|&at| text[..at].ends_with('\n'));
        let (Some(end), true) = (end, open) else {
            return Err(fault("a notice begins with facts between two lines of `+++`"));
        };
        // The blank line in place of the first fence keeps line numbers right.
        let facts = format!("{}{}", " ".repeat(start - 1) + "\n", &text[start..end]);
        let front: Front = toml::from_str(&facts)
            .map_err(|error| InputError::new(path, text, error.span(), error.message().replace('\n', ", ")))?;
        check(path, text, &front)?;
        let prose = languages(path, text, end + FENCE.len())?;
        Ok(Self { path: path.to_owned(), front, prose })
    }

    /// The file's name without folder and extension: what its report is named by.
    pub fn stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or(&self.path);
        name.strip_suffix(".md").unwrap_or(name)
    }

    /// What was written in a language, else in the first one.
    pub fn prose(&self, lang: Lang) -> Option<&Prose> {
        self.prose.iter().find(|prose| prose.lang == lang).or(self.prose.first())
    }

    /// The title in a language, else its id.
    pub fn title(&self, lang: Lang) -> &str {
        self.prose(lang).map(|prose| prose.title.as_str()).filter(|title| !title.is_empty()).unwrap_or(&self.front.id)
    }
}

fn check(path: &str, text: &str, front: &Front) -> Result<(), InputError> {
    let at = |key: &str| {
        let start = text.find(&format!("\n{key}")).map(|at| at + 1)?;
        Some(start..start + key.len())
    };
    let fault = |key: &str, message: String| Err(InputError::new(path, text, at(key), message));
    let letters = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    let named = front.id.len() <= 64 && front.id.starts_with(|c: char| c.is_ascii_alphanumeric());
    if !named || !front.id.chars().all(letters) {
        return fault("id", format!("`{}` is not an id: use letters, digits, `.`, `_` and `-`", front.id));
    }
    if front.revision == 0 {
        return fault("revision", "revisions are counted from 1".to_owned());
    }
    if front.covers.is_empty() {
        return fault("covers", "a notice covers at least one fingerprint".to_owned());
    }
    if let Some(odd) = front.covers.iter().find(|id| !id.starts_with("pv1-")) {
        return fault("covers", format!("`{odd}` is no fingerprint; `preavis diff` shows them"));
    }
    if let (Some(announced), Some(effective)) = (front.announced_on, front.effective_on)
        && effective < announced
        && front.emergency.is_none()
        && front.kind <= super::Kind::Risky
    {
        let message = format!("ships on {effective}, before it was announced on {announced}; say why in [emergency]");
        return fault("effective_on", message);
    }
    if let Some(earlier) = front.postponed_from.iter().find(|day| front.effective_on.is_some_and(|at| at < **day)) {
        return fault("postponed_from", format!("was postponed from {earlier} to an earlier day"));
    }
    if front.emergency.as_ref().is_some_and(|emergency| emergency.reason.chars().count() < 20) {
        return fault("reason", "the reason of an emergency has at least 20 characters".to_owned());
    }
    Ok(())
}

/// The parts of the text after the facts, one a language.
fn languages(path: &str, text: &str, start: usize) -> Result<Vec<Prose>, InputError> {
    let marks = Lang::ALL.map(|lang| (lang, format!("<!-- {} -->", lang.as_str())));
    let mut begins: Vec<(usize, usize, Lang)> = marks
        .iter()
        .flat_map(|(lang, mark)| text[start..].match_indices(mark).map(|(at, _)| (start + at, mark.len(), *lang)))
        .filter(|(at, ..)| text[..*at].ends_with('\n'))
        .collect();
    begins.sort_unstable_by_key(|(at, ..)| *at);
    let lost = begins.first().map_or(text.len(), |first| first.0);
    if let Some((at, line)) = first_line(&text[start..lost]) {
        let message = "a text begins with its language, `<!-- fr -->` or `<!-- en -->`, then `# Title`".to_owned();
        return Err(InputError::new(path, text, Some(start + at..start + at + line.len()), message));
    }
    let mut seen = BTreeSet::new();
    let mut out = Vec::new();
    for (ix, &(at, length, lang)) in begins.iter().enumerate() {
        if !seen.insert(lang) {
            let message = format!("a second part in `{}`", lang.as_str());
            return Err(InputError::new(path, text, Some(at..at + length), message));
        }
        let end = begins.get(ix + 1).map_or(text.len(), |next| next.0);
        let prose = Prose::read(lang, &text[at + length..end]);
        if prose.title.is_empty() {
            let message = format!("the part in `{}` has no `# Title`", lang.as_str());
            return Err(InputError::new(path, text, Some(at..at + length), message));
        }
        out.push(prose);
    }
    Ok(out)
}

/// The first line that says something, and where it begins.
fn first_line(text: &str) -> Option<(usize, &str)> {
    let line = text.lines().find(|line| !line.trim().is_empty())?;
    Some((text.find(line)?, line))
}

#[cfg(test)]
mod tests {
    use super::super::{Audience, Kind, Part};
    use super::*;

    const TEXT: &str = "+++\nid = \"N2023-003\"\nkind = \"breaking\"\napi = \"rdv-v1\"\nannounced_on = 2023-02-07\n\
        effective_on = \"2023-03-09\"\ncovers = [\"pv1-qvc9ydtd7v10rpy6\"]\n\n[[acks]]\npartner = \"a\"\non = 2023-02-20\n+++\n\n\
        <!-- fr -->\n# Le nom change\n\nEn une phrase. <!-- une aide -->\n\n## Ce que vous devez faire\n\n1. Lire.\n\n\
        ~~~sh\n## pas un titre\n~~~\n\n## Autre chose\n\nTexte.\n\n<!-- en -->\n# The name changes\n";

    #[test]
    fn facts_and_prose_are_read() {
        let notice = Notice::parse("preavis/notices/2023-02-07-nom.md", TEXT).unwrap();
        let front = &notice.front;
        assert_eq!((front.id.as_str(), front.revision, front.kind), ("N2023-003", 1, Kind::Breaking));
        assert_eq!(front.announced_on.unwrap().to_string(), "2023-02-07");
        assert_eq!(front.effective_on.unwrap().to_string(), "2023-03-09");
        assert_eq!((&front.audience, front.acks[0].partner.as_str()), (&Audience::Uses, "a"));
        assert_eq!((notice.stem(), notice.title(Lang::En)), ("2023-02-07-nom", "The name changes"));
        let prose = notice.prose(Lang::Fr).unwrap();
        assert_eq!((prose.title.as_str(), prose.summary.as_str()), ("Le nom change", "En une phrase."));
        assert_eq!(prose.part(Part::ToDo), Some("1. Lire.\n\n~~~sh\n## pas un titre\n~~~"));
        assert_eq!(prose.sections[1].part, Part::Other);
    }

    #[test]
    fn what_is_wrong_is_shown_where_it_stands() {
        for (from, to, start) in [
            ("+++\nid", "id", "1:1: a notice begins"),
            ("\"breaking\"", "\"harmless\"", "3:8: unknown variant"),
            ("2023-02-07", "\"soon\"", "5:16: `soon` is no day"),
            ("2023-03-09", "2023-01-09", "6:1: ships on 2023-01-09, before"),
            ("N2023-003", "N 3", "2:1: `N 3` is not an id"),
            ("[\"pv1-qvc9ydtd7v10rpy6\"]", "[]", "7:1: a notice covers at least"),
            ("<!-- en -->", "<!-- fr -->", "31:1: a second part in `fr`"),
            ("<!-- fr -->", "<!-- xx -->", "14:1: a text begins with its language"),
            ("# The name changes", "The name changes", "31:1: the part in `en` has no `# Title`"),
            ("effective_on", "postponed_from = [2023-04-01]\neffective_on", "6:1: was postponed from 2023-04-01"),
        ] {
            let said = Notice::parse("n.md", &TEXT.replacen(from, to, 1)).unwrap_err().to_string();
            assert!(said.starts_with(&format!("n.md:{start}")), "{said}");
        }
    }
}
